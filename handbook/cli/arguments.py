"""What commands take, where more than one takes it."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date

from handbook.model.periods import parse_day

AS_AT = "show the handbook as it stood on this earlier day, as in 2021-12-21"


def day(text: str) -> date:
    """The day that was typed. Raises ArgumentTypeError, which says how to write one."""
    try:
        return parse_day(text)
    except ValueError as error:
        reason = f": {error}" if str(error) else ""
        raise ArgumentTypeError(f"not a day (found {text}{reason}). Write it as 2021-12-21") from None
