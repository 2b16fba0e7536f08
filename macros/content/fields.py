"""The kinds of value a record's key may have, each with its rule and the words for breaking it.

The messages are whole: what is wrong, then the cure, with a bar between them, so that
`reading.py` can give each its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from .periods import EXAMPLES, Period, parse_day, parse_period
from .strict_yaml import Typed

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


@dataclass(frozen=True)
class Ref:
    """Marks a field that holds the id of a record of another kind."""

    kind: str


def fault(what: str, cure: str) -> PydanticCustomError:
    """The error a validator raises: what is wrong, and how to mend it."""
    return PydanticCustomError("handbook", "{what}|{cure}", {"what": what, "cure": cure})


def _text(value: Any) -> Any:
    if isinstance(value, Typed):
        if value.kind == "null" and not value.strip():
            raise fault("Nothing is written here", "Write the text, or delete the key")
        if value.kind != "str":
            raise fault(
                f"Text is wanted here (found {value or 'nothing'}, without quotes)",
                f'Put it in double quotes: "{value}"',
            )
        if not value.strip():
            raise fault("Nothing is written here", "Write the text, or delete the key")
        if value != value.strip():
            raise fault("A space at the start or end of the text", "Delete it")
        return str(value)
    return value


def _identifier(value: Any) -> Any:
    if isinstance(value, Typed) and not ID_PATTERN.fullmatch(value):
        raise fault(
            f"Not an id (found {value})", "An id has small letters, digits and single hyphens, as in gcp2-trained"
        )
    return str(value) if isinstance(value, Typed) else value


def parse_number(value: str, quoted: bool = True) -> Decimal:
    """A number as it was typed: digits and at most one point. Nothing is rounded."""
    if not quoted:
        raise fault(
            f"A number without quotes (found {value})",
            f'Put it in double quotes, so that it is kept as typed: "{value}"',
        )
    if "," in value and _NUMBER.fullmatch(value.replace(",", "")):
        raise fault(
            f"A comma in a number (found {value})", f'Leave it out: "{value.replace(",", "")}". The page puts it in'
        )
    if value.endswith("%"):
        raise fault(f"A percent sign in a number (found {value})", "Leave it out, and give the figure the unit %")
    if not _NUMBER.fullmatch(value):
        raise fault(f"Not a number (found {value})", "Use digits, and a point if there is a fraction, as in 19.65")
    return Decimal(value)


def _number(value: Any) -> Any:
    return parse_number(value, value.kind == "str") if isinstance(value, Typed) else value


def _whole(value: Any) -> Any:
    if isinstance(value, Typed):
        if not re.fullmatch(r"0|[1-9]\d{0,5}", value):
            raise fault(f"Not a whole number (found {value})", "Use digits alone, as in 3")
        return int(value)
    return value


def _flag(value: Any) -> Any:
    if isinstance(value, Typed):
        if value not in ("true", "false") or value.kind != "bool":
            raise fault(f"Neither true nor false (found {value})", "Write true or false, without quotes")
        return value == "true"
    return value


def _day(value: Any) -> Any:
    return _calendar(value, parse_day, "Not a day", "Write it as 2021-12-21") if isinstance(value, Typed) else value


def _period(value: Any) -> Any:
    if isinstance(value, Typed):
        return _calendar(value, parse_period, "Not a period", f"Write it like {EXAMPLES}")
    return value


def _calendar(value: Typed, parse: Any, what: str, cure: str) -> Any:
    try:
        return parse(str(value))
    except ValueError as error:
        reason = f": {error}" if str(error) else ""
        raise fault(f"{what} (found {value}{reason})", cure) from None


Text = Annotated[str, BeforeValidator(_text), StringConstraints(min_length=1)]
Identifier = Annotated[str, BeforeValidator(_identifier)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(_day)]
When = Annotated[Period, BeforeValidator(_period)]

SourceId = Annotated[Identifier, Ref("source")]
BodyId = Annotated[Identifier, Ref("body")]
