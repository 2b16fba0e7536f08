"""A report's page as blocks: its HTML without what only a screen has, and its figures and citations as notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from urllib.parse import urlsplit

from handbook.exports.report.council_shape import numbers
from handbook.exports.report.document import (
    Block,
    Line,
    NoteMark,
    ReportDetails,
    ReportHeading,
    ReportList,
    ReportParagraph,
    ReportTable,
    TextRun,
)
from handbook.html.elements import HEADINGS, Node
from handbook.macros.wording import capital

_BLOCKS = frozenset((*HEADINGS, "p", "ul", "ol", "dl", "table", "div", "figure", "figcaption", "section", "details"))
# The summary, which heads the report; who may see a passage, which the head says once; and how to read a drawing,
# in whose place its table stands.
_LEFT_OUT = frozenset(("summary", "staff-label", "chart-key"))
# What ends a sentence goes before the mark of its note.
_STOPS = ".,:;"


@dataclass
class ReportPageReader:
    """Reads the page of one report. `remark` gives what is added to a figure, by its id, in a draft."""

    remark: Callable[[str], str] = lambda figure: ""
    notes: list[str] = field(default_factory=list)
    numbered: bool = False
    count: int = 0

    def read(self, page: Node) -> tuple[Block, ...]:
        """The blocks of a page, without its title and summary, which head the report."""
        return tuple(self._blocks(page))

    def _blocks(self, parent: Node) -> Iterator[Block]:
        for loose, parts in groupby(parent.inside, lambda part: isinstance(part, str) or part.name not in _BLOCKS):
            if loose:
                yield from self._paragraph(list(parts))
            else:
                for part in parts:
                    yield from self._block(part)

    def _paragraph(self, parts: list[Node | str]) -> Iterator[Block]:
        if line := self.line(parts):
            self.count += self.numbered
            yield ReportParagraph(line, self.count if self.numbered else 0)

    def _block(self, node: Node) -> Iterator[Block]:
        if node.unseen or node.name == "h1" or node.attributes.get("class") in _LEFT_OUT:
            return
        if node.name in HEADINGS:
            level = int(node.name[1]) - 1
            if level == 1:
                self.numbered = numbers(node.text(), self.numbered)
            yield ReportHeading(level, node.attributes.get("id", ""), self.line(node.inside))
        elif node.name == "p":
            yield from self._paragraph(node.inside)
        elif node.name == "dl":
            yield self._details(node)
        elif node.name in ("ul", "ol"):
            items = [inner for inner in node.nodes() if inner.name == "li"]
            lines = tuple(line for item in items for line in self._lines(item))
            yield ReportList(lines, node.name == "ol")
        elif node.name == "table":
            yield self._table(node)
        else:
            yield from self._blocks(node)

    def _details(self, node: Node) -> ReportDetails:
        """A list of words, each with what is said of it in one line."""
        rows: list[tuple[Line, Line]] = []
        for inner in node.nodes():
            if inner.name == "dt":
                rows.append((self.line(inner.inside), ()))
            elif inner.name == "dd":
                word, said = rows[-1]
                lines = self._lines(inner)
                rows[-1] = (word, said + sum(((TextRun(" "), *line) if said else line for line in lines), ()))
        return ReportDetails(tuple(rows))

    def _table(self, node: Node) -> ReportTable:
        rows = [
            tuple(self._lines(cell) for cell in row.inside if isinstance(cell, Node) and cell.name in ("th", "td"))
            for row in node.nodes()
            if row.name == "tr"
        ]
        return ReportTable(tuple(cell[0] if cell else () for cell in rows[0]), tuple(rows[1:]))

    def _lines(self, node: Node) -> tuple[Line, ...]:
        """The lines of a list's item or a table's cell. A list inside a list is read with the other items."""
        inner = [part for part in node.inside if isinstance(part, str) or part.name not in ("ul", "ol")]
        paragraphs = [part.inside for part in inner if isinstance(part, Node) and part.name == "p"]
        return tuple(filter(None, map(self.line, paragraphs or [inner])))

    # Lines

    def line(self, parts: list[Node | str]) -> Line:
        """The words and marks of a line, with single spaces, and stops before marks."""
        return _tidied([piece for part in parts for piece in self._inline(part, TextRun(""))])

    def _inline(self, part: Node | str, manner: TextRun, figure: bool = False) -> Iterator[TextRun | NoteMark]:
        """The pieces of a line. The words of a figure stand as the words around them do, not in bold."""
        if isinstance(part, str):
            yield replace(manner, text=re.sub(r"\s+", " ", part))
            return
        kind = part.attributes.get("class", "")
        if part.unseen or kind in _LEFT_OUT:
            return
        if part.name == "img":
            yield replace(manner, text=f"[Picture: {part.attributes.get('alt', '')}]")
            return
        if kind == "cite":
            yield self._note(_citation(part))
            return
        if part.name in ("strong", "b"):
            manner = replace(manner, strong=not figure)
        elif part.name in ("em", "i"):
            manner = replace(manner, emphasis=True)
        elif part.name == "a" and urlsplit(part.attributes.get("href", "")).scheme:
            manner = replace(manner, link=part.attributes["href"])
        card = next((inner for inner in part.inside if isinstance(inner, Node) and "popover" in inner.attributes), None)
        for inner in part.inside:
            yield from self._inline(inner, manner, figure or card is not None)
        if card:
            if said := self.remark(_figure(card)):
                yield replace(manner, text=f" [{said}]", strong=True)
            yield self._note(_card(card))

    def _note(self, text: str) -> NoteMark:
        self.notes.append(text)
        return NoteMark(len(self.notes))


def _card(card: Node) -> str:
    """What the card of a figure says, in its order: the value, what it is of and when, and who says so."""
    said = {
        node.attributes["class"].removeprefix("figure-note-"): node.text().strip()
        for node in card.nodes()
        if node.attributes.get("class", "").startswith("figure-note-")
    }
    more = [node.text().strip() for node in card.nodes() if node.attributes.get("class") == "figure-note-more"]
    first = f"{capital(said['value'])}: {said['title']}, {said['period']}"
    return ". ".join(text.rstrip(".") for text in (first, said["source"], *more)) + "."


def _figure(card: Node) -> str:
    """The id of the figure that a card is about, from its link to the register. Empty where it has none."""
    return next((urlsplit(node.attributes.get("href", "")).fragment for node in card.nodes() if node.name == "a"), "")


def _citation(cite: Node) -> str:
    """What a citation says, with the name of its source before the passages."""
    words = cite.text().strip().removeprefix("(").removesuffix(")")
    source = next((node.attributes["title"] for node in cite.nodes() if "title" in node.attributes), "")
    return f"{words}." if words.startswith(source) else f"{source}, {words}."


def _tidied(pieces: list[TextRun | NoteMark]) -> Line:
    line: list[TextRun | NoteMark] = []
    for piece in pieces:
        last = line[-1] if line else None
        if isinstance(piece, NoteMark):
            if isinstance(last, TextRun):
                line[-1:] = [replace(last, text=last.text.rstrip())] if last.text.strip() else []
            line.append(piece)
        elif isinstance(last, NoteMark) and piece.text[:1] and piece.text[0] in _STOPS and len(line) > 1:
            _put_before_marks(line, piece.text[0])
            line.append(replace(piece, text=piece.text[1:]))
        elif isinstance(last, TextRun) and replace(last, text="") == replace(piece, text=""):
            line[-1] = replace(last, text=re.sub(" +", " ", last.text + piece.text))
        else:
            line.append(piece)
    if line and isinstance(line[0], TextRun):
        line[0] = replace(line[0], text=line[0].text.lstrip())
    if line and isinstance(line[-1], TextRun):
        line[-1] = replace(line[-1], text=line[-1].text.rstrip())
    return tuple(_apart(line))


def _apart(line: list[TextRun | NoteMark]) -> Iterator[TextRun | NoteMark]:
    """A line without empty words, and with a space between a number and the mark after it, which is a number too."""
    for piece, after in zip(line, [*line[1:], None], strict=False):
        if isinstance(piece, TextRun) and piece.text[-1:].isdigit() and isinstance(after, NoteMark):
            yield replace(piece, text=f"{piece.text}\u00a0")
        elif isinstance(piece, NoteMark) or piece.text:
            yield piece


def _put_before_marks(line: list[TextRun | NoteMark], stop: str) -> None:
    at = len(line)
    while at and isinstance(line[at - 1], NoteMark):
        at -= 1
    line.insert(at, TextRun(stop))
