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

from handbook.loading.handbook import Handbook
from handbook.model.figures import Figure, Observation
from handbook.model.parts import Record, parts_of
from handbook.model.problems import Problem
from handbook.model.sources import Outline
from handbook.rules.digits import Number
from handbook.rules.passages import CITED, NumberPassage, NumberPlace, core, names_with_numbers, passage, pattern

# A number this large is the figure's wherever it stands; a smaller one only where one of the
# next few words is what the figure counts.
_LARGE = 21
_FOLLOWING = 4
# The keys of records that are shown as sentences.
_PROSE_KEYS = ("title", "text", "about", "meaning", "detail", "note")


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
        elif words := core(seen.words):
            self.in_words.append((_Held(figure, seen), words, re.compile(pattern(words), re.IGNORECASE)))


def numbers_come_from_figures(handbook: Handbook, said: Mapping[str, list[NumberPassage]]) -> Iterator[Problem]:
    """Numbers in the pages' own words. `said` holds each page's passages with numbers."""
    if handbook.records.incomplete:
        return  # A name that holds a number may be among the records that could not be read.
    held = _Holders(handbook)
    for page in handbook.docs.pages.values():
        for words in said[page.path]:
            # No macro can stand in a header.
            repeated = list(_repeated(page.shown, words, held, calls=words.place != NumberPlace.HEADER))
            yield from repeated
            if words.place == NumberPlace.PARAGRAPH and not repeated:
                yield from _uncited(page.shown, words)


def records_repeat_no_figure(handbook: Handbook) -> Iterator[Problem]:
    """Numbers in the words of records other than figures."""
    held, names = _Holders(handbook), re.compile(handbook.ask(names_with_numbers), re.IGNORECASE)
    for record in handbook.records.values():
        if isinstance(record, (Figure, Outline)):
            continue
        for path, key, text in _texts(record):
            place = handbook.records.place(record, (*path, key))
            yield from _repeated(place.path, passage(place.line, text, names), held)


def _uncited(path: str, said: NumberPassage) -> Iterator[Problem]:
    """The first number in digits of a paragraph that cites nothing."""
    if CITED in said.text:
        return
    for number in said.numbers:
        if number.in_digits:
            yield Problem(
                path,
                said.line,
                f"A number with neither a figure nor a citation (found {said.text[number.start : number.end].strip()})",
                'Cite where it comes from in the same paragraph, as in {{ cite("paragraph 18") }}, or make it a figure under data/figures/',
            )
            return


def _repeated(path: str, said: NumberPassage, held: _Holders, calls: bool = False) -> Iterator[Problem]:
    """The first time that a passage types a number which a figure holds, for each figure.

    `calls` is true where a macro could stand in its place.
    """
    text = said.text
    found: dict[str, tuple[_Held, str]] = {}
    for number in said.numbers:
        if known := held.of(number, text[number.end :]):
            found.setdefault(known.figure.id, (known, text[number.start : number.end].strip()))
    for known, words, spelled in held.in_words:
        if spelled.search(text):
            found.setdefault(known.figure.id, (known, words))
    for name, (known, typed) in found.items():
        cure = f"Write {known.call} in its place" if calls else f"Leave it out; a page shows it with {known.call}"
        yield Problem(path, said.line, f"A number that the figure {name} holds (found {typed})", cure)


def _names(figure: Figure, following: str) -> bool:
    """True when what follows a number names what the figure counts."""
    counted = {_stem(word) for word in re.findall(r"[a-z]+", f"{figure.unit} {figure.unit_one or ''}".lower())}
    next_words = re.findall(r"[a-z]+", following.lower())[:_FOLLOWING]
    return any(_stem(word) in counted for word in next_words)


def _stem(word: str) -> str:
    return word.removesuffix("s")


def _texts(record: Record) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """The words of a record and its parts that are shown as sentences."""
    for path, part in parts_of(record):
        for key in _PROSE_KEYS:
            text = getattr(part, key, None)
            if isinstance(text, str):
                yield path, key, text
