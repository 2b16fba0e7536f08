"""The one way a fault of content is reported, everywhere: path, line, what is wrong, and the cure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a path relative to the project, and a line counted from 1."""

    path: str
    line: int


@dataclass(frozen=True, order=True)
class Problem:
    """A fault that a person can find and mend.

    `what` says what is wrong, with what was found; `cure` says how to mend it.
    Neither ends in a full stop.
    """

    path: str
    line: int
    what: str
    cure: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        mark = "" if self.severity is Severity.ERROR else "warning: "
        return f"{_one_line(self.path)}:{self.line}: {mark}{self.words}"

    @property
    def words(self) -> str:
        """What is wrong and the cure, as two sentences on one line."""
        return _one_line(f"{self.what}. {self.cure}".rstrip(".") + ".")


def _one_line(text: str) -> str:
    """The text without line ends and characters that a terminal obeys: a name or a value may hold any."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", "\ufffd", text)


class ContentError(Exception):
    """Content cannot be used; `problems` says why, all at once."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems sorted by place, each once."""
    return sorted(set(problems))


def choose(name: str, choices: Iterable[str], otherwise: str) -> str:
    """A cure for a wrong name: the nearest right one, or else `otherwise`."""
    choices = list(choices)
    near = difflib.get_close_matches(name, choices, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}? If not, {otherwise}" if near else _capital(otherwise)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
