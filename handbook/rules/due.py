"""What is due on a day: reviews of pages, and new observations of figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handbook.loading.handbook import Handbook
from handbook.loading.page import Page
from handbook.model.figures import Figure
from handbook.model.periods import day_in_words
from handbook.model.problems import Place


@dataclass(frozen=True, order=True)
class Due:
    """Something that is due: its name, its place, and why. `lead` is the role that leads it, or empty."""

    lead: str
    place: Place
    name: str
    why: str


def due(handbook: Handbook, on: date) -> list[Due]:
    """List what is overdue on the day `on`, and pages never reviewed, by lead; what has no lead comes last."""
    found = [*_past(handbook, on), *_unreviewed(handbook), *_figures(handbook, on)]
    return sorted(found, key=lambda each: (not each.lead, each))


def without_next(handbook: Handbook) -> list[Figure]:
    """The figures that do not say how often a new observation comes."""
    return [figure for figure in _all(handbook) if figure.every is None]


def _unreviewed(handbook: Handbook) -> Iterator[Due]:
    """The pages that rest on a source, and name neither their last review nor their next."""
    for page in _to_review(handbook):
        if page.header.reviewed is None and page.header.review_by is None:
            yield Due(_lead(handbook, page), _place(page, "title"), page.header.title, "not reviewed")


def _past(handbook: Handbook, on: date) -> Iterator[Due]:
    for page in _to_review(handbook):
        by = page.header.review_by
        if by is not None and by.last < on and (page.header.reviewed is None or page.header.reviewed <= by.last):
            last = f", last read on {day_in_words(page.header.reviewed)}" if page.header.reviewed else ""
            why = f"to be read by {by}{last}"
            yield Due(_lead(handbook, page), _place(page, "review_by"), page.header.title, why)


def _figures(handbook: Handbook, on: date) -> Iterator[Due]:
    about = {page.header.workstream: page for page in handbook.docs.pages.values() if page.header.workstream}
    for figure in _all(handbook):
        latest = figure.latest
        if figure.every is not None and figure.every.after(latest.period.last) < on:
            page = about.get(figure.workstream or "")
            why = f"a new number each {figure.every}, and the last is of {latest.period}"
            place = handbook.records.place(figure, ("every",))
            yield Due(_lead(handbook, page) if page else "", place, figure.title, why)


def _to_review(handbook: Handbook) -> list[Page]:
    """The pages that are reviewed against a source: those that name one."""
    return [page for page in handbook.docs.pages.values() if page.header.sources]


def _all(handbook: Handbook) -> list[Figure]:
    return [record for record in handbook.records.values() if isinstance(record, Figure)]


def _place(page: Page, key: str) -> Place:
    return Place(page.shown, page.document.line((key,)))


def _lead(handbook: Handbook, page: Page) -> str:
    """The name of the role that leads what a page is about. Empty if no source names one."""
    body = handbook.records.get(page.header.lead or "")
    return str(getattr(body, "name", ""))
