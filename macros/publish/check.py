"""Checking the handbook: everything that can be wrong, found in one run before anything is built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from macros.content.editions import Edition
from macros.content.handbook import Handbook, Written, read_handbook
from macros.content.problems import ContentError, Problem, Severity, in_order
from macros.rules import check_edition, check_handbook

from .write import write


@dataclass
class Checked:
    """What a check found, and the editions it wrote on the way."""

    handbook: Handbook | None = None
    editions: dict[Edition, Written] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


def check(root: Path, editions: Iterable[Edition] = Edition, as_at: date | None = None) -> Checked:
    """Every problem with the handbook at `root` and with the `editions` of it, in order."""
    found = Checked()
    try:
        found.handbook, problems = read_handbook(root)
    except ContentError as error:
        found.problems = error.problems
        return found
    problems += check_handbook(found.handbook)
    for edition in editions:
        found.editions[edition], faults = write(found.handbook, edition, as_at)
        problems += faults + check_edition(found.editions[edition])
    found.problems = in_order(problems)
    return found
