"""The words of a page as its readers see them: headings, paragraphs, list items and rows of tables."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

from handbook.html.plain_words import INLINE

# Between the cells of a row.
CELL = " | "

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_IN_A_LINE = INLINE | {"br", "button", "img"}
_NO_END = frozenset(["br", "col", "hr", "img", "input", "wbr"])
# Labels inside a drawing, which its description says in words.
_LABEL = "text"
_CELLS = frozenset(("td", "th"))


@dataclass(frozen=True)
class ShownBlock:
    """Words that stand together, and the heading they stand under."""

    text: str
    under: str
    is_row: bool = False


def blocks(html: str) -> list[ShownBlock]:
    """The blocks of a page's content. What is hidden until a reader asks for it is left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[ShownBlock] = []
        self._heading = ""
        self._cells = [""]
        self._open: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _NO_END:
            self._add({"img": f"[image: {given.get('alt') or ''}]"}.get(tag, " "))
            return
        self._open.append(tag)
        if self._hidden or "popover" in given or "hidden" in given or tag == _LABEL:
            self._hidden += 1
        self._boundary(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        if tag in _HEADINGS:
            self._heading = self._text()
        self._boundary(tag)
        while self._open:
            if self._hidden:
                self._hidden -= 1
            if self._open.pop() == tag:
                return

    def handle_data(self, data: str) -> None:
        self._add(data)

    def end_block(self) -> None:
        """Ends the block that is being read."""
        if text := self._text():
            self.found.append(ShownBlock(text, self._heading, len(self._cells) > 1))
        self._cells = [""]

    def _boundary(self, tag: str) -> None:
        if tag in _CELLS:
            self._cells.append("")
        elif tag not in _IN_A_LINE and not _CELLS & set(self._open[:-1]):
            self.end_block()
        elif tag not in _IN_A_LINE:
            self._add(" ")

    def _text(self) -> str:
        return CELL.join(filter(None, (" ".join(cell.split()) for cell in self._cells)))

    def _add(self, text: str) -> None:
        if not self._hidden:
            self._cells[-1] += text
