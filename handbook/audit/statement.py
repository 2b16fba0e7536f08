"""A piece of what the handbook's sources say, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

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
