"""No number is typed twice: one that a figure holds comes from the figure, any other is cited.

Dates, names that hold a number and stand in the glossary, places in a source, and code are not
numbers in this sense.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from macros.content.figures import Figure, Observation
from macros.content.handbook import Handbook
from macros.content.models import Body, Term
from macros.content.page import Page
from macros.content.parts import Record, parts_of
from macros.content.problems import Problem
from macros.content.sources import Outline
from macros.content.template import Evaluated, Text
from macros.content.tree import Block

from .digits import MAYBE, Number, numbers_in, without_names

# Stand-ins for what macros write, from the private use area: no page can hold them.
_MADE, _CITED = "\ue000", "\ue001"

# A number this large is the figure's wherever it stands; a smaller one only where one of the
# next few words is what the figure counts.
_LARGE = 21
_FOLLOWING = 4
# The keys of records that are shown as sentences.
_PROSE_KEYS = ("title", "text", "about", "meaning", "detail", "note")


class Place(StrEnum):
    """Where on a page something is said."""

    HEADER = "header"
    PARAGRAPH = "paragraph"
    HEADING = "heading"


# A passage: its line, its text, and where it stands.
Said = tuple[int, str, str]


@dataclass(frozen=True)
class _Held:
    """An observation that holds a number."""

    figure: Figure
    seen: Observation

    @property
    def call(self) -> str:
        later = "" if self.seen is self.figure.latest else f', at="{self.seen.period.text}"'
        return f'{{{{ figure("{self.figure.id}"{later}) }}}}'

    def means(self, number: Number, following: str) -> bool:
        """True when an equal number in prose is this one: small counts only beside what they count."""
        return bool(number.unit) or number.value >= _LARGE or _names(self.figure, following)


class _Holders:
    """The numbers that figures hold, by what they say."""

    def __init__(self, handbook: Handbook):
        self._by_number: dict[tuple[Decimal, str], list[_Held]] = defaultdict(list)
        self.in_words: list[tuple[_Held, str, re.Pattern[str]]] = []
        for record in handbook.records.values():
            if isinstance(record, Figure):
                for seen in record.observations:
                    self._add(record, seen)

    def of(self, number: Number, following: str) -> _Held | None:
        """The first figure that means this number, where `following` comes after it."""
        held = self._by_number.get((number.value, number.unit), ())
        return next((known for known in held if known.means(number, following)), None)

    def _add(self, figure: Figure, seen: Observation) -> None:
        unit = figure.unit if figure.unit[0] in "%£" else ""
        if not seen.words:
            for number in (seen.value, seen.low, seen.high):
                if number is not None:
                    self._by_number[number, unit].append(_Held(figure, seen))
        elif words := _core(seen.words):
            pattern = re.compile(rf"\b{re.escape(words)}\b", re.IGNORECASE)
            self.in_words.append((_Held(figure, seen), words, pattern))


def passages_with_numbers(handbook: Handbook, page: Page) -> list[Said]:
    """What stands in a page's header, paragraphs and headings in its own words, and may hold a number."""
    words = [re.compile(pattern, re.IGNORECASE) for pattern in handbook.ask(numbers_in_words)]

    def may_hold(text: str) -> bool:
        return bool(MAYBE.search(text) or any(pattern.search(text) for pattern in words))

    header = {("title",): page.header.title, ("summary",): page.header.summary}
    if page.header.position:
        header["position", "text"] = page.header.position.text
    tree = handbook.parser.tree(_prose(page))
    found = [(page.document.line(key), text, Place.HEADER) for key, text in header.items()]
    found += [(block.line, block.text, Place.PARAGRAPH) for block in tree.blocks]
    found += [(heading.line, heading.text, Place.HEADING) for heading in tree.headings]
    return [said for said in found if may_hold(said[1])]


def numbers_in_words(handbook: Handbook) -> list[str]:
    """How to find what figures hold in words, as "a third"."""
    return sorted({pattern.pattern for _, _, pattern in _Holders(handbook).in_words})


def numbers_come_from_figures(handbook: Handbook, said: Mapping[str, list[Said]]) -> Iterator[Problem]:
    """Numbers in the pages' own words. `said` holds each page's passages with numbers."""
    if handbook.records.incomplete:
        return  # A name that holds a number may be among the records that could not be read.
    held, names = _Holders(handbook), _names_with_numbers(handbook)
    for page in handbook.docs.pages.values():
        for line, text, place in said[page.path]:
            if place == Place.PARAGRAPH:
                yield from _in_block(page.shown, Block(text, line), held, names)
            else:
                # No macro can stand in a header.
                yield from _repeated(page.shown, Block(text, line), held, names, calls=place == Place.HEADING)


def records_repeat_no_figure(handbook: Handbook) -> Iterator[Problem]:
    """Numbers in the words of records other than figures."""
    held, names = _Holders(handbook), _names_with_numbers(handbook)
    for record in handbook.records.values():
        if isinstance(record, (Figure, Outline)):
            continue
        for path, key, text in _texts(record):
            place = handbook.records.place(record, (*path, key))
            yield from _repeated(place.path, Block(text, place.line), held, names)


def _prose(page: Page) -> Evaluated:
    """A page's own words in every edition, with a stand-in for each thing a macro writes."""
    result = Evaluated()
    for piece in page.template.pieces():
        if isinstance(piece, Text):
            result.add(piece.text, piece.line)
        else:
            result.add(_CITED if piece.name == "cite" else _MADE, piece.line, made=True)
    return result


def _in_block(path: str, block: Block, held: _Holders, names: re.Pattern[str]) -> Iterator[Problem]:
    repeated = list(_repeated(path, block, held, names, calls=True))
    yield from repeated
    if repeated or _CITED in block.text:
        return
    text = without_names(block.text, names)
    for number in numbers_in(text):
        if not number.in_digits:
            continue
        found = text[number.start : number.end].strip()
        yield Problem(
            path,
            block.line,
            f"A number with neither a figure nor a citation (found {found})",
            'Cite where it comes from in the same paragraph, as in {{ cite("paragraph 18") }}, or make it a figure under data/figures/',
        )
        return


def _repeated(
    path: str, block: Block, held: _Holders, names: re.Pattern[str], calls: bool = False
) -> Iterator[Problem]:
    """The first time that the block types a number which a figure holds, for each figure.

    `calls` is true where a macro could stand in its place.
    """
    text = without_names(block.text, names)
    found: dict[str, tuple[_Held, str]] = {}
    for number in numbers_in(text):
        if known := held.of(number, text[number.end :]):
            found.setdefault(known.figure.id, (known, text[number.start : number.end].strip()))
    for known, words, pattern in held.in_words:
        if pattern.search(text):
            found.setdefault(known.figure.id, (known, words))
    for name, (known, typed) in found.items():
        cure = f"Write {known.call} in its place" if calls else f"Leave it out; a page shows it with {known.call}"
        yield Problem(path, block.line, f"A number that the figure {name} holds (found {typed})", cure)


def _names(figure: Figure, following: str) -> bool:
    """True when what follows a number names what the figure counts."""
    counted = {_stem(word) for word in re.findall(r"[a-z]+", f"{figure.unit} {figure.unit_one or ''}".lower())}
    next_words = re.findall(r"[a-z]+", following.lower())[:_FOLLOWING]
    return any(_stem(word) in counted for word in next_words)


def _stem(word: str) -> str:
    return word.removesuffix("s")


def _core(words: str) -> str:
    """The words of a number without their qualifier: a third, for nearly a third."""
    return re.sub(r"^(?:nearly|about|over|almost|up to) ", "", words)


def _names_with_numbers(handbook: Handbook) -> re.Pattern[str]:
    """Names that hold a number and are known: the terms and the bodies, and what else they are called."""
    names: set[str] = set()
    for record in handbook.records.values():
        if isinstance(record, (Term, Body)):
            names |= {record.name, *record.aliases, getattr(record, "abbreviation", None) or ""}
    holding = sorted((name for name in names if any(map(str.isdigit, name))), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, holding)) or r"(?!)", re.IGNORECASE)


def _texts(record: Record) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """The words of a record and its parts that are shown as sentences."""
    for path, part in parts_of(record):
        for key in _PROSE_KEYS:
            text = getattr(part, key, None)
            if isinstance(text, str):
                yield path, key, text
