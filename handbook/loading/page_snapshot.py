"""What was read of a page, in a form that can be kept as JSON: its front matter as typed, and its calls."""

from __future__ import annotations

import json
from sys import intern
from typing import Any

from handbook.loading.template import Call, Template
from handbook.model.editions import Edition
from handbook.model.typed_text import TypedText

# The calls of a page that each edition has, and under None those of every edition.
Calls = dict[Edition | None, list[Call]]


def kept(header: str, value: Any, template: Template) -> bytes:
    """The front matter `value` and the calls of a page without problems. `header` is one hash for what it says."""
    calls = template.calls()
    numbers = {id(call): number for number, call in enumerate(calls)}
    having = {edition: [numbers[id(call)] for call in template.calls(edition)] for edition in Edition}
    # Few pages hold a call that an edition does not have.
    some = having if any(len(those) < len(calls) for those in having.values()) else {}
    read = {"hash": header, "header": _as_json(value), "calls": list(map(_as_list, calls)), "some": some}
    return json.dumps(read, separators=(",", ":")).encode()


def read_kept(kept: bytes) -> tuple[str, Any, Calls]:
    """What `kept` made JSON of: the hash, the front matter as it was typed, and the calls."""
    read = json.loads(kept)
    calls = [_call(*packed) for packed in read["calls"]]
    having: Calls = {Edition(edition): [calls[number] for number in those] for edition, those in read["some"].items()}
    every: Calls = {None: calls, **dict.fromkeys(Edition, calls)}
    return read["hash"], _typed(read["header"]), every | having


def _as_list(call: Call) -> list[Any]:
    return [call.name, list(call.args), [list(pair) for pair in call.kwargs], call.line]


def _call(name: str, args: list[Any], kwargs: list[Any], line: int) -> Call:
    # Many pages call the same.
    given = tuple(intern(value) if isinstance(value, str) else value for value in args)
    return Call(intern(name), given, tuple((intern(key), value) for key, value in kwargs), line)


def _as_json(value: Any) -> Any:
    """Text as text, and what plain YAML would take for something else as a pair of it and its kind."""
    if isinstance(value, dict):
        return {"keys": [[str(key), _as_json(inner)] for key, inner in value.items()]}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return {"typed": str(value), "kind": value.kind} if isinstance(value, TypedText) and value.kind != "str" else value


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    if isinstance(value, str):
        return TypedText(value)
    if "keys" in value:
        return {TypedText(key): _typed(inner) for key, inner in value["keys"]}
    return TypedText(value["typed"], value["kind"])
