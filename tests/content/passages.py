"""What a report says of each passage of its source, read from the report's own words and notes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from handbook.exports.report.document import (
    Line,
    NoteMark,
    ReportDetails,
    ReportDocument,
    ReportHeading,
    ReportList,
    ReportParagraph,
    ReportTable,
    TextRun,
    text_of,
)
from tests.content.latest_report import SOURCE_NAME


def locators_in(note: str) -> tuple[str, ...]:
    """The passages that a note of a citation names: paragraph 16, annex 2. None where the note is of a figure."""
    named = re.fullmatch(rf"{re.escape(SOURCE_NAME)}, (.*)\.", note)
    return tuple(_locators(named[1])) if named else ()


def _locators(words: str) -> Iterator[str]:
    for name in re.findall("\u201c([^\u201d]+)\u201d", words):
        yield name.lower()
    for name, numbers in re.findall(r"\b([a-z]+) (\d+(?:(?:, | and | to )\d+)*)", words):
        for first, last in re.findall(r"(\d+)(?: to (\d+))?", numbers):
            yield from (f"{_ONE.get(name, name)} {number}" for number in range(int(first), int(last or first) + 1))


_ONE = {
    "annexes": "annex",
    "implications": "implication",
    "risks": "risk",
    "paragraphs": "paragraph",
    "recommendations": "recommendation",
}


def passages(document: ReportDocument) -> tuple[dict[str, str], list[tuple[tuple[str, ...], str]]]:
    """The text of a report by passage, and each piece of it with the passages that it rests on.

    A piece runs from one citation to the next. What an item of a list does not cite rests on what leads to the list.
    """
    by: dict[str, list[str]] = defaultdict(list)
    pieces = []
    lead: tuple[str, ...] = ()
    for line, in_list in _lines(document):
        last: tuple[str, ...] = ()
        for text, named in _cited(line, document.notes):
            named = named or (lead if in_list else ())
            pieces.append((named, text))
            for locator in named:
                by[locator].append(text)
            last = named
        lead = lead if in_list else last
    # The list of every passage drawn on, at the end, says nothing of its own.
    pieces = [(named, text) for named, text in pieces if named or set(_locators(text.partition(": ")[2])) != set(by)]
    return {locator: "\n".join(texts) for locator, texts in by.items()}, pieces


def _lines(document: ReportDocument) -> Iterator[tuple[Line, bool]]:
    for block in document.blocks:
        if isinstance(block, ReportHeading | ReportParagraph):
            yield block.line, False
        elif isinstance(block, ReportList):
            for line in block.lines:
                yield line, True
        elif isinstance(block, ReportDetails):
            # What a report says of itself is told together, and cited at its end.
            yield tuple(piece for row in block.rows for line in row for piece in (*line, TextRun(" | "))), False
        elif isinstance(block, ReportTable):
            # A row is told together: what is in one cell may be cited in the next.
            yield from ((line, False) for line in block.head)
            for row in block.rows:
                yield tuple(piece for cell in row for line in cell for piece in (*line, TextRun(" | "))), False


def _cited(line: Line, notes: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = ""
    for part in line:
        if isinstance(part, TextRun):
            text += part.text
        elif isinstance(part, NoteMark) and (named := locators_in(notes[part.number - 1])):
            yield text, named
            text = ""
    if text.strip(" ."):
        yield text, ()


def head(document: ReportDocument) -> list[str]:
    """What stands above the report's text: its title, its subject, and the headings."""
    return [document.title, *(text_of(block.line) for block in document.blocks if isinstance(block, ReportHeading))]
