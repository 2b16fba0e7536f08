"""Checking the handbook: everything that can be wrong, found in one run before anything is built."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from handbook.cache.build_cache import BuildCache
from handbook.editions.analysis import know, know_past, said_by
from handbook.editions.renderer import write
from handbook.loading.handbook import Handbook, read_handbook
from handbook.loading.macro_registry import MacroRegistry
from handbook.loading.page import Page
from handbook.loading.page_analysis import problem_as_json, problem_from
from handbook.loading.rendered_edition import RenderedEdition
from handbook.loading.settings import setting_place
from handbook.model.editions import Edition
from handbook.model.periods import day_in_words
from handbook.model.problems import ContentError, Problem, Severity, in_order
from handbook.model.sources import Source
from handbook.rules import check_edition, check_handbook

_SAID = "said"


@dataclass
class Checked:
    """What a check found, and the editions it wrote on the way."""

    handbook: Handbook | None = None
    editions: dict[Edition, RenderedEdition] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def macros(self) -> MacroRegistry | None:
        """The macros of the handbook, for an earlier revision of it that the code at hand reads."""
        return self.handbook.macros if self.handbook else None

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


def check(
    root: Path,
    editions: Iterable[Edition] = Edition,
    as_at: date | None = None,
    cache: BuildCache | None = None,
    macros: MacroRegistry | None = None,
) -> Checked:
    """Every problem with the handbook at `root` and with the `editions` of it, in order.

    With `as_at`, the editions it gives are those of that earlier day. The rules hold for the present:
    where that is sound, what is missing from the past is missing because of the day.
    With a `cache`, the results of earlier checks and builds are used again, and those of this one are saved.
    With `macros`, pages may call those, and the handbook's own package is not loaded.
    """
    cache = cache or BuildCache()
    found = look_over(root, editions, as_at, cache, macros)
    if found.handbook:
        cache.save(found.handbook)
    return found


def look_over(
    root: Path,
    editions: Iterable[Edition],
    as_at: date | None,
    cache: BuildCache,
    macros: MacroRegistry | None = None,
) -> Checked:
    """What `check` finds. The `cache` is still to be saved."""
    found, handbook = _opened(root, cache.pages, macros)
    if handbook is None:
        return found
    if as_at and (no_past := _no_past(handbook, as_at)):
        found.problems = in_order([*found.problems, no_past])
        return found
    problems, written = found.problems, None
    # The last page of all, which shows what all others use, is long and is written alone: there is time beside it.
    with cache.run_in_background(lambda: _of_all_editions(handbook, cache), _SAID, gives_way=True) as of_all_editions:
        for edition in editions:
            written, faults = know(handbook, edition, cache.results_of(str(edition)), written)
            found.editions[edition] = written
            problems += faults + check_edition(written)
            if as_at:
                found.editions[edition], faults = know_past(handbook, edition, as_at)
                problems += faults
        problems += map(problem_from, json.loads(of_all_editions()))
    found.problems = in_order(problems)
    for page in handbook.docs.pages.values():
        page.forget()
    return found


def _of_all_editions(handbook: Handbook, cache: BuildCache) -> bytes:
    """The problems with what the pages say in whatever edition, and with what all editions share, as JSON."""
    said, faults = said_by(handbook, cache.results_of(_SAID))
    return json.dumps(list(map(problem_as_json, faults + check_handbook(handbook, said)))).encode()


def read(root: Path, editions: Iterable[Edition] = Edition, macros: MacroRegistry | None = None) -> Checked:
    """The handbook at `root` and its `editions`, with the problems in reading and writing them, held to no rule."""
    found, handbook = _opened(root, {}, macros)
    if handbook is None:
        return found
    problems = found.problems
    for edition in editions:
        found.editions[edition], faults = write(handbook, edition)
        problems += faults
    found.problems = in_order(problems)
    return found


def _opened(
    root: Path, known: Mapping[str, bytes | Page], macros: MacroRegistry | None
) -> tuple[Checked, Handbook | None]:
    """The handbook at `root` with the problems in reading it; the second is None where it can be used for nothing."""
    found = Checked()
    try:
        found.handbook, problems = read_handbook(root, known, macros)
    except ContentError as error:
        found.problems = error.problems
        return found, None
    if too_early := _speaks_too_early(found.handbook):
        found.problems = in_order([*problems, too_early])
        return found, None
    found.problems = problems
    if found.handbook.macros.problems:
        # Without macros, every page would be wrong.
        found.problems = in_order(problems)
        return found, None
    return found, found.handbook


def _speaks_too_early(handbook: Handbook) -> Problem | None:
    """One problem, not one for each figure: the report that the pages speak from is not yet published."""
    report = handbook.records.get(handbook.settings.report)
    if not isinstance(report, Source) or report.published is None or report.published <= handbook.settings.as_at:
        return None
    published = day_in_words(report.published)
    what = f"The handbook speaks for a day before its report was published (the report is of {published})"
    return _day_problem(handbook, what, "Choose that day or a later one")


def _no_past(handbook: Handbook, day: date) -> Problem | None:
    """Why the handbook cannot be shown as it stood on `day`, if it cannot."""
    settings = handbook.settings
    if day > settings.as_at:
        spoken_for = day_in_words(settings.as_at)
        what = f"The past cannot be later than the day that the handbook speaks for (found {day}, after {spoken_for})"
        return _day_problem(handbook, what, "Choose that day or an earlier one")
    reports = (handbook.records.get(name) for name in (*settings.earlier_reports, settings.report))
    published = [report.published for report in reports if isinstance(report, Source) and report.published]
    if published and day < min(published):
        first = day_in_words(min(published))
        what = f"The handbook has nothing to say of a day before its first report (found {day}, before {first})"
        return _day_problem(handbook, what, "Choose that day or a later one")
    return None


def _day_problem(handbook: Handbook, what: str, cure: str) -> Problem:
    """A problem with a day, told where the handbook's own day is written."""
    place = setting_place(handbook.root, ("as_at",))
    return Problem(place.path, place.line, what, cure)
