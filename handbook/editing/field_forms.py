"""What a record or a page is asked for, from its model: each key with its question, its example and its rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import EnumMeta
from typing import Annotated, Any, get_args, get_origin

from pydantic import Field, create_model
from pydantic.fields import FieldInfo

from handbook.loading.references import refs_of
from handbook.loading.strict_yaml import YamlDocument
from handbook.loading.validation import plain_types, validate
from handbook.model.parts import Part, Strict
from handbook.model.typed_text import TypedText


@dataclass(frozen=True)
class FieldForm:
    """A key that a person fills in. `names` is the kind of record whose id it holds, if it holds one."""

    key: str
    field: FieldInfo

    @classmethod
    def of(cls, key: str, annotation: Any, description: str, example: str) -> FieldForm:
        """An entry that no model has."""
        field = Field(description=description, examples=[example])
        return cls(key, FieldInfo.from_annotation(Annotated[annotation, field]))

    @property
    def flag(self) -> str:
        return f"--{self.key.replace('_', '-')}"

    @property
    def question(self) -> str:
        return self.field.description or self.key

    @property
    def required(self) -> bool:
        return self.field.is_required()

    @property
    def many(self) -> bool:
        """True where it is a list, of which each item is given by itself."""
        return _is_list(self.field.annotation)

    @property
    def part(self) -> type[Part] | None:
        """The model of what stands below it, where it holds keys of its own."""
        return next((kind for kind in self._types if isinstance(kind, type) and issubclass(kind, Part)), None)

    @property
    def choices(self) -> list[str]:
        """The only values it may have, or none where it is free."""
        if bool in self._types:
            return ["true", "false"]
        return [str(member.value) for kind in self._types if isinstance(kind, EnumMeta) for member in kind]  # type: ignore[attr-defined]

    @property
    def names(self) -> str | None:
        return next((mark.kind for mark in refs_of(self.field)), None)

    @property
    def is_text(self) -> bool:
        return str in self._types and not self.names

    @property
    def is_number(self) -> bool:
        return Decimal in self._types

    @property
    def example(self) -> str:
        """An example of its value, where the model gives one."""
        given = (self.field.examples or [""])[0]
        return str(given[0] if isinstance(given, list) else given)

    def fault(self, text: str) -> str:
        """What is wrong with a value, and the cure. Empty for one that the model takes."""
        typed = TypedText(text, "bool" if bool in self._types else "str")
        document = YamlDocument("", {self.key: [typed] if self.many else typed})
        model = create_model("Asked", __base__=Strict, **{self.key: (self.field.annotation, self.field)})  # type: ignore[call-overload]
        _, problems = validate(model, document, (), self.key)
        return " ".join(f"{problem.what}. {problem.cure}." for problem in problems)

    @property
    def _types(self) -> list[Any]:
        return plain_types(self.field.annotation)


def entries(model: type[Part]) -> list[FieldForm]:
    """The keys of a model in the order in which files have them: its own, then what it shares with others.

    What comes from the place of a record, and not from a key, is no entry.
    """
    own = [name for name in model.__annotations__ if name in model.model_fields]
    shared = sorted((name for name in model.model_fields if name not in own), key=lambda name: name == "audience")
    return [
        FieldForm(name, model.model_fields[name]) for name in [*own, *shared] if not model.model_fields[name].exclude
    ]


def _is_list(annotation: Any) -> bool:
    if get_origin(annotation) is tuple:
        return True
    return any(_is_list(inner) for inner in get_args(annotation) if get_origin(annotation) is not dict)
