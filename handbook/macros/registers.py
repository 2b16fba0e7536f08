"""Registers of all figures with their uses, and of all passages with what draws on them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from operator import itemgetter

from markupsafe import Markup

from handbook.loading.macro_registry import MacroError, needs
from handbook.loading.menu import place
from handbook.macros import wording
from handbook.macros.charts.figures import figure_chart, worth_drawing
from handbook.macros.figures import observation_table
from handbook.macros.old_figures import mark_if_old
from handbook.macros.open_data.page import downloads
from handbook.macros.rendering import render_template
from handbook.macros.tags import BETWEEN
from handbook.macros.view import View
from handbook.model.coverage import drawn_on
from handbook.model.dependencies import Dependency, on_passage, on_record
from handbook.model.figures import Figure
from handbook.model.front_matter import PageKind
from handbook.model.periods import day_in_words
from handbook.model.record_kinds import Body
from handbook.model.sources import Source

# The sort key of figures without a page in this edition: after all others.
_LAST = (1000, "", True, 0, "")
# More pages than this are shown in a disclosure.
_SHOWN = 8


@dataclass(frozen=True)
class RegisterEntry:
    """What the register shows of a figure: its chart and history, the pages that use it, its citation, and an edit link."""

    record: Figure
    chart: str
    table: str
    used: list[Markup]
    cited: str
    edit: Markup


@needs(uses=True)
def register(view: View) -> str:
    """Every figure with its chart, its history, what it means for progress, the pages that use it, and how to cite it."""
    groups: dict[str, list[RegisterEntry]] = defaultdict(list)
    places = {}
    for record in view.store.all(Figure):
        view.store.note(record)
        page = view.site.about(record.workstream) if record.workstream else None
        title = page.header.title if page else "Other"
        places[title] = place(page, view.store.settings) if page else _LAST
        groups[title].append(_entry(view, record))
    ordered = {title: groups[title] for title in sorted(groups, key=lambda title: places[title])}
    data = downloads(view, Figure)
    return render_template(
        "register", groups=ordered, shown=_SHOWN, staff=view.staff_mark, age=partial(mark_if_old, view), data=data
    )


def _entry(view: View, record: Figure) -> RegisterEntry:
    return RegisterEntry(
        record,
        figure_chart(view, record, heading=record.id) if worth_drawing(record) else "",
        observation_table(view, record),
        pages_using(view, on_record(Figure.kind, record.id)),
        citation(view, record),
        view.edit_link("Edit this figure", record.place),
    )


def citation(view: View, record: Figure) -> str:
    """Return the sentences by which others can cite a figure's latest observation."""
    seen = record.latest
    source = view.store.get(Source, seen.source)
    publisher = view.store.get(Body, source.publisher).name if source.publisher else ""
    published = day_in_words(source.published) if source.published else ""
    said = ", ".join(filter(None, [publisher, source.title, published, wording.locators(seen.locators)]))
    settings = view.store.settings
    return (
        f"{record.title}: {wording.full(record, seen)} ({seen.period}). {said}. "
        f"In {settings.title}, as at {day_in_words(view.store.as_at)}."
    )


def pages_using(view: View, shown: Dependency) -> list[Markup]:
    """Return links to the pages that show a record or a passage, in the order of the menu, without this page and the guide."""
    pages = [page for path in view.site.uses.get(shown, ()) if (page := view.site.pages.get(path))]
    others = (page for page in pages if page != view.page and page.header.kind is not PageKind.GUIDE)
    return [link for _, link in sorted(map(view.menu_entry, others), key=itemgetter(0))]


@needs(uses=True)
def coverage(view: View, source: str) -> str:
    """Every passage of a source, with the pages and records that draw on it, or why none does."""
    outline = view.store.outline(view.store.get(Source, source).id)
    if outline is None:
        raise MacroError(
            f"The source {source} has no outline in the {view.store.edition} edition",
            f"Write one in data/sources/{source}.yml, and call coverage() only where its audience may read",
        )
    rows = [
        (
            drawn.part,
            BETWEEN.join(pages_using(view, on_passage(source, drawn.part.locator))),
            [f"{record.kind} {record.id}" for record in drawn.records],
        )
        for drawn in drawn_on(outline, view.store.everything(), view.site.uses)
    ]
    covered = sum(1 for _, pages, records in rows if pages or records)
    return render_template("coverage", rows=rows, covered=covered)
