"""What was read of a page, in a form that can be kept as JSON: its front matter as typed, and its calls."""

from __future__ import annotations

from typing import Any

from .editions import Edition
from .strict_yaml import Typed
from .template import Call, Template

Kept = dict[str, Any]


def kept(header: str, value: Any, template: Template) -> Kept:
    """The front matter `value` and the calls of a page without problems. `header` is one hash for what it says."""
    # Most calls are those of every edition, and held once.
    packed = {id(call): _packed(call) for call in template.calls()}
    calls = {str(edition or ""): [packed[id(call)] for call in template.calls(edition)] for edition in (None, *Edition)}
    return {"hash": header, "header": _as_json(value), "calls": calls}


def header_of(kept: Kept) -> Any:
    """The front matter as it was typed."""
    return _typed(kept["header"])


def calls_of(kept: Kept, edition: Edition | None) -> list[Call]:
    """The calls that an edition has; without one, those of every edition."""
    return [_call(*packed) for packed in kept["calls"][edition or ""]]


def _packed(call: Call) -> list[Any]:
    return [call.name, list(call.args), [list(pair) for pair in call.kwargs], call.line]


def _call(name: str, args: list[Any], kwargs: list[Any], line: int) -> Call:
    return Call(name, tuple(args), tuple((key, value) for key, value in kwargs), line)


def _as_json(value: Any) -> Any:
    """Text as text, and what plain YAML would take for something else as a pair of it and its kind."""
    if isinstance(value, dict):
        return {"keys": [[str(key), _as_json(inner)] for key, inner in value.items()]}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return {"typed": str(value), "kind": value.kind} if isinstance(value, Typed) and value.kind != "str" else value


def _typed(value: Any) -> Any:
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    if isinstance(value, str):
        return Typed(value)
    if "keys" in value:
        return {Typed(key): _typed(inner) for key, inner in value["keys"]}
    return Typed(value["typed"], value["kind"])
