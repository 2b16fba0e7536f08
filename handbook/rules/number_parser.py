"""Find the numbers in a text, but not in dates, names, web addresses and places in a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = f"(?:{_MONTHS})"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}"
_PLACE = r"(?:paragraph|risk|annex|recommendation|implication|item|row|phase|step|version|section|article|page)s?"
_NOT_NUMBERS = re.compile(
    rf"\b{_DAY}(?:(?:,| and| to) {_DAY})* {_MONTH}(?: {_YEAR})?"
    rf"|\b{_MONTH}(?: {_YEAR})?"
    rf"|\b{_YEAR}(?:-\d\d-\d\d|/\d\d(?:\d\d)?|-\d\d(?!\d))?\b"
    rf"|\b{_PLACE} \d+(?:\.\d+)*(?:(?:,| and| to| or) \d+)*"
    r"|https?://\S+",
    re.IGNORECASE,
)
# What a text without digits must contain for _NOT_NUMBERS to match.
_WITHOUT_DIGITS = (*_MONTHS.lower().split("|"), "http")
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<pound>£)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(?P<unit>%|per ?cent\b|percentage points?\b|million\b|m\b))?",
    re.IGNORECASE,
)
_WORDS = {
    word: Decimal(number)
    for number, word in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        2,
    )
}
_DIGIT = re.compile(r"\d")
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number in a text: its value, its unit (%, £, £ million or none), and its position."""

    value: Decimal
    unit: str
    start: int
    end: int
    in_digits: bool


def may_hold_number(text: str) -> bool:
    """A quick test: False only if a text holds no number, whatever names are masked in it."""
    if _DIGIT.search(text):
        return True
    folded = text.casefold()
    return any(word in folded for word in _WORDS)


def number_from(value: str, unit: str, start: int, end: int, in_digits: bool) -> Number:
    """A number from plain values, as JSON has them."""
    return Number(Decimal(value), unit, start, end, in_digits)


def numbers_in(text: str) -> Iterator[Number]:
    """Find every number in digits, then every number from two to twenty in words."""
    for match in _NUMBER.finditer(text):
        number = Decimal(match["digits"].replace(",", ""))
        yield Number(number, _unit(match["pound"], match["unit"]), match.start(), match.end(), True)
    for match in _WORD.finditer(text):
        yield Number(_WORDS[match[0].lower()], "", match.start(), match.end(), False)


def _unit(pound: str | None, unit: str | None) -> str:
    unit = (unit or "").lower()
    if pound:
        return "£ million" if unit in ("million", "m") else "£"
    return "%" if unit.startswith(("%", "per")) else ""


def mask_names(text: str, names: re.Pattern[str]) -> str:
    """Mask what only looks like a number: `names`, each with a digit, and dates, places in a source and addresses.

    The text keeps its length, so that positions in it stay true.
    """
    text = text.replace("\u00a0", " ")
    # Most texts contain nothing to mask, which is quick to tell for ASCII without digits.
    if not text.isascii() or _DIGIT.search(text):
        return _NOT_NUMBERS.sub(_mask, names.sub(_mask, text))
    small = text.lower()
    return _NOT_NUMBERS.sub(_mask, text) if any(sign in small for sign in _WITHOUT_DIGITS) else text


def _mask(match: re.Match[str]) -> str:
    return "·" * len(match[0])
