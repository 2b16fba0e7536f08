"""Problems: how every fault of content is reported, with its path, its line, what is wrong, and the cure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a problem stops a build."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file: the path relative to the handbook's folder, and the line counted from 1."""

    path: str
    line: int


@dataclass(frozen=True, order=True)
class Problem:
    """A fault of content, where it stands, and how to fix it.

    `what` says what is wrong, with what was found; `cure` says how to fix it. Neither ends in a full stop.
    """

    path: str
    line: int
    what: str
    cure: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """The problem on one line, as the commands print it."""
        mark = "" if self.severity is Severity.ERROR else "warning: "
        return f"{_one_line(self.path)}:{self.line}: {mark}{self.words}"

    @property
    def words(self) -> str:
        """What is wrong and the cure, as two sentences on one line."""
        return _one_line(f"{self.what}. {self.cure}".rstrip(".") + ".")


def _one_line(text: str) -> str:
    """Replace line ends and control characters: what was found in a file may hold any, and a terminal obeys them."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", "\ufffd", text)


class ContentError(Exception):
    """Raised where content cannot be used. `problems` holds all the reasons."""

    def __init__(self, problems: Iterable[Problem]):
        """`problems` are sorted and each kept once."""
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by place and drop duplicates."""
    return sorted(set(problems))


def choose(name: str, choices: Iterable[str], otherwise: str) -> str:
    """Word the cure for a wrong name: suggest the nearest of `choices`, and say `otherwise` what to do."""
    choices = list(choices)
    near = difflib.get_close_matches(name, choices, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}? If not, {otherwise}" if near else _capital(otherwise)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
