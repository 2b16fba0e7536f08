"""The types of value that keys may have: how each is validated, its JSON schema, and its messages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from handbook.model.examples import BadExample
from handbook.model.periods import EXAMPLES, Period, parse_day, parse_period
from handbook.model.typed_text import TypedText

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# The characters of an address: no space or quote, and nothing that a page could read as markup.
_HOST, _REST = r"https://[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)*(?::[0-9]+)?", r"[A-Za-z0-9._~:/?#@!$&()*+,;=%-]*"
_ADDRESS = re.compile(f"{_HOST}(?:/{_REST.replace('%', '%{}')})?")
_LINE = f"(?:[{{]line[}}]{_REST})?"
_EDIT_ADDRESS = re.compile(f"{_HOST}/{_REST}{_LINE}[{{]path[}}]{_REST}{_LINE}")
EDIT_FORMS = (
    "Write it like https://github.com/example/handbook/edit/main/{path}#L{line}, or on GitLab "
    "https://gitlab.com/example/handbook/-/edit/main/{path}#L{line}"
)
_WHOLE = re.compile(r"0|[1-9][0-9]{0,5}")
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


@dataclass(frozen=True)
class Ref:
    """Marks a field that holds the id of a record of this kind."""

    kind: str


def field_error(what: str, cure: str) -> PydanticCustomError:
    """Make the error that a validator raises: what is wrong, and the cure."""
    return PydanticCustomError("handbook", "{what}|{cure}", {"what": what, "cure": cure})


def _text(value: Any) -> Any:
    if isinstance(value, TypedText):
        if value.kind == "null" and not value.strip():
            raise field_error("Nothing is written here", "Write the text, or delete the key")
        if value.kind != "str":
            raise field_error(
                f"Text is wanted here (found {value or 'nothing'}, without quotes)",
                f'Put it in double quotes: "{value}"',
            )
        if not value.strip():
            raise field_error("Nothing is written here", "Write the text, or delete the key")
        if value.endswith("\n"):
            raise field_error("Text over several lines", "Write it on one line, or put >- in place of the |")
        if re.fullmatch("\u201c[^\u201c]*\u201d|\u2018[^\u2018]*\u2019", value):
            raise field_error(f"Curly quotes around a value (found {value})", f'Type straight quotes: "{value[1:-1]}"')
        if value != value.strip():
            raise field_error("A space at the start or end of the text", "Delete it")
        return str(value)
    return value


def _identifier(value: Any) -> Any:
    if not isinstance(value, TypedText):
        return value
    if not ID_PATTERN.fullmatch(value):
        raise field_error(*not_an_id(value))
    return _text(value)


def not_an_id(found: str) -> tuple[str, str]:
    """What is wrong with text that is not an id, and the cure: the id that was most likely meant."""
    near = "-".join(re.findall(r"[a-z0-9]+", found.lower()))
    rule = "an id has small letters, digits and single hyphens"
    cure = f"Did you mean {near}? If not, {rule}" if near else f"{rule[0].upper()}{rule[1:]}, as in staff-trained"
    return f"Not an id (found {found or 'nothing'})", cure


def parse_number(value: str, quoted: bool = True) -> Decimal:
    """Parse a number of digits and at most one point, without rounding. Raises a field error for anything else."""
    if NUMBER.fullmatch(value) and quoted:
        return Decimal(value)
    if not quoted:
        cure = f'Put it in double quotes, so that it is kept as typed: "{value}"'
        raise field_error(f"A number without quotes (found {value})", cure)
    if re.fullmatch(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?", value):
        cure = f'Leave it out: "{value.replace(",", "")}". The page puts it in'
        raise field_error(f"A comma in a number (found {value})", cure)
    if "," in value and NUMBER.fullmatch(value.replace(",", "")):
        cure = "Leave it out if it stands between thousands; before a fraction, write a point"
        raise field_error(f"A comma in a number (found {value})", cure)
    if value.endswith("%"):
        raise field_error(f"A percent sign in a number (found {value})", "Leave it out, and give the figure the unit %")
    raise field_error(f"Not a number (found {value})", _cure_for_number(value.strip()))


def _cure_for_number(value: str) -> str:
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


def check_unit(value: str) -> str:
    """Give a unit back. Raises a field error for one that has a sign or is shortened."""
    if sign := _UNITS.get(value.lower()):
        raise field_error(f"A unit that has a sign (found {value})", f'Write the sign in double quotes: "{sign}"')
    if (whole := _SHORT.get(value.lower().replace(" ", ""))) and whole != value:
        raise field_error(f"A unit that is shortened (found {value})", f"Write {whole}")
    return value


def _number(value: Any) -> Any:
    return parse_number(value, value.kind == "str") if isinstance(value, TypedText) else value


def _unit(value: Any) -> Any:
    return check_unit(_text(value)) if isinstance(value, TypedText) else value


def _whole(value: Any) -> Any:
    if isinstance(value, TypedText):
        if not _WHOLE.fullmatch(value):
            raise field_error(f"Not a whole number (found {value})", "Use digits alone, as in 3")
        return int(value)
    return value


def _flag(value: Any) -> Any:
    if isinstance(value, TypedText):
        if value not in ("true", "false") or value.kind != "bool":
            raise field_error(f"Neither true nor false (found {value})", "Write true or false, without quotes")
        return value == "true"
    return value


def _address(value: Any) -> Any:
    text = _text(value)
    if not isinstance(value, TypedText):
        return text
    if re.match("https?://[^/]*@", text):
        raise field_error("An address with a name or password in it", "Take away what stands before the @, and the @")
    if not _ADDRESS.fullmatch(text):
        raise field_error(f"Not a web address (found {text})", "Copy it from the browser; it starts with https://")
    return text


def _edit_address(value: Any) -> Any:
    text = _address(value)
    if isinstance(value, TypedText) and not _EDIT_ADDRESS.fullmatch(text):
        raise field_error(f"An address without {{path}}, or with something else to fill in (found {text})", EDIT_FORMS)
    return text


def _day(value: Any) -> Any:
    return _calendar(value, parse_day, "Not a day", "Write it as 2021-12-21") if isinstance(value, TypedText) else value


def _period(value: Any) -> Any:
    if isinstance(value, TypedText):
        return _calendar(value, parse_period, "Not a period", f"Write it like {EXAMPLES}")
    return value


def _calendar(value: TypedText, parse: Any, what: str, cure: str) -> Any:
    try:
        return parse(str(value))
    except ValueError as error:
        reason = f": {error}" if str(error) else ""
        raise field_error(f"{what} (found {value}{reason})", cure) from None


def _form(pattern: str, words: str, *types: str, **more: int) -> WithJsonSchema:
    """The JSON schema of a value: its pattern, and the message of an editor about any other value.

    An editor's YAML parser reads 2018 without quotes as a number, so some values have more than one type.
    """
    kinds = list(types) if types else "string"
    messages = {"errorMessage": words, "patternErrorMessage": words}
    return WithJsonSchema({"type": kinds, "pattern": f"^(?:{pattern})$", **messages, **more})


_DAY_FORM = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SPAN_FORM = f"{_DAY_FORM}|[0-9]{{4}}-[0-9]{{2}}|[0-9]{{4}}-(?:spring|summer|autumn|winter)|[0-9]{{4}}"

Text = Annotated[
    str,
    BeforeValidator(_text),
    StringConstraints(min_length=1),
    _form(r"\S(?:[\s\S]*\S)?", "Text, without a space at its start or end."),
    BadExample("700", "Text is wanted here (found 700, without quotes)"),
    BadExample("no", "Text is wanted here (found no, without quotes)"),
]
Identifier = Annotated[
    str,
    BeforeValidator(_identifier),
    _form(ID_PATTERN.pattern, "An id has small letters, digits and single hyphens, as in staff-trained."),
    BadExample("Early help", "Not an id (found Early help)"),
]
Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    _form(NUMBER.pattern, 'Digits in double quotes, without commas, words or a percent sign, as in "19.65".'),
    BadExample("700", "A number without quotes (found 700)"),
    BadExample('"1,200"', "A comma in a number (found 1,200)"),
    BadExample('"27%"', "A percent sign in a number (found 27%)"),
    BadExample('"over 700"', "Not a number (found over 700)"),
]
Unit = Annotated[
    str,
    BeforeValidator(_unit),
    StringConstraints(min_length=1),
    _form(
        r"(?!(?:[Pp]er ?cent|[Pp]ercentage|£ ?(?:m|mn|bn))$)\S(?:[\s\S]*\S)?",
        'A plural noun, "%", £ or £ million.',
    ),
    BadExample("percent", "A unit that has a sign (found percent)"),
    BadExample("£m", "A unit that is shortened (found £m)"),
]
Whole = Annotated[
    int,
    BeforeValidator(_whole),
    _form(_WHOLE.pattern, "Digits alone, as in 3.", "integer", "string", minimum=0, maximum=999999),
    BadExample("first", "Not a whole number (found first)"),
    BadExample("1.5", "Not a whole number (found 1.5)"),
]
Flag = Annotated[bool, BeforeValidator(_flag), BadExample("yes", "Neither true nor false (found yes)")]
Address = Annotated[
    str,
    BeforeValidator(_address),
    _form(_ADDRESS.pattern, "A web address that starts with https://."),
    BadExample("www.gov.uk", "Not a web address (found www.gov.uk)"),
    BadExample("http://www.gov.uk/", "Not a web address (found http://www.gov.uk/)"),
    BadExample("javascript:alert(1)", "Not a web address (found javascript:alert(1))"),
]
EditAddress = Annotated[
    str,
    BeforeValidator(_edit_address),
    _form(_EDIT_ADDRESS.pattern, EDIT_FORMS + "."),
    BadExample("https://github.com/example/handbook", "An address without {path}, or with something else to fill in"),
    BadExample("git@github.com:example/handbook.git", "Not a web address (found git@github.com:example/handbook.git)"),
    BadExample(
        "https://github.com/example/handbook/{file}/{path}",
        "An address without {path}, or with something else to fill in",
    ),
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    _form(_DAY_FORM, "A day, as in 2021-12-21."),
    BadExample("21/12/2021", "Not a day (found 21/12/2021: the year comes first, as in 2021-12-21)"),
    BadExample("2021-02-30", "Not a day (found 2021-02-30: there is no such day in the calendar)"),
    BadExample("2021-12", "Not a day (found 2021-12)"),
]
When = Annotated[
    Period,
    BeforeValidator(_period),
    _form(
        f"(?:{_SPAN_FORM})(?:/(?:{_SPAN_FORM}))?",
        f"Write it like {EXAMPLES}.",
        "string",
        "integer",
        minimum=1,
        maximum=9999,
    ),
    BadExample("October 2021", "Not a period (found October 2021: the year comes first, as in 2021-10)"),
    BadExample("2021-13", "Not a period (found 2021-13: there is no such day in the calendar)"),
    BadExample("2021-09/2021-06", "Not a period (found 2021-09/2021-06: the range ends before it starts)"),
]

SourceId = Annotated[Identifier, Ref("source")]
BodyId = Annotated[Identifier, Ref("body")]
FigureId = Annotated[Identifier, Ref("figure")]
