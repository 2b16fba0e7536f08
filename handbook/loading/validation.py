"""Validate typed text as a model of pydantic's, and explain each error in plain words at its own line."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from handbook.loading.strict_yaml import Path, YamlDocument
from handbook.model.examples import as_typed
from handbook.model.problems import Problem, choose

M = TypeVar("M", bound=BaseModel)

_KEYS_WANTED = ("Keys are wanted here (found {found})", "Write its keys below it, indented by two spaces")
# What is wrong and the cure, by the type of pydantic's error.
_WRONG_SHAPES = {
    "tuple_type": ("{key} is a list (found {found})", "Write each item on its own line, after two spaces and a hyphen"),
    "too_short": ("{key} is empty", "Add at least one item, or delete the record"),
    "model_type": _KEYS_WANTED,
    "model_attributes_type": _KEYS_WANTED,
}
_WRONG_SHAPE = ("{key} is not what is wanted (found {found})", "Write it as plain text")


def validate(
    model: type[M], document: YamlDocument, path: Path, subject: str, given: Mapping[str, Any] = MappingProxyType({})
) -> tuple[M | None, list[Problem]]:
    """Validate the part of `document` at `path` as a `model`, and give it or the problems that prevent it.

    `subject` names the thing in messages, as in "The figure staff-trained". `given` holds values that come from
    elsewhere than the file, and whose keys the file may not have.
    """
    raw: Any = document.value
    for step in path:
        raw = raw[step]
    if not isinstance(raw, dict):
        what = f"{subject} has no keys (found {_found(raw)})"
        cure = "Write its keys below it, indented by two spaces"
        return None, [Problem(document.shown, document.line(path), what, cure)]
    explain = _Explainer(model, document, path, subject, given)
    problems = [explain.unknown_key(model, (key,)) for key in raw if key in given]
    try:
        return model.model_validate({**raw, **given}), problems
    except ValidationError as error:
        return None, problems + explain.all(error.errors(include_url=False))


@dataclass(frozen=True)
class _Explainer:
    """Turns pydantic's errors into problems at their lines. Its fields are the arguments of `validate`."""

    model: type[BaseModel]
    document: YamlDocument
    path: Path
    subject: str
    given: Mapping[str, Any]

    def all(self, errors: list[ErrorDetails]) -> list[Problem]:
        """A problem for each error, but for a list that is only empty because its items are wrong."""
        return [
            self._problem(error)
            for error in errors
            if error["type"] != "too_short" or not _any_inside(errors, error["loc"])
        ]

    def unknown_key(self, model: type[BaseModel], inner: Path) -> Problem:
        """The problem with a key that `model` does not have."""
        known = [name for name in model.model_fields if name not in self.given]
        cure = choose(str(inner[-1]), known, f"use one of {', '.join(known)}")
        return self._at(inner, f"Unknown key (found {inner[-1]})", cure)

    def _at(self, inner: Path, what: str, cure: str) -> Problem:
        return Problem(self.document.shown, self.document.line((*self.path, *inner)), what, cure)

    def _problem(self, error: ErrorDetails) -> Problem:
        inner: Path = error["loc"]
        if error["type"] == "extra_forbidden":
            return self.unknown_key(_model_at(self.model, inner[:-1]), inner)
        return self._at(inner, *self._words(error, inner))

    def _words(self, error: ErrorDetails, inner: Path) -> tuple[str, str]:
        """What is wrong, and the cure."""
        key = str(inner[-1]) if inner else ""
        owner = _model_at(self.model, inner[:-1])
        found = _found(error["input"])
        match error["type"]:
            case "handbook":
                return error["ctx"]["what"], error["ctx"]["cure"]
            case "missing":
                return f"{_subject(self.subject, inner)} has no {key}", f"Add the key {key}{_example(owner, key)}"
            case "enum":
                return _not_a_choice(error, key, [] if isinstance(inner[-1], int) else _choices(owner, key))
        what, cure = _WRONG_SHAPES.get(error["type"], _WRONG_SHAPE)
        return what.format(key=key or self.subject, found=found), cure


def _any_inside(errors: list[ErrorDetails], path: Path) -> bool:
    return any(len(error["loc"]) > len(path) and error["loc"][: len(path)] == path for error in errors)


def _not_a_choice(error: ErrorDetails, key: str, choices: list[str]) -> tuple[str, str]:
    """What is wrong with a value, or a key of a mapping, that must be one of a few words."""
    what = f"Not a value that {key} can have (found {_found(error['input'])})"
    if key == "[key]":
        choices = re.findall("'([^']*)'", error["ctx"]["expected"])
        what = f"Unknown key (found {error['input']})"
    return what, choose(str(error["input"]), choices, f"use one of {', '.join(choices)}")


def _subject(what: str, inner: Path) -> str:
    """Name what a key is missing from: the record, or an item of one of its lists."""
    lists = [(name, index) for name, index in zip(inner, inner[1:], strict=False) if isinstance(index, int)]
    if not lists:
        return what
    name, index = lists[-1]
    return f"Item {int(index) + 1} of {name} in {what[0].lower() + what[1:]}"


def _model_at(model: type[BaseModel], inner: Path) -> type[BaseModel]:
    """The model that validates the part at `inner`."""
    for step in inner:
        if isinstance(step, str) and step in model.model_fields:
            found = [
                kind
                for kind in plain_types(model.model_fields[step].annotation)
                if isinstance(kind, type) and issubclass(kind, BaseModel)
            ]
            model = found[0] if found else model
    return model


def _choices(model: type[BaseModel], key: str) -> list[str]:
    """The words that a field of an enumeration may have. Empty for any other field."""
    field = model.model_fields.get(key)
    for kind in plain_types(field.annotation if field else None):
        if isinstance(kind, type) and issubclass(kind, Enum):
            return [str(member.value) for member in kind]
    return []


def plain_types(annotation: Any) -> list[Any]:
    """The plain types inside an annotation such as `tuple[X, ...]` or `X | None`."""
    if get_origin(annotation) in (Union, types.UnionType, tuple, list):
        return [kind for inner in get_args(annotation) for kind in plain_types(inner)]
    if hasattr(annotation, "__metadata__"):
        return plain_types(get_args(annotation)[0])
    return [annotation]


def _example(model: type[BaseModel], key: str) -> str:
    field = model.model_fields.get(key)
    if field is None or not field.examples:
        return ""
    return f", as in {key}: {as_typed(field.examples[0])}"


def _found(value: Any) -> str:
    if isinstance(value, dict):
        return "keys"
    if isinstance(value, list):
        return "a list"
    return str(value)[:60] or "nothing"
