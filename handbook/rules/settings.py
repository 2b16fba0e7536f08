"""Settings: the reports, sections and starting points that data/handbook.yml names exist, the reports in order."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.loading.handbook import Handbook
from handbook.loading.settings import setting_place
from handbook.loading.strict_yaml import Path
from handbook.model.problems import Problem, choose
from handbook.model.sources import Source


def reports_are_in_order(handbook: Handbook) -> Iterator[Problem]:
    """Check `earlier_reports` and `report` in data/handbook.yml."""
    settings = handbook.settings
    named: list[tuple[Path, str]] = [
        *((("earlier_reports", index), name) for index, name in enumerate(settings.earlier_reports)),
        (("report",), settings.report),
    ]
    before: Source | None = None
    for path, name in named:
        source = handbook.records.get(name)
        if not isinstance(source, Source):
            if not handbook.records.may_have("source", name):
                choices = [record.id for record in handbook.records.values() if isinstance(record, Source)]
                cure = choose(name, choices, "add the source under data/")
                yield _problem(handbook, path, f"No source has this id (found {name})", cure)
            continue
        if source.published is None:
            what = f"A report without a date (found {name})"
            yield _problem(handbook, path, what, "Give it the key published in data/sources.yml")
            continue
        if before and before.published and source.published <= before.published:
            what = f"A report that is no later than the one before it (found {name} after {before.id})"
            yield _problem(handbook, path, what, "List earlier_reports oldest first; report is the latest of all")
        before = source


def sections_have_pages(handbook: Handbook) -> Iterator[Problem]:
    """Check that `sections` in data/handbook.yml are folders with pages, each listed once."""
    folders = {folder for page in handbook.docs.pages.values() for folder in _and_above(page.folder)}
    listed: list[str] = []
    for index, section in enumerate(handbook.settings.sections):
        path: Path = ("sections", index, "folder")
        if section.folder in listed:
            yield _problem(handbook, path, f"A section that is listed twice (found {section.folder})", "Keep one")
        elif section.folder not in folders and not handbook.docs.broken:
            cure = choose(section.folder, sorted(folders), "name a folder below docs/ that has a page")
            yield _problem(handbook, path, f"A section without a page (found {section.folder})", cure)
        listed.append(section.folder)


def _and_above(folder: str) -> list[str]:
    parts = folder.split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def starting_points_are_pages(handbook: Handbook) -> Iterator[Problem]:
    """Check `starting_points` in data/handbook.yml."""
    pages = handbook.docs.pages
    for index, path in enumerate(handbook.settings.starting_points):
        if path not in pages and path not in handbook.docs.broken:
            cure = choose(path, pages, "give the path of a page below docs/")
            yield _problem(handbook, ("starting_points", index), f"A page that is not there (found {path})", cure)


def _problem(handbook: Handbook, path: Path, what: str, cure: str) -> Problem:
    place = setting_place(handbook.root, path)
    return Problem(place.path, place.line, what, cure)
