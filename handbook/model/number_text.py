"""Parse numbers and units as people type them, and explain the ones that cannot be used."""

from __future__ import annotations

import re
from decimal import Decimal

from pydantic_core import PydanticCustomError

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
# What people type around a number, and the qualifier that says the same.
_QUALIFIED = (
    (re.compile(r"(?:over|more than|above|>)\s*(\S+)|(\S+?)\+", re.IGNORECASE), "over"),
    (re.compile(r"(?:about|around|approximately|approx\.?|circa|c\.?|~)\s*(\S+)", re.IGNORECASE), "about"),
    (re.compile(r"(?:nearly|almost|just under)\s*(\S+)", re.IGNORECASE), "nearly"),
    (re.compile(r"up to\s*(\S+)", re.IGNORECASE), "up-to"),
)
_RANGE = re.compile(r"([0-9.]+)\s*(?:-|\u2013|to)\s*([0-9.]+)")
_THOUSANDS = re.compile(r"[0-9.]+\s*(?:k|thousand|m|mn|million|bn|billion)", re.IGNORECASE)
_WITH_WORDS = re.compile(r"([0-9.]+)\s*[A-Za-z ]+")
_UNITS = {"percent": "%", "per cent": "%", "percentage": "%", "pct": "%", "pounds": "£", "gbp": "£"}
_SHORT = {"£m": "£ million", "£mn": "£ million", "£million": "£ million", "£bn": "£ billion", "£billion": "£ billion"}


def fault(what: str, cure: str) -> PydanticCustomError:
    """Make the error that a validator raises: what is wrong, and the cure."""
    return PydanticCustomError("handbook", "{what}|{cure}", {"what": what, "cure": cure})


def parse_number(value: str, quoted: bool = True) -> Decimal:
    """Parse a number of digits and at most one point, without rounding. Raises the error for anything else."""
    if NUMBER.fullmatch(value) and quoted:
        return Decimal(value)
    if not quoted:
        cure = f'Put it in double quotes, so that it is kept as typed: "{value}"'
        raise fault(f"A number without quotes (found {value})", cure)
    if re.fullmatch(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?", value):
        cure = f'Leave it out: "{value.replace(",", "")}". The page puts it in'
        raise fault(f"A comma in a number (found {value})", cure)
    if "," in value and NUMBER.fullmatch(value.replace(",", "")):
        cure = "Leave it out if it stands between thousands; before a fraction, write a point"
        raise fault(f"A comma in a number (found {value})", cure)
    if value.endswith("%"):
        raise fault(f"A percent sign in a number (found {value})", "Leave it out, and give the figure the unit %")
    raise fault(f"Not a number (found {value})", _cure(value.strip()))


def _cure(value: str) -> str:
    for pattern, qualifier in _QUALIFIED:
        if (match := pattern.fullmatch(value)) and NUMBER.fullmatch(number := next(filter(None, match.groups()))):
            return f'Write the number alone, "{number}", and qualifier: {qualifier} below it'
    if match := _RANGE.fullmatch(value):
        return f'Write low: "{match[1]}" and high: "{match[2]}" in place of value'
    if _THOUSANDS.fullmatch(value):
        return "Write it out in digits, or say million in the figure's unit, as in £ million"
    if match := _WITH_WORDS.fullmatch(value):
        return f'Write the number alone, "{match[1]}"; what it counts is the figure\'s unit'
    return "Use digits, and a point if there is a fraction, as in 19.65"


def unit(value: str) -> str:
    """Check a unit. Raises the error for one that has a sign or is shortened."""
    if sign := _UNITS.get(value.lower()):
        raise fault(f"A unit that has a sign (found {value})", f'Write the sign in double quotes: "{sign}"')
    if (whole := _SHORT.get(value.lower().replace(" ", ""))) and whole != value:
        raise fault(f"A unit that is shortened (found {value})", f"Write {whole}")
    return value
