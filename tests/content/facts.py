"""Reading the facts of a text: its figures, its dates, and what else in it has digits, each in one form however it is written.

The source writes "Jun-Sep 2021", "c£3m" and "5th"; the report "June to September 2021", "about £3 million" and "5".
Read here, both give the same. A date without its year is of the year of the report.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tests.content.latest_report import EXPECTED, HANDBOOK

# The day of the report, from which "this month" and "next year" count.
YEAR, MONTH = HANDBOOK.settings.as_at.year, HANDBOOK.settings.as_at.month


class Sort(StrEnum):
    """What sort of thing a fact is."""

    FIGURE = "figure"
    AGE = "age"
    DATE = "date"
    PHASE = "phase"
    ANNEX = "annex"
    CROSS_REFERENCE = "cross-reference"
    NAME = "name with digits"


@dataclass(frozen=True, order=True)
class Fact:
    """A fact in one form: over 700, about £3 million, 2021-06, Annex 1."""

    sort: Sort
    value: str


_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name: number for number, name in enumerate(calendar.month_abbr) if name}
_M = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)"
_Y = r"(?:19|20)\d\d"
_AND = r"(?: to | and |-|/|–)"
_NEAR = r"(?:(?P<near>early|late|later)(?: in)? )?"
_UNITS = {"month": "months", "months": "months", "year": "years", "years": "years", "day": "days", "days": "days"}
_WORDS = dict(
    zip(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(2, 13),
        strict=True,
    )
)
_QUALIFIERS = {
    "over": "over",
    "more than": "over",
    "up to": "up to",
    "about": "about",
    "around": "about",
    "c": "about",
    "nearly": "nearly",
    "almost": "nearly",
    "at least": "at least",
    "under": "under",
    "fewer than": "under",
}
_BEFORE = rf"(?:\b(?P<qualifier>{'|'.join(_QUALIFIERS)}) ?)?"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def _month(name: str, year: str | int | None) -> str:
    return f"{int(year or YEAR)}-{_MONTHS[name]:02d}"


def _day(day: str, month: str, year: str | None) -> str:
    return f"{_month(month, year)}-{int(day):02d}"


def _near(match: re.Match[str], value: str) -> str:
    near = match["near"]
    return f"{'early' if near == 'early' else 'later'} {value}" if near else value


Reading = Callable[[re.Match[str]], list[str]]


def _figure(match: re.Match[str]) -> list[str]:
    low = match["low"].replace(",", "").lower()
    low = str(_WORDS.get(low, low))
    sign = match["sign"] or ""
    unit = {"m": " million", "million": " million", "percentage points": " percentage points"}.get(
        sign.strip(), sign.strip()
    )
    noun = f" {_UNITS[match['noun'].lower()]}" if match["noun"] else ""
    number = f"{low} to {match['high']}" if match["high"] else low
    qualifier = _QUALIFIERS.get((match["qualifier"] or "").lower(), "")
    return [f"{qualifier} {match['pound'] or ''}{number}{unit}{noun}".strip()]


# Each way to write a fact, most telling first. What one has read, those after it do not see.
_READERS: list[tuple[Sort, str, Reading]] = [
    (Sort.NAME, rf"\b{calendar.month_name[MONTH]} {YEAR} report\b", lambda m: ["the report itself"]),
    *((Sort.NAME, pattern, lambda m, name=name: [name]) for pattern, name in EXPECTED["names_with_digits"].items()),
    (Sort.NAME, r"\b(?:Section )?151\b", lambda m: ["Section 151"]),
    (Sort.PHASE, r"\bPhase (\d)\b", lambda m: [m[1]]),
    (Sort.ANNEX, r"\bAnnex (\d)\b", lambda m: [m[1]]),
    (Sort.CROSS_REFERENCE, r"\b(?:[Ii]tem|[Pp]aragraph) (\d+)\b", lambda m: [m[0].lower()]),
    (Sort.AGE, r"\b(?P<a>\d\d) (?:and|or) over\b|\bage of (?P<b>\d\d)\b", lambda m: [f"from {m['a'] or m['b']}"]),
    (Sort.AGE, r"\b(?:aged )?(18) to (25)\b(?: years of age)?", lambda m: [f"{m[1]} to {m[2]}"]),
    (Sort.DATE, r"\b(\d\d)\.(\d\d)\.(\d{4})\b", lambda m: [f"{m[3]}-{m[2]}-{m[1]}"]),
    (Sort.DATE, rf"(?i:\b(\d\d?)(?:(?: and | to )(\d\d?))? ({_M})\b(?: ({_Y}))?)", lambda m: [_day(d, m[3].title(), m[4]) for d in (m[1], m[2]) if d]),
    (Sort.DATE, rf"\b({_M}) ({_Y}){_AND}({_M}) ({_Y})\b", lambda m: [_month(m[1], m[2]), _month(m[3], m[4])]),
    (Sort.DATE, rf"\b({_M}){_AND}({_M}) ({_Y})\b", lambda m: [_month(m[1], m[3]), _month(m[2], m[3])]),
    (Sort.DATE, rf"\b({_SEASON}){_AND}({_SEASON}) ({_Y})\b", lambda m: [f"{m[3]}-{m[1].lower()}", f"{m[3]}-{m[2].lower()}"]),
    (Sort.DATE, rf"\b{_NEAR}(?P<s>{_SEASON}) (?:(?P<y>{_Y})|this year)\b", lambda m: [_near(m, f"{m['y'] or YEAR}-{m['s'].lower()}")]),
    (Sort.DATE, rf"\b({_M}) (?:({_Y})|this year)\b", lambda m: [_month(m[1], m[2])]),
    (Sort.DATE, rf"\b({_M})\b(?! (?:be|well|also|not|some|children))", lambda m: [_month(m[1], None)]),
    (Sort.DATE, rf"\b(?:[Tt]he )?({_SEASON})\b(?: months)?", lambda m: [f"{YEAR}-{m[1].lower()}"]),
    (Sort.DATE, r"\b(?:20)?(\d\d)/(?:20)?(\d\d)\b|\b20(\d\d) to 20(\d\d)\b", lambda m: [f"20{m[1] or m[3]} to 20{m[2] or m[4]}"]),
    (Sort.DATE, rf"\b{_NEAR}(?P<y>{_Y})\b", lambda m: [_near(m, m["y"])]),
    (Sort.DATE, r"\bthis month\b", lambda m: [f"{YEAR}-{MONTH:02d}"]),
    (Sort.DATE, r"\btoday\b|\bwhen the report was written\b", lambda m: ["the report's own day"]),
    (Sort.DATE, r"\bnext year\b", lambda m: [str(YEAR + 1)]),
    (Sort.DATE, r"\bstart of the year\b|\bwhen the year began\b", lambda m: [f"the start of {YEAR}"]),
    (Sort.DATE, r"\b(?:this|the) year\b(?! \u00b7)|\bin-year\b", lambda m: [str(YEAR)]),
    (Sort.DATE, r"\bpast decade\b", lambda m: ["the past decade"]),
    (Sort.DATE, r"\b(?:recent|coming) months\b|\bin the months before the report\b", lambda m: [m[0] if "report" not in m[0] else "recent months"]),
    (Sort.FIGURE, rf"(?i){_BEFORE}\ba (?P<part>third|quarter|half)\b", lambda m: [f"{_QUALIFIERS.get((m['qualifier'] or '').lower(), '')} a {m['part']}".strip()]),
    (Sort.FIGURE, rf"(?i){_BEFORE}(?P<pound>£)?(?<![\w.])(?P<low>{_NUMBER}|\b(?:{'|'.join(_WORDS)})\b)(?:st|nd|rd|th)?(?:(?: to |-|–)(?P<high>\d+))?(?P<sign>%| percentage points| million\b|m\b)?(?:[ -](?P<noun>days?|months?|years?)\b)?", _figure),
]  # fmt: skip


def facts(text: str) -> set[Fact]:
    """Every fact of a text."""
    return set(_facts(text))


def _facts(text: str) -> Iterator[Fact]:
    text = text.replace("\u2019", "'").replace("\u00a0", " ")
    for sort, pattern, read in _READERS:
        for match in re.finditer(pattern, text):
            yield from (Fact(sort, value) for value in read(match))
        text = re.sub(pattern, lambda match: "\u00b7" * len(match[0]), text)
    left = re.search(r"\d", text)
    assert not left, f"digits that no reader reads: {text[max(0, left.start() - 20) : left.start() + 20]}"
