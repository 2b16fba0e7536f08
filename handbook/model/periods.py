"""Dates as sources give them: a day, a month, a season, a year, or a range of these.

A source that says "summer 2021" is not made to say more. A period keeps the precision it was given in and is shown
in it; its first and last day serve to compare it.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering

# The Met Office's meteorological seasons: spring is March to May. Winter runs into the next year.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}

# Month names in English, whatever the locale.
_MONTH_NAMES = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR = re.compile(r"(\d{4})", re.ASCII)
_SEASON = re.compile(r"(\d{4})-(spring|summer|autumn|winter)", re.ASCII)

EXAMPLES = "2021-12-21, 2021-10, 2021-summer, 2018, or a range such as 2021-06/2021-09"


@total_ordering
@dataclass(frozen=True)
class Period:
    """A span of days as a source gives it. Periods compare by their first and last day."""

    text: str
    first: date
    last: date

    def __lt__(self, other: Period) -> bool:
        """Compare by the first day, then by the last."""
        return (self.first, self.last) < (other.first, other.last)

    @property
    def place(self) -> tuple[date, date]:
        """The sort key in a list: a year alone comes after everything in it that is known more precisely."""
        return (self.last, self.last) if _YEAR.fullmatch(self.text) else (self.first, self.last)

    def __str__(self) -> str:
        """The period in words, as pages show it."""
        return period_in_words(self.text)


class Frequency(StrEnum):
    """How often a figure gets a new observation."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"

    def after(self, day: date) -> date:
        """The last day of the period after the one that ends on `day`."""
        return _months_on(day.replace(day=1), _LENGTHS[self] + 1)


_LENGTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF_YEAR: 6, Frequency.YEAR: 12}


def parse_period(text: str) -> Period:
    """Parse a period. Raises ValueError with the reason in plain words."""
    if advice := _advice(text):
        raise ValueError(advice)
    parts = text.split("/")
    if len(parts) > 2:
        raise ValueError("a range has one stroke")
    spans = [_span(part) for part in parts]
    first, last = spans[0][0], spans[-1][1]
    if len(parts) == 2 and spans[0][0] >= spans[1][0]:
        raise ValueError("the range ends before it starts")
    return Period(text, first, last)


def parse_day(text: str) -> date:
    """Parse a day such as 2021-12-21. Raises ValueError with the reason in plain words."""
    match = _DAY.fullmatch(text)
    if not match:
        raise ValueError(_advice(text))
    return _date(*map(int, match.groups()))


def day_in_words(day: date) -> str:
    """A day as GOV.UK writes it: 21 December 2021."""
    return f"{day.day} {_MONTH_NAMES[day.month]} {day.year}"


def period_in_words(text: str) -> str:
    """A period as GOV.UK writes it: October 2021, summer 2021, June to September 2021."""
    parts = [_words(part) for part in text.split("/")]
    if len(parts) == 1:
        return " ".join(parts[0]).strip()
    (start, start_year), (end, end_year) = parts
    first = start if start and start_year == end_year else f"{start} {start_year}".strip()
    if first == start and start.split()[1:] == end.split()[1:] != []:
        first = start.split()[0]
    return f"{first} to {' '.join((end, end_year)).strip()}"


def _words(part: str) -> tuple[str, str]:
    """What goes before the year in words, and the year."""
    if match := _DAY.fullmatch(part):
        year, month, day = match.groups()
        return f"{int(day)} {_MONTH_NAMES[int(month)]}", year
    if match := _MONTH.fullmatch(part):
        return _MONTH_NAMES[int(match[2])], match[1]
    if match := _SEASON.fullmatch(part):
        return match[2], match[1]
    return "", part


def _span(part: str) -> tuple[date, date]:
    if match := _DAY.fullmatch(part):
        day = _date(*map(int, match.groups()))
        return day, day
    if match := _MONTH.fullmatch(part):
        first = _date(int(match[1]), int(match[2]), 1)
        return first, _months_on(first, 1)
    if match := _SEASON.fullmatch(part):
        first = date(int(match[1]), SEASONS[match[2]], 1)
        return first, _months_on(first, 3)
    if match := _YEAR.fullmatch(part):
        first = _date(int(match[1]), 1, 1)
        return first, _months_on(first, 12)
    raise ValueError("")


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("there is no such day in the calendar") from None


def _months_on(first: date, months: int) -> date:
    """The last day of the `months` months that start on `first`."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1) - timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """The day `months` months later, or the last day of that month if it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


_MONTHS = {name.lower(): number for number, name in enumerate(_MONTH_NAMES) if name}


def _advice(text: str) -> str:
    """How to write a date that a person would understand and this module refuses. Empty for any other text."""
    if match := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text):
        day, month, year = match.groups()
        return f"the year comes first, as in {year}-{int(month):02d}-{int(day):02d}"
    if match := re.fullmatch(r"(?:(\d{1,2}) )?([A-Za-z]+) (\d{4})", text):
        day, word, year = match[1], match[2].lower(), match[3]
        if word in SEASONS and not day:
            return f"the year comes first, as in {year}-{word}"
        if word in _MONTHS:
            return f"the year comes first, as in {year}-{_MONTHS[word]:02d}" + (f"-{int(day):02d}" if day else "")
    return ""
