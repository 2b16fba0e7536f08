"""An edition as one file of plain text, with the handbook's macros resolved, for tools that take text alone.

It is Markdown, page after page in the order of the menu, each with its title, address, audience and sources.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from handbook.cache.result_cache import ResultCache
from handbook.editions.page_rendering import fingerprints
from handbook.editions.past import remove_later_links
from handbook.html.elements import read_html
from handbook.html.to_markdown import MarkdownWriter
from handbook.loading.menu import place
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros import wording
from handbook.model.dependencies import DependencyKind, note_dependency
from handbook.model.periods import day_in_words
from handbook.model.sources import Source

_RULE = "=" * 80


def bundle(written: RenderedEdition, results: ResultCache, home: str = "") -> bytes:
    """The text of every page of an edition. `home` is the site's address, if it is known."""
    settings = written.handbook.settings
    in_order = sorted(written.pages.values(), key=lambda page: place(page, settings))

    def work(path: str) -> tuple[None, bytes]:
        note_dependency(DependencyKind.CONTENT, path)
        return None, _text(written, written.pages[path], home).encode()

    found = results.results([page.path for page in in_order], work, fingerprints(written))
    day = day_in_words(written.store.as_at)
    head = f"{settings.title}\n{settings.description}\n{settings.official}\nAs known on {day}.\n"
    return b"\n".join([head.encode(), *(found[page.path].body for page in in_order)])


def _text(written: RenderedEdition, page: Page, home: str) -> str:
    """A page: what is known of it, and its words."""
    html = remove_later_links(written, page.path, written.facts(page.path).html)
    sources = "; ".join(wording.source_name(source) for source in written.store.some(Source, page.header.sources))
    about = {
        "Page": page.header.title,
        "Address": urljoin(home, page.url),
        "Audience": page.audience,
        "Sources": sources or "none named",
    }
    lines = [_RULE, *(f"{name}: {value}" for name, value in about.items()), _RULE]
    return "\n".join([*lines, "", MarkdownWriter(_link_on(written, page, home), frozenset()).write(read_html(html))])


def _link_on(written: RenderedEdition, page: Page, home: str) -> Any:
    """What gives the address that a link on `page` has from the site's root."""

    @cache
    def link(target: str) -> str:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            return target
        path = page.leads_to(parts.path)
        there = written.pages[path].url if path in written.pages else path
        return urljoin(home, parts._replace(path=there).geturl())

    return link
