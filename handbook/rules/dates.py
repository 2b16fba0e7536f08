"""Dates: a paragraph that names an earlier observation of a figure shows that observation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.loading.template import Call
from handbook.model.figures import Figure
from handbook.model.front_matter import PageKind
from handbook.model.problems import Problem, Severity
from handbook.model.store import MissingRecord


def dates_fit_their_figures(edition: RenderedEdition, page: Page) -> Iterator[Problem]:
    """Warn where a paragraph names the period of an earlier observation, and shows the figure without `at`.

    Such a paragraph was true until a new observation was added. Pages about a report are left out, since they show
    that report's numbers, and so are figures that the edition does not have.
    """
    if page.header.kind is PageKind.REPORT:
        return
    calls = [call for call in page.template.calls() if call.name == "figure" and call.args]
    for call in calls:
        if _period(call):
            continue
        with suppress(MissingRecord):
            yield from _earlier(page, edition.store.get(Figure, str(call.args[0])), call, calls)


def _earlier(page: Page, figure: Figure, call: Call, calls: list[Call]) -> Iterator[Problem]:
    first, last = _paragraph(page, call.line)
    words = " ".join(page.text.split("\n")[first - 1 : last])
    asked = {_period(other) for other in calls if first <= other.line <= last and other.args[0] == figure.id}
    for seen in figure.standing:
        if seen.period < figure.latest.period and str(seen.period) in words and seen.period.text not in asked:
            what = f"A paragraph about {seen.period} shows the figure {figure.id} of {figure.latest.period}"
            cure = f'Write {{{{ figure("{figure.id}", at="{seen.period.text}") }}}}, or change the words'
            yield Problem(page.shown, call.line, what, cure, Severity.WARNING)


def _paragraph(page: Page, line: int) -> tuple[int, int]:
    """The first and the last line of the paragraph around a line."""
    lines = page.text.split("\n")
    first = last = line
    while first > 1 and lines[first - 2].strip():
        first -= 1
    while last < len(lines) and lines[last].strip():
        last += 1
    return first, last


def _period(call: Call) -> str:
    """The period that a call of `figure` asks for. Empty for the latest."""
    return str(dict(call.kwargs).get("at", ""))
