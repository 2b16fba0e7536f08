"""A piece of what the handbook's sources say, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from handbook.model.problems import Place


class StatementForm(Enum):
    """What is being said: running text, a name, an id, a path, or a file's very bytes."""

    TEXT = auto()
    NAME = auto()
    PERSON = auto()
    ID = auto()
    PATH = auto()
    BYTES = auto()


@dataclass(frozen=True)
class Statement:
    """A piece of the sources. `shown` is true when partners may read it.

    `lines` holds the line of the file for each line of a text, where they are not in step.
    `values` are what stands by itself in the text as it is published.
    """

    form: StatementForm
    what: str
    text: str
    place: Place
    shown: bool
    lines: tuple[int, ...] = ()
    values: tuple[str, ...] = ()
    data: bytes = field(default=b"", repr=False)

    @property
    def as_json(self) -> list[Any]:
        """The saying as a list of plain values, but for its bytes."""
        place = [self.place.path, self.place.line]
        return [self.form.name, self.what, self.text, place, self.shown, self.lines, self.values]


def saying_from(given: list[Any]) -> Statement:
    """The saying that `as_json` made a list of."""
    form, what, text, place, shown, lines, values = given
    return Statement(StatementForm[form], what, text, Place(*place), shown, tuple(lines), tuple(values))
