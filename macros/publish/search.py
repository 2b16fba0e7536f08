"""The search index: an entry for each page and each section of it, taken from the page as published.

The index is a script, not a data file, so that search works from a file share, where a browser
lets a page load a script and not much else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from macros.content.handbook import Written
from macros.content.header import PageKind
from macros.content.models import Term
from macros.content.page import Page

from .navigation import menu_name

INDEX_FILE = "assets/search-index.js"

# Readers look for the work first, then for what is said about it, and seldom for how to edit.
_WEIGHTS = {
    PageKind.HOME: 0.4,
    PageKind.WORKSTREAM: 1.5,
    PageKind.PAGE: 1.2,
    PageKind.REFERENCE: 1.0,
    PageKind.REPORT: 0.5,
    PageKind.GUIDE: 0.6,
    PageKind.DECISION: 0.2,
}
_HEADINGS = ("h1", "h2", "h3")
_NO_END = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_APART = frozenset(["p", "li", "td", "th", "dt", "dd", "div", "h1", "h2", "h3", "h4", "br", "tr"])


@dataclass
class Entry:
    """What a search finds: a page, or a section of one.

    `fact` is the figure's value and date, for a section that is a figure's entry. `entry` is true
    for a section that stands for itself, as in the glossary, and not only for its page. `start` is
    the page's place, from 1, among those that are offered before anything is typed.
    """

    url: str
    page: str
    heading: str = ""
    menu: str = ""
    words: list[str] = field(default_factory=list)
    fact: str = ""
    text: str = ""
    weight: float = 1.0
    entry: bool = False
    start: int = 0


def search_words(page: Page, terms: Iterable[Term]) -> list[str]:
    """What people may call the subject of a page: its aliases, and the names of the terms that name it."""
    words = list(page.header.aliases)
    for term in terms:
        if term.page == page.path:
            words += [term.name, *filter(None, [term.abbreviation]), *term.aliases]
    return list(dict.fromkeys(words))


def entries(page: Page, html: str, menu: str) -> list[dict[str, Any]]:
    """The entries of a page from its content as HTML. `menu` is the name of its part of the menu.

    Empty values are left out. The first entry is the page's own. It lacks its words, and whether it is a starting point.
    """
    reader = _Sections()
    reader.feed(html)
    reader.close()
    found = []
    for section in reader.sections:
        if section.level > 1 and not (section.heading or section.text):
            continue
        url = page.url if section.level == 1 else f"{page.url}#{section.id}"
        found.append(
            Entry(
                url=url,
                page=page.header.title,
                heading="" if section.level == 1 else _spaced(section.heading),
                menu=menu,
                words=section.words,
                fact=_spaced(section.fact).rstrip("."),
                text=_spaced(section.text),
                weight=_WEIGHTS[page.header.kind],
                entry=section.is_entry,
            )
        )
    return list(map(_slim, found))


def completed(found: list[dict[str, Any]], words: list[str], start: int) -> list[dict[str, Any]]:
    """The entries of a page, of which its own has these words and this place among the starting points."""
    return [_slim(replace(Entry(**found[0]), words=words, start=start)), *found[1:]]


def _slim(entry: Entry) -> dict[str, Any]:
    return {key: value for key, value in vars(entry).items() if value}


def index_script(found: Iterable[dict[str, Any]]) -> str:
    """The index as a script."""
    return f"window.handbookIndex={json.dumps(list(found), ensure_ascii=False, separators=(',', ':'))}\n"


def index_of(written: Written) -> str:
    """The index of an edition, in the order of its pages' paths."""
    terms = written.store.all(Term)
    pages = (written.pages[path] for path in sorted(written.pages))
    starts = {path: place for place, path in enumerate(written.handbook.settings.starting_points, 1)}
    found = (
        completed(_entries_of(written, page), search_words(page, terms), starts.get(page.path, 0)) for page in pages
    )
    return index_script(entry for of_page in found for entry in of_page)


def _entries_of(written: Written, page: Page) -> list[dict[str, Any]]:
    known = written.facts(page.path)
    return entries(page, known.html, menu_name(written, page)) if known.entries is None else known.entries


def _spaced(text: str) -> str:
    return " ".join(text.split())


@dataclass
class _Section:
    level: int
    id: str
    is_entry: bool = False
    heading: str = ""
    text: str = ""
    fact: str = ""
    words: list[str] = field(default_factory=list)


class _Sections(HTMLParser):
    """Splits a page's content at its headings, leaving out what says it is not to be searched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [_Section(1, "")]
        self._into = ["text"]
        self._depth: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _APART:
            self._add(" ")
        if tag in _NO_END:
            return
        into = self._into[-1]
        classes = (given.get("class") or "").split()
        if "data-search-exclude" in given:
            into = "nothing"
        elif "search-words" in classes:
            into = "words"
        elif "register-latest" in classes:
            into = "fact"
        elif tag in _HEADINGS and into == "text":
            into = "heading"
            if tag != "h1":
                self.sections.append(_Section(int(tag[1]), given.get("id") or "", "entry-name" in classes))
        self._depth.append((tag, into))
        self._into.append(into)

    def handle_endtag(self, tag: str) -> None:
        if any(opened == tag for opened, _ in self._depth):
            while self._depth:
                opened, _ = self._depth.pop()
                self._into.pop()
                if opened == tag:
                    break

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, data: str) -> None:
        section, into = self.sections[-1], self._into[-1]
        if into == "words":
            section.words += [word.strip() for word in data.split(",") if word.strip()]
        elif into != "nothing":
            setattr(section, into, getattr(section, into) + data)
