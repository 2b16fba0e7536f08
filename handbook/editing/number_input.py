"""A number as a person types it, made into the form that records keep, where it can mean one thing only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic_core import PydanticCustomError

from handbook.editing.refusal import EditRefused
from handbook.model.fields import parse_number
from handbook.model.figures import Qualifier

_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_RANGE = re.compile(r"(\S+?) ?(?:-|\u2013|\u2014|to) ?([0-9]\S*)")


def as_kept(typed: str, unit: str) -> str:
    """The number as a record keeps it: `1,234` as 1234, a minus sign as a hyphen, no `%` or `£` that the unit says.

    Raises Refused, with the cure, for what could mean two things, or says more than a number.
    """
    text = typed.strip().strip('"').replace("\u2212", "-")
    if unit == "%":
        text = text.removesuffix("%").rstrip()
    if unit.startswith("£"):
        text = text.removeprefix("£")
        text = text.removesuffix(unit[1:]).rstrip() if unit[1:] else text
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if any(character.isdecimal() and not character.isascii() for character in text):
        raise EditRefused(f"Digits of another script (found {typed}). Use 0 to 9.")
    if not text:
        raise EditRefused("There is no number. Give one, as in 700.")
    if match := _qualified(text, list(Qualifier)):
        raise EditRefused(f"More than a number (found {typed}). Write the number alone, and add --qualifier {match}.")
    if "%" in text or "£" in text:
        raise EditRefused(f"Not the figure's unit (found {typed}). The figure counts {unit}. Is it the right one?")
    if (match := _RANGE.fullmatch(text)) and match[1] != "-":
        raise EditRefused(f"A range (found {typed}). Leave the number out, and add --low {match[1]} --high {match[2]}.")
    if "," in text:
        raise EditRefused(
            f"A comma that can mean two things (found {typed}). Write 1,234 or 1234 for thousands, 1.5 for a fraction."
        )
    try:
        parse_number(text)
    except PydanticCustomError as error:
        said = error.context or {}
        raise EditRefused(f"{said['what']}. {_cure(text) or said['cure']}.") from None
    return text


def _qualified(text: str, qualifiers: Iterable[Qualifier]) -> str:
    """The qualifier that a text starts with, if it starts with one."""
    words = {str(qualifier).replace("-", " "): str(qualifier) for qualifier in qualifiers}
    return next((name for word, name in words.items() if text.lower().startswith(f"{word} ")), "")


def _cure(text: str) -> str:
    """The number that a slip of typing was most likely for."""
    if re.fullmatch(r"-?0+[0-9]+(?:\.[0-9]+)?", text):
        without = re.sub(r"^(-?)0+(?=[0-9])", r"\1", text)
        return f"A number has no zeros in front. Write {without} if that is what it is"
    if re.fullmatch(r"-?\.[0-9]+", text):
        return f"Write {text.replace('.', '0.', 1)}"
    return "Leave the words out: the figure has its unit" if re.match(r"-?[0-9.]+ +[a-z]", text) else ""
