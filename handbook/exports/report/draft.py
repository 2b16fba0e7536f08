"""What a draft of a report marks: the numbers that someone must go and get, and a page that is past its review."""

from __future__ import annotations

from datetime import date

from handbook.exports.report.document import Block, ReportHeading, ReportList, ReportParagraph, ReportTable, TextRun
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros import wording
from handbook.model.dependencies import on_record
from handbook.model.figures import Figure
from handbook.model.periods import day_in_words
from handbook.model.sources import Source
from handbook.rules.due import due

_HEAD = ("Number now", "Figure", "Of", "From")


def to_get(written: RenderedEdition, page: Page) -> dict[str, Figure]:
    """By id, the figures on a report's page that have no newer observation than the last report gave."""
    return {figure.id: figure for figure in _figures(written, page) if not _newer(written, page, figure)}


def opening(written: RenderedEdition, page: Page, on: date) -> tuple[Block, ...]:
    """The part that heads a draft: what must be got, and what must be read again."""
    figures = to_get(written, page)
    rows = [
        tuple((line,) for line in _row(written, figure))
        for figure in sorted(figures.values(), key=lambda figure: figure.title)
    ]
    late = [f"{item.name}: {item.why}." for item in due(written.handbook, on) if item.place.path == page.shown]
    blocks: list[Block] = [ReportHeading(1, "still-to-do", (TextRun("Still to do in this draft"),))]
    if rows:
        words = "Each of these numbers is from the last report. Someone must go and get a newer one."
        blocks += [
            ReportParagraph((TextRun(words),)),
            ReportTable(tuple((TextRun(word),) for word in _HEAD), tuple(rows)),
        ]
    else:
        blocks.append(ReportParagraph((TextRun("Every figure has a newer number than the last report."),)))
    if late:
        blocks.append(ReportParagraph((TextRun(f"On {day_in_words(on)}, this is due for review:"),)))
        blocks.append(ReportList(tuple((TextRun(text),) for text in late)))
    return (*blocks, ReportHeading(1, "the-report", (TextRun("The report as it stands"),)))


def _figures(written: RenderedEdition, page: Page) -> list[Figure]:
    shown = written.reads[page.path]
    return [figure for figure in written.store.all(Figure) if on_record(figure.kind, figure.id) in shown]


def _newer(written: RenderedEdition, page: Page, figure: Figure) -> bool:
    """True where a source later than the report's own gives a number of the figure."""
    report = written.store.get(Source, page.header.sources[0])
    sources = {source.id: source for source in written.store.all(Source)}
    days = [source.published for seen in figure.standing if (source := sources.get(seen.source))]
    return any(day and report.published and day > report.published for day in days)


def _row(written: RenderedEdition, figure: Figure) -> list[tuple[TextRun]]:
    seen = figure.latest
    source = wording.source_name(written.store.get(Source, seen.source))
    cells = (
        wording.full(figure, seen),
        figure.title,
        str(seen.period),
        f"{source}, {wording.locators(seen.locators)}",
    )
    return [(TextRun(wording.capital(cell)),) for cell in cells]
