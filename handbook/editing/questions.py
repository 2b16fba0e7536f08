"""What someone is asked who adds a record or a page: the audience first, then what it needs, from its model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handbook.editing.field_forms import FieldForm, entries
from handbook.editing.number_input import as_kept
from handbook.editing.refusal import EditRefused
from handbook.model.editions import Audience
from handbook.model.fields import Identifier
from handbook.model.parts import Part, Record

Answers = Mapping[str, str | list[str]]

_AUDIENCE = FieldForm.of(
    "audience", Audience, "Will partners see this? partner if they will, internal if only staff will.", "partner"
)


def id_of(model: type[Record]) -> FieldForm:
    """The id of a new record of this kind."""
    question = "Its id, by which pages and records name it: small letters, digits, hyphens."
    return FieldForm.of("id", Identifier, question, model.id_example)


@dataclass(frozen=True)
class Question:
    """One thing that is asked. `path` is where the answer goes; `needed` is false for what can be left out."""

    name: str
    entry: FieldForm
    path: tuple[str, ...]
    needed: bool

    @property
    def flag(self) -> str:
        return f"--{self.name.replace('_', '-')}"

    def kept(self, text: str, answers: Answers) -> str:
        """An answer as a record keeps it: a number without what the unit says. Raises Refused for an unclear one."""
        return as_kept(text, str(answers.get("unit", ""))) if self.entry.is_number else text

    def made_needed(self, names: Iterable[str]) -> Question:
        """The question, needed if its name is among `names`."""
        return replace(self, needed=self.needed or self.name in names)


def questions(model: type[Part], first: Iterable[FieldForm] = (), parts: Iterable[str] = ()) -> list[Question]:
    """What is asked of a record or a page: its audience, the entries of `first`, and the keys of its model.

    Of a list of parts that it needs, the first part is asked for, and of the single parts those in `parts`.
    A key of a part that the whole has as well bears the name of the part too.
    """
    own = [entry for entry in entries(model) if entry.key != "audience"]
    found = [Question("audience", _AUDIENCE, ("audience",), True)]
    found += [Question(entry.key, entry, (entry.key,), True) for entry in first]
    taken = {entry.key for entry in own if entry.part is None}
    for entry in own:
        if entry.part is None:
            found.append(Question(entry.key, entry, (entry.key,), entry.required))
        elif entry.required or entry.key in parts:
            for number, inner in enumerate(entries(entry.part)):
                name = f"{entry.key}_{inner.key}" if inner.key in taken or not entry.many else inner.key
                if inner.key != "audience" and inner.part is None:
                    path = (entry.key, inner.key)
                    found.append(Question(name, inner, path, inner.required or number == 0))
    return found


def values_of(asked: Iterable[Question], answers: Answers) -> dict[str, Any]:
    """The answers as the keys of a record or a page. Raises Refused for an answer that its key cannot have."""
    values: dict[str, Any] = {}
    for question in asked:
        if question.name not in answers:
            continue
        answer = answers[question.name]
        if isinstance(answer, str):
            answer = question.kept(answer, answers)
        for text in [answer] if isinstance(answer, str) else answer:
            if fault := question.entry.fault(text):
                raise EditRefused(f"{question.flag}: {fault}")
        *whole, key = question.path
        target = values
        for step in whole:
            target = target.setdefault(step, {})
        target[key] = answer
    return values


def missing(asked: Iterable[Question], answers: Answers) -> list[Question]:
    """The questions that need an answer and have none. A number may be given in other words, as a range."""
    given = {question.path[:-1] for question in asked if question.entry.is_number and question.name in answers}
    hidden = "suppressed" in answers
    return [
        question
        for question in asked
        if question.needed
        and question.name not in answers
        and not (question.entry.is_number and (hidden or question.path[:-1] in given))
    ]
