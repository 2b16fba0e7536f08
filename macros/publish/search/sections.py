"""What a search finds in a page: each section of it, taken from the page as published."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from macros.content.markup import Reader

from .words import places

_HEADINGS = ("h1", "h2", "h3")
_NO_END = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_APART = frozenset(["p", "li", "td", "th", "dt", "dd", "div", "h1", "h2", "h3", "h4", "br", "tr"])


def searched(html: str) -> dict[str, Any]:
    """What a search finds in a page with this content: its sections, the first of which is the page itself, but for their
    texts; the texts; and where they have which words.
    """
    reader = _Sections()
    reader.read(html)
    found = [section for section in reader.sections if section.level == 1 or section.heading or section.text]
    texts = [_spaced(section.text) for section in found]
    return {"sections": list(map(_head, found)), "texts": texts, "places": places(texts)}


def _head(section: _Section) -> dict[str, Any]:
    """What is known of a section but its text. Empty values are left out.

    `fact` is the figure's value and date, for a section that is a figure's entry. `entry` is true
    for a section that stands for itself, as in the glossary, and not only for its page.
    """
    known = {
        "heading": _spaced(section.heading),
        "id": section.id,
        "words": section.words,
        "fact": _spaced(section.fact).rstrip("."),
        "entry": section.is_entry,
    }
    return {key: value for key, value in known.items() if value and (section.level > 1 or key not in ("heading", "id"))}


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


class _Sections(Reader):
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
