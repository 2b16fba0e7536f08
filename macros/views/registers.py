"""Registers made from everything else: every figure and its uses, every passage and what draws on it."""

from __future__ import annotations

from collections import defaultdict

from markupsafe import Markup

from macros.content.models import Figure, Record, Source, Sourced, parts_of

from .figures import observation_table
from .render import fill
from .view import View


def register(view: View) -> str:
    """Every figure with its history, what it means for progress, and the pages that use it."""
    groups: dict[str, list[tuple[Figure, str, Markup]]] = defaultdict(list)
    for record in view.store.all(Figure):
        page = view.site.about(record.workstream) if record.workstream else None
        title = page.header.title if page else "Other"
        groups[title].append((record, observation_table(view, record), used_on(view, f"figure:{record.id}")))
    return fill("register", groups=groups)


def used_on(view: View, key: str) -> Markup:
    """Links to the pages that read `key`, other than the one being made."""
    links = []
    for path in view.site.uses.get(key, ()):
        page = view.site.pages.get(path)
        if page and page.path != view.page.path:
            links.append(view.link(page.header.title, page))
    return Markup(", ").join(links)


def coverage(view: View, source: str) -> str:
    """Every passage of a source, with the pages and records that draw on it, or why none does."""
    outline = view.store.outline(source)
    records: dict[str, list[Record]] = defaultdict(list)
    for record in view.store.everything():
        for _, part in parts_of(record):
            if isinstance(part, Sourced) and part.source == source and record not in records[part.locator]:
                records[part.locator].append(record)
            elif isinstance(part, Source) and part.named_in == source and part.locator:
                records[part.locator].append(record)
    rows = []
    for part in outline.parts if outline else ():
        pages = used_on(view, f"passage:{source}:{part.locator}")
        drawn = [f"{record.kind} {record.id}" for record in records[part.locator]]
        rows.append((part, pages, drawn))
    covered = sum(1 for _, pages, drawn in rows if pages or drawn)
    return fill("coverage", rows=rows, covered=covered)


