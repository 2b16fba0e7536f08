"""A table as a CSV file that a spreadsheet opens right, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from handbook.macros.open_data.tables import MARK, DataTable, Value

# A text that starts with one of these could be run as a formula, and gets an apostrophe before it. So does one that
# starts with an apostrophe, so that taking one away always gives the text back.
_FORMULA = tuple("=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20")
GUARD = "'"
# By this a spreadsheet knows that the file is UTF-8.
_MARK_OF_ORDER = b"\xef\xbb\xbf"


def as_csv(table: DataTable, rows: Iterable[list[Value]]) -> bytes:
    """The table with a header: every text in quotes, numbers, dates and truths without, lines that end as CSV's do.

    The names of columns have no quotes, so that a reader that does not know the mark at the start reads all but the first.
    """
    lines = [",".join(column.name for column in table.columns), *(",".join(map(_cell, row)) for row in rows)]
    return _MARK_OF_ORDER + "".join(f"{line}\r\n" for line in lines).encode()


def as_json(table: DataTable, rows: Iterable[list[Value]]) -> bytes:
    """The table as a list of objects, a line for each, with numbers as they were typed and null for what is missing."""
    names = [json.dumps(column.name) for column in table.columns]
    lines = (", ".join(f"{name}: {_literal(value)}" for name, value in zip(names, row, strict=True)) for row in rows)
    return ("[" + ",".join(f"\n{{{line}}}" for line in lines) + "\n]\n").encode()


def guarded(text: str) -> str:
    """A text as a cell holds it, so that no spreadsheet takes it for a formula."""
    return f"{GUARD}{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text


def _cell(value: Value) -> str:
    if value is None or value == MARK:
        return value or ""
    if isinstance(value, str):
        return '"' + guarded(value).replace('"', '""') + '"'
    return _typed(value)


def _literal(value: Value) -> str:
    if isinstance(value, str) or value is None:
        return json.dumps(value, ensure_ascii=False)
    return f'"{value}"' if isinstance(value, date) else _typed(value)


def _typed(value: Decimal | bool | date | int) -> str:
    """A value that is no text: with every digit that was typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
