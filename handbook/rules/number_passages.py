"""Extract from pages the passages in their own words that may hold a number. They are cached with the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Any

from handbook.loading.handbook import Handbook
from handbook.loading.page import Page
from handbook.loading.strict_yaml import Path
from handbook.loading.template import Text
from handbook.markdown.source import MarkdownSource
from handbook.model.figures import Figure
from handbook.model.record_kinds import Body, Term
from handbook.rules.number_parser import Number, mask_names, may_hold_number, number_from, numbers_in

# Placeholders for the results of macros, from the private use area of Unicode.
MACRO_RESULT, CITATION = "\ue000", "\ue001"
# A block of plain words: a paragraph, a heading, a list or a table, with links and with placeholders. Markdown parses
# such a block as just that and shows its words unchanged, unless it is part of a list or of code: so neither the block
# nor what follows it may be indented, and what follows may not be a definition. Links must be separate words.
_WORDS = r"(?:[^\W_]|[ ,.;()%£'\"?|\ue000\ue001-]|(?<!\w)\[(?:[^\W_]|[ ,'-])+\]\([\w./#-]+\)(?!\w))*"
_PLAIN = re.compile(rf"(?:\A|(?<=\n\n))(?:(?:[^\W\d_]|[-|\ue000] |#{{2,6}} ){_WORDS}\n)+(?=\n+[^\s:])")
_FENCE = re.compile(r"^[ >]*(?:```|~~~)", re.MULTILINE)


class NumberPlace(StrEnum):
    """Where on a page a passage stands."""

    FRONT_MATTER = "front-matter"
    PARAGRAPH = "paragraph"
    HEADING = "heading"


@dataclass(frozen=True)
class NumberPassage:
    """A text, with what only looks like a number masked; the numbers in it, its line, and where on the page it is."""

    line: int
    text: str
    numbers: tuple[Number, ...]
    place: str = NumberPlace.PARAGRAPH

    @property
    def as_json(self) -> list[Any]:
        """The passage as a list of plain values; see `passage_from`."""
        numbers = [[str(number.value), *astuple(number)[1:]] for number in self.numbers]
        return [self.line, self.text, numbers, str(self.place)]


def number_passage(line: int, text: str, names: re.Pattern[str], place: str = NumberPlace.PARAGRAPH) -> NumberPassage:
    """Find the numbers in `text`. `names` matches the names that contain a number and are masked."""
    text = mask_names(text, names)
    return NumberPassage(line, text, tuple(numbers_in(text)), place)


def passage_from(given: list[Any]) -> NumberPassage:
    """Make a passage of the list that `as_json` gave."""
    line, text, numbers, place = given
    return NumberPassage(line, text, tuple(number_from(*number) for number in numbers), place)


def passages_with_numbers(handbook: Handbook, page: Page) -> list[NumberPassage]:
    """Find the passages in a page's front matter, paragraphs and headings that may hold a number."""
    words = [re.compile(pattern, re.IGNORECASE) for pattern in handbook.ask(numbers_in_words)]
    names = re.compile(handbook.ask(names_with_numbers), re.IGNORECASE)

    def may_hold(text: str) -> bool:
        return may_hold_number(text) or any(pattern.search(text) for pattern in words)

    front_matter: dict[Path, str] = {("title",): page.header.title, ("summary",): page.header.summary}
    if page.header.position:
        front_matter["position", "text"] = page.header.position.text
    prose = _prose(page)
    prose.markdown = without_plain_words(prose.markdown, may_hold)
    tree = handbook.parser.tree(prose)
    found = [(page.document.line(key), text, NumberPlace.FRONT_MATTER) for key, text in front_matter.items()]
    found += [(block.line, block.text, NumberPlace.PARAGRAPH) for block in tree.blocks]
    found += [(heading.line, heading.text, NumberPlace.HEADING) for heading in tree.headings]
    return [number_passage(line, text, names, place) for line, text, place in found if may_hold(text)]


def without_plain_words(markdown: str, wanted: Callable[[str], bool]) -> str:
    """Replace each block of plain words that is not `wanted` by empty lines.

    Parsing Markdown is slow, and most blocks contain no number.
    """
    if _FENCE.search(markdown):
        return markdown
    return _PLAIN.sub(lambda found: found[0] if wanted(found[0]) else "\n" * found[0].count("\n"), markdown)


def numbers_in_words(handbook: Handbook) -> list[str]:
    """Regular expressions for the numbers that figures hold in words, such as "a third"."""
    figures = [record for record in handbook.records.values() if isinstance(record, Figure)]
    phrases = (without_qualifier(seen.words) for figure in figures for seen in figure.observations if seen.words)
    return sorted({spelled_pattern(words) for words in phrases if words})


def spelled_pattern(words: str) -> str:
    """A regular expression for a number in words."""
    return rf"\b{re.escape(words)}\b"


def without_qualifier(words: str) -> str:
    """The words of a number without their qualifier: "a third" for "nearly a third"."""
    return re.sub(r"^(?:nearly|about|over|almost|up to) ", "", words)


def names_with_numbers(handbook: Handbook) -> str:
    """A regular expression for the names of terms and bodies, and their aliases, that contain a number."""
    names: set[str] = set()
    for record in handbook.records.values():
        if isinstance(record, (Term, Body)):
            names |= {record.name, *record.aliases, getattr(record, "abbreviation", None) or ""}
    holding = sorted((name for name in names if any(map(str.isdigit, name))), key=lambda name: (-len(name), name))
    return "|".join(map(re.escape, holding)) or r"(?!)"


def _prose(page: Page) -> MarkdownSource:
    """The Markdown of a page for all editions at once, with a placeholder for each macro call."""
    result = MarkdownSource()
    for piece in page.template.pieces():
        if isinstance(piece, Text):
            result.add(piece.text, piece.line)
        else:
            result.add(CITATION if piece.name == "cite" else MACRO_RESULT, piece.line, made=True)
    return result
