"""Checking the handbook: everything that can be wrong, found in one run before anything is built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from macros.content.editions import Edition
from macros.content.handbook import Handbook, Written, read_handbook
from macros.content.periods import day_in_words
from macros.content.problems import ContentError, Problem, Severity, in_order
from macros.content.records import SETTINGS_FILE
from macros.content.sources import Source
from macros.content.text import read_text
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
    if too_early := _speaks_too_early(found.handbook, as_at):
        found.problems = in_order([*problems, too_early])
        return found
    problems += check_handbook(found.handbook)
    for edition in editions:
        found.editions[edition], faults = write(found.handbook, edition, as_at)
        problems += faults + check_edition(found.editions[edition])
    found.problems = in_order(problems)
    return found


def _speaks_too_early(handbook: Handbook, as_at: date | None) -> Problem | None:
    """One problem, not one for each figure: the report that the pages speak from is not yet published."""
    settings = handbook.settings
    report = handbook.records.get(settings.report)
    if not isinstance(report, Source) or report.published is None or report.published <= (as_at or settings.as_at):
        return None
    lines = read_text(handbook.root / SETTINGS_FILE, SETTINGS_FILE).split("\n")
    line = next((number for number, text in enumerate(lines, 1) if text.startswith("as_at:")), 1)
    published = day_in_words(report.published)
    what = f"The handbook speaks for a day before its report was published (the report is of {published})"
    return Problem(SETTINGS_FILE, line, what, "Choose that day or a later one")
