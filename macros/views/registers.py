"""Registers made from everything else: every figure and its uses, every passage and what draws on it."""

from __future__ import annotations

from collections import defaultdict

from markupsafe import Markup

from macros.content.coverage import drawn_on, passage
from macros.content.figures import Figure
from macros.content.header import PageKind
from macros.content.menu import place
from macros.content.sources import Source

from .figures import observation_table
from .render import fill
from .view import MacroError, View

# Figures that belong to no page of this edition come after all others.
_LAST = (1000, True, 0, "")


def register(view: View) -> str:
    """Every figure with its history, what it means for progress, and the pages that use it."""
    groups: dict[str, list[tuple[Figure, str, Markup, Markup]]] = defaultdict(list)
    places = {}
    for record in view.store.all(Figure):
        view.store.note(f"figure:{record.id}")
        page = view.site.about(record.workstream) if record.workstream else None
        title = page.header.title if page else "Other"
        places[title] = place(page, view.store.settings) if page else _LAST
        edit = view.edit_link("Edit this figure", record.place)
        groups[title].append((record, observation_table(view, record), used_on(view, f"figure:{record.id}"), edit))
    return fill("register", groups={title: groups[title] for title in sorted(groups, key=lambda title: places[title])})


def used_on(view: View, key: str) -> Markup:
    """Links to the pages that read `key`, other than the one being made and the guide's examples."""
    links = []
    for path in view.site.uses.get(key, ()):
        page = view.site.pages.get(path)
        if page and page.path != view.page.path and page.header.kind is not PageKind.GUIDE:
            links.append(view.link(page.header.title, page))
    return Markup(" · ").join(links)


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
            used_on(view, passage(source, drawn.part.locator)),
            [f"{record.kind} {record.id}" for record in drawn.records],
        )
        for drawn in drawn_on(outline, view.store.everything(), view.site.uses)
    ]
    covered = sum(1 for _, pages, records in rows if pages or records)
    return fill("coverage", rows=rows, covered=covered)
