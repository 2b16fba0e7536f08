"""What a search finds in a page: each section of it, taken from the page as published."""

from __future__ import annotations

from typing import Any

from handbook.html.reader import HtmlReader
from handbook.outputs.search.word_index import places

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
    read = [(section, section.of("text")) for section in reader.sections]
    found = [(section, text) for section, text in read if section.level == 1 or text or section.of("heading")]
    sections = [_head(section) for section, _ in found]
    texts = [text for _, text in found]
    return {"sections": sections, "texts": texts, "places": places(texts)}


def _head(section: _Section) -> dict[str, Any]:
    """What is known of a section but its text. Empty values are left out.

    `fact` is the figure's value and date, for a section that is a figure's entry. `entry` is true
    for a section that stands for itself, as in the glossary, and not only for its page.
    """
    known = {
        "heading": section.of("heading"),
        "id": section.id,
        "words": section.words,
        "fact": section.of("fact").rstrip("."),
        "entry": section.is_entry,
    }
    return {key: value for key, value in known.items() if value and (section.level > 1 or key not in ("heading", "id"))}


class _Section:
    def __init__(self, level: int, id: str, is_entry: bool = False):
        self.level, self.id, self.is_entry = level, id, is_entry
        # What was found, by what it is, in pieces as they came.
        self.pieces: dict[str, list[str]] = {"heading": [], "text": [], "fact": [], "words": [], "nothing": []}

    def of(self, kind: str) -> str:
        """All that was found of one kind."""
        return " ".join("".join(self.pieces[kind]).split())

    @property
    def words(self) -> list[str]:
        """The other words that it is to be found by."""
        return [word.strip() for piece in self.pieces["words"] for word in piece.split(",") if word.strip()]


class _Sections(HtmlReader):
    """Splits a page's content at its headings, leaving out what says it is not to be searched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [_Section(1, "")]
        # Every element that is open, with what its text is.
        self._open = [("", "text")]
        self._pieces = self.sections[0].pieces["text"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _APART:
            self._pieces.append(" ")
        if tag in _NO_END:
            return
        kind = self._open[-1][1]
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if "data-search-exclude" in given:
            kind = "nothing"
        elif "search-words" in classes:
            kind = "words"
        elif "register-latest" in classes:
            kind = "fact"
        elif tag in _HEADINGS and kind == "text":
            kind = "heading"
            if tag != "h1":
                self.sections.append(_Section(int(tag[1]), given.get("id") or "", "entry-name" in classes))
        self._open.append((tag, kind))
        self._pieces = self.sections[-1].pieces[kind]

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1][0] == tag:
            self._open.pop()
        elif any(opened == tag for opened, _ in self._open):
            while self._open.pop()[0] != tag:
                pass
        self._pieces = self.sections[-1].pieces[self._open[-1][1]]

    def handle_data(self, data: str) -> None:
        self._pieces.append(data)
