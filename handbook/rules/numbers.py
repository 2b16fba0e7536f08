"""Numbers: one that a figure holds is shown by the figure and never typed, and any other is cited.

Dates, names from the records that contain a number, places in a source, and code are not numbers in this sense.
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
from handbook.rules.number_parser import Number
from handbook.rules.number_passages import (
    CITATION,
    NumberPassage,
    NumberPlace,
    names_with_numbers,
    number_passage,
    spelled_pattern,
    without_qualifier,
)

# A number from this one up is the figure's wherever it stands; a smaller one only if one of the next few words is what
# the figure counts.
_LARGE = 21
_FOLLOWING = 4
# The keys of records that are shown as sentences.
_PROSE_KEYS = ("title", "text", "about", "meaning", "detail", "note")


@dataclass(frozen=True)
class _HeldNumber:
    """An observation that holds a number, with its figure."""

    figure: Figure
    seen: Observation

    @property
    def call(self) -> str:
        """The macro call that shows it."""
        later = "" if self.seen is self.figure.latest else f', at="{self.seen.period.text}"'
        return f'{{{{ figure("{self.figure.id}"{later}) }}}}'

    def means(self, number: Number, following: str) -> bool:
        """True if an equal number in prose, followed by `following`, is this one."""
        return bool(number.unit) or number.value >= _LARGE or _names(self.figure, following)


class _FigureNumbers:
    """An index of the numbers that figures hold."""

    def __init__(self, handbook: Handbook):
        self._by_number: dict[tuple[Decimal, str], list[_HeldNumber]] = defaultdict(list)
        self.in_words: list[tuple[_HeldNumber, str, re.Pattern[str]]] = []
        for record in handbook.records.values():
            if isinstance(record, Figure):
                for seen in record.observations:
                    self._add(record, seen)

    def of(self, number: Number, following: str) -> _HeldNumber | None:
        """The first observation that holds this number, where `following` comes after it in the text."""
        held = self._by_number.get((number.value, number.unit), ())
        return next((known for known in held if known.means(number, following)), None)

    def _add(self, figure: Figure, seen: Observation) -> None:
        unit = figure.unit if figure.unit[0] in "%£" else ""
        if not seen.words:
            for number in (seen.value, seen.low, seen.high):
                if number is not None:
                    self._by_number[number, unit].append(_HeldNumber(figure, seen))
        elif words := without_qualifier(seen.words):
            self.in_words.append((_HeldNumber(figure, seen), words, re.compile(spelled_pattern(words), re.IGNORECASE)))


def numbers_come_from_figures(handbook: Handbook, passages: Mapping[str, list[NumberPassage]]) -> Iterator[Problem]:
    """Check the numbers in the pages' own words. `passages` holds by path what pages say that may hold a number."""
    if handbook.records.incomplete:
        return  # A record that could not be read may be a name that contains a number.
    held = _FigureNumbers(handbook)
    for page in handbook.docs.pages.values():
        for passage in passages[page.path]:
            # Front matter cannot call a macro.
            repeated = list(_repeated(page.shown, passage, held, calls=passage.place != NumberPlace.FRONT_MATTER))
            yield from repeated
            if passage.place == NumberPlace.PARAGRAPH and not repeated:
                yield from _uncited(page.shown, passage)


def records_repeat_no_figure(handbook: Handbook) -> Iterator[Problem]:
    """Check the numbers in the texts of records other than figures."""
    held, names = _FigureNumbers(handbook), re.compile(handbook.ask(names_with_numbers), re.IGNORECASE)
    for record in handbook.records.values():
        if isinstance(record, (Figure, Outline)):
            continue
        for path, key, text in _texts(record):
            place = handbook.records.place(record, (*path, key))
            yield from _repeated(place.path, number_passage(place.line, text, names), held)


def _uncited(path: str, passage: NumberPassage) -> Iterator[Problem]:
    """Report the first number in digits of a paragraph that cites nothing."""
    if CITATION in passage.text:
        return
    for number in passage.numbers:
        if number.in_digits:
            yield Problem(
                path,
                passage.line,
                f"A number with neither a figure nor a citation (found {passage.text[number.start : number.end].strip()})",
                'Cite where it comes from in the same paragraph, as in {{ cite("paragraph 18") }}, or make it a figure under data/figures/',
            )
            return


def _repeated(path: str, passage: NumberPassage, held: _FigureNumbers, calls: bool = False) -> Iterator[Problem]:
    """Report the first number in a passage that a figure holds, once for each figure.

    `calls` is true where a macro call could replace it.
    """
    text = passage.text
    found: dict[str, tuple[_HeldNumber, str]] = {}
    for number in passage.numbers:
        if known := held.of(number, text[number.end :]):
            found.setdefault(known.figure.id, (known, text[number.start : number.end].strip()))
    for known, words, spelled in held.in_words:
        if spelled.search(text):
            found.setdefault(known.figure.id, (known, words))
    for name, (known, typed) in found.items():
        cure = f"Write {known.call} in its place" if calls else f"Leave it out; a page shows it with {known.call}"
        yield Problem(path, passage.line, f"A number that the figure {name} holds (found {typed})", cure)


def _names(figure: Figure, following: str) -> bool:
    """True if the words after a number name what the figure counts."""
    counted = {_stem(word) for word in re.findall(r"[a-z]+", f"{figure.unit} {figure.unit_one or ''}".lower())}
    next_words = re.findall(r"[a-z]+", following.lower())[:_FOLLOWING]
    return any(_stem(word) in counted for word in next_words)


def _stem(word: str) -> str:
    return word.removesuffix("s")


def _texts(record: Record) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """The texts of a record and its parts that are shown as sentences, each with its path and key."""
    for path, part in parts_of(record):
        for key in _PROSE_KEYS:
            text = getattr(part, key, None)
            if isinstance(text, str):
                yield path, key, text
