"""From typed text to a model, with every fault in plain words at its own line."""

from __future__ import annotations

import re
import types
from enum import EnumMeta
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from handbook.loading.strict_yaml import Path, YamlDocument
from handbook.model.examples import as_typed
from handbook.model.problems import Problem, choose

M = TypeVar("M", bound=BaseModel)


def validate(
    model: type[M], document: YamlDocument, path: Path, what: str, given: dict[str, Any] | None = None
) -> tuple[M | None, list[Problem]]:
    """The part of `document` at `path` as a `model`, or the problems that prevent it.

    `what` names the thing in messages, as in "The figure gcp2-trained". `given` holds values
    that come from elsewhere than the file, and whose keys the file may not have.
    """
    raw: Any = document.value
    for step in path:
        raw = raw[step]
    given = given or {}
    if not isinstance(raw, dict):
        problem = Problem(
            document.shown,
            document.line(path),
            f"{what} has no keys (found {_found(raw)})",
            "Write its keys below it, indented by two spaces",
        )
        return None, [problem]
    problems = [_unknown_key(model, document, (*path, key), given) for key in raw if key in given]
    try:
        return model.model_validate({**raw, **given}), problems
    except ValidationError as error:
        faults = error.errors(include_url=False)
        for fault in faults:
            # A list whose items are wrong is not also said to be empty.
            if fault["type"] != "too_short" or not _any_inside(faults, fault["loc"]):
                problems.append(_problem(model, document, path, what, fault, given))
        return None, problems


def _any_inside(faults: list[Any], path: tuple[Any, ...]) -> bool:
    return any(len(fault["loc"]) > len(path) and fault["loc"][: len(path)] == path for fault in faults)


def _problem(
    model: type[BaseModel], document: YamlDocument, path: Path, what: str, fault: Any, given: dict[str, Any]
) -> Problem:
    inner: Path = tuple(fault["loc"])
    line = document.line((*path, *inner))
    key = str(inner[-1]) if inner else ""
    owner = _model_at(model, inner[:-1])
    match fault["type"]:
        case "handbook":
            said, cure = fault["ctx"]["what"], fault["ctx"]["cure"]
        case "missing":
            said = f"{_subject(what, inner)} has no {key}"
            cure = f"Add the key {key}{_example(owner, key)}"
        case "extra_forbidden":
            return _unknown_key(owner, document, (*path, *inner), given)
        case "enum" if key == "[key]":
            choices = re.findall("'([^']*)'", fault["ctx"]["expected"])
            said = f"Unknown key (found {fault['input']})"
            cure = choose(str(fault["input"]), choices, f"use one of {', '.join(choices)}")
        case "enum":
            field = _field(owner, key) if not isinstance(inner[-1], int) else None
            choices = _choices(field)
            said = f"Not a value that {key} can have (found {_found(fault['input'])})"
            cure = choose(str(fault["input"]), choices, f"use one of {', '.join(choices)}")
        case "tuple_type":
            said = f"{key} is a list (found {_found(fault['input'])})"
            cure = "Write each item on its own line, after two spaces and a hyphen"
        case "too_short":
            said = f"{key} is empty"
            cure = "Add at least one item, or delete the record"
        case "model_type" | "model_attributes_type":
            said = f"Keys are wanted here (found {_found(fault['input'])})"
            cure = "Write its keys below it, indented by two spaces"
        case _:
            said = f"{key or what} is not what is wanted (found {_found(fault['input'])})"
            cure = "Write it as plain text"
    return Problem(document.shown, line, said, cure)


def _unknown_key(model: type[BaseModel], document: YamlDocument, path: Path, given: dict[str, Any]) -> Problem:
    known = [name for name in model.model_fields if name not in given]
    cure = choose(str(path[-1]), known, f"use one of {', '.join(known)}")
    return Problem(document.shown, document.line(path), f"Unknown key (found {path[-1]})", cure)


def _subject(what: str, inner: Path) -> str:
    """What a missing key is missing from: the record, or an item of one of its lists."""
    lists = [(name, index) for name, index in zip(inner, inner[1:], strict=False) if isinstance(index, int)]
    if not lists:
        return what
    name, index = lists[-1]
    return f"Item {int(index) + 1} of {name} in {what[0].lower() + what[1:]}"


def _model_at(model: type[BaseModel], inner: Path) -> type[BaseModel]:
    """The model that the part at `inner` is read as."""
    for step in inner:
        if isinstance(step, str) and step in model.model_fields:
            found = [
                kind
                for kind in plain_types(model.model_fields[step].annotation)
                if isinstance(kind, type) and issubclass(kind, BaseModel)
            ]
            model = found[0] if found else model
    return model


def _field(model: type[BaseModel], key: str) -> FieldInfo | None:
    return model.model_fields.get(key)


def _choices(field: FieldInfo | None) -> list[str]:
    for kind in plain_types(field.annotation if field else None):
        if isinstance(kind, EnumMeta):
            return [str(member.value) for member in kind]  # type: ignore[attr-defined]
    return []


def plain_types(annotation: Any) -> list[Any]:
    """The plain types inside an annotation such as `tuple[X, ...]` or `X | None`."""
    if get_origin(annotation) in (Union, types.UnionType, tuple, list):
        return [kind for inner in get_args(annotation) for kind in plain_types(inner)]
    if hasattr(annotation, "__metadata__"):
        return plain_types(get_args(annotation)[0])
    return [annotation]


def _example(model: type[BaseModel], key: str) -> str:
    field = _field(model, key)
    if field is None or not field.examples:
        return ""
    return f", as in {key}: {as_typed(field.examples[0])}"


def _found(value: Any) -> str:
    if isinstance(value, dict):
        return "keys"
    if isinstance(value, list):
        return "a list"
    return str(value)[:60] or "nothing"
