"""Snapshots of pages for the build cache: the front matter as typed and the macro calls, as JSON.

With a snapshot, an unchanged page is neither parsed as YAML nor as a template.
"""

from __future__ import annotations

import json
from sys import intern
from typing import Any

from handbook.loading.template import Call, Template
from handbook.model.editions import Edition
from handbook.model.typed_text import TypedText

# The calls of a page by edition, and under None those of all editions.
Calls = dict[Edition | None, list[Call]]


def kept(header: str, value: Any, template: Template) -> bytes:
    """Pack a page without problems: the hash of its front matter, the front matter as typed, and its calls."""
    calls = template.calls()
    numbers = {id(call): number for number, call in enumerate(calls)}
    having = {edition: [numbers[id(call)] for call in template.calls(edition)] for edition in Edition}
    # Few pages have a call in some editions only, so those alone list calls by edition.
    some = having if any(len(those) < len(calls) for those in having.values()) else {}
    read = {"hash": header, "header": _as_json(value), "calls": list(map(_as_list, calls)), "some": some}
    return json.dumps(read, separators=(",", ":")).encode()


def read_kept(snapshot: bytes) -> tuple[str, Any, Calls]:
    """Unpack a snapshot: the hash of the front matter, the front matter as typed, and the calls."""
    read = json.loads(snapshot)
    calls = [_call(*packed) for packed in read["calls"]]
    having: Calls = {Edition(edition): [calls[number] for number in those] for edition, those in read["some"].items()}
    every: Calls = {None: calls, **dict.fromkeys(Edition, calls)}
    return read["hash"], _typed(read["header"]), every | having


def _as_list(call: Call) -> list[Any]:
    return [call.name, list(call.args), [list(pair) for pair in call.kwargs], call.line]


def _call(name: str, args: list[Any], kwargs: list[Any], line: int) -> Call:
    # Strings are interned, since many pages have the same calls.
    given = tuple(intern(value) if isinstance(value, str) else value for value in args)
    return Call(intern(name), given, tuple((intern(key), value) for key, value in kwargs), line)


def _as_json(value: Any) -> Any:
    """A typed value as JSON. Text stays text; what plain YAML would read as another type keeps its kind beside it."""
    if isinstance(value, dict):
        return {"keys": [[str(key), _as_json(inner)] for key, inner in value.items()]}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return {"typed": str(value), "kind": value.kind} if isinstance(value, TypedText) and value.kind != "str" else value


def _typed(value: Any) -> Any:
    """The typed value that `_as_json` packed."""
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    if isinstance(value, str):
        return TypedText(value)
    if "keys" in value:
        return {TypedText(key): _typed(inner) for key, inner in value["keys"]}
    return TypedText(value["typed"], value["kind"])
