"""A report as blocks of words, which every form of it is written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

LANGUAGE = "en-GB"


@dataclass(frozen=True)
class TextRun:
    """A run of text in one manner. `link` is an address outside the handbook, or empty."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True)
class NoteMark:
    """Where a note is called, by its number. Notes are numbered from 1."""

    number: int


Line = tuple[TextRun | NoteMark, ...]


@dataclass(frozen=True)
class ReportHeading:
    """A heading. Level 1 is a part of the report."""

    level: int
    id: str
    line: Line


@dataclass(frozen=True)
class ReportParagraph:
    """A paragraph. `number` is 0 where the council's shape numbers none."""

    line: Line
    number: int = 0


@dataclass(frozen=True)
class ReportList:
    """A list."""

    lines: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True)
class ReportTable:
    """A table. A cell is one line or more."""

    head: tuple[Line, ...]
    rows: tuple[tuple[tuple[Line, ...], ...], ...]


@dataclass(frozen=True)
class ReportDetails:
    """Words, and what is said of each: what a report says of itself at its head."""

    rows: tuple[tuple[Line, Line], ...]


Block = ReportHeading | ReportParagraph | ReportList | ReportTable | ReportDetails


@dataclass(frozen=True)
class ReportDocument:
    """A whole report. `label` says who may read it, `day` is the one that it speaks for."""

    title: str
    subject: str
    council: str
    label: str
    day: date
    details: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]

    @property
    def opening(self) -> tuple[Block, ...]:
        """What stands before the first heading: it goes before the contents."""
        return tuple(takewhile(lambda block: not isinstance(block, ReportHeading), self.blocks))

    @property
    def body(self) -> tuple[Block, ...]:
        """From the first heading on."""
        return self.blocks[len(self.opening) :]

    @property
    def contents(self) -> list[ReportHeading]:
        """The headings that the list of contents names."""
        return [block for block in self.blocks if isinstance(block, ReportHeading) and block.level < 3]


def lines_of(block: Block) -> Iterator[Line]:
    """Every line of a block, in the order it is read."""
    if isinstance(block, ReportHeading | ReportParagraph):
        yield block.line
    elif isinstance(block, ReportList):
        yield from block.lines
    elif isinstance(block, ReportDetails):
        for row in block.rows:
            yield from row
    else:
        yield from block.head
        for row in block.rows:
            for cell in row:
                yield from cell


def text_of(line: Line) -> str:
    """A line's words, without the marks of its notes."""
    return "".join(part.text for part in line if isinstance(part, TextRun))
