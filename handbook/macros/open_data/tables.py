"""The tables of open data, for each kind of record that has one, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from handbook.macros import progress, wording
from handbook.macros.open_data.columns import Column, DataRow, Value, columns_of, lists_of
from handbook.model.figures import Figure, Observation
from handbook.model.parts import Part, Record, Sourced
from handbook.model.record_kinds import KINDS, RecordKind
from handbook.model.sources import Source
from handbook.model.store import Store

FOLDER = "data"
# The formats of each table, and what readers call them.
FORMS = {"csv": "CSV", "json": "JSON"}
PACKAGE = f"{FOLDER}/datapackage.json"
# Replaces a number that is too small to show.
MARK = wording.SUPPRESSED


@dataclass(frozen=True)
class DataTable:
    """A table of the records of a kind: a row for each, or for each of the `parts` that a record has."""

    name: str
    description: str
    model: type[Record]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    parts: Callable[[Any], Sequence[Any]]

    def address(self, form: str) -> str:
        """Return the address of the table in a format, below the site's root."""
        return f"{FOLDER}/{self.name}.{form}"

    def rows(self, store: Store) -> Iterator[list[Value]]:
        """The values of each row, in the order of the columns."""
        for record in store.all(self.model):
            for number, part in enumerate(self.parts(record), 1):
                row = DataRow(store, record, part, number)
                yield [column.take(row) for column in self.columns]


@cache
def tables() -> tuple[DataTable, ...]:
    """Return every table in the order of the kinds, with those that others refer to last."""
    found = [table for kind in KINDS.values() if kind.given for table in _tables(kind)]
    referred = {column.refers for table in found for column in table.columns}
    return tuple(sorted(found, key=lambda table: table.model.kind in referred))


def table_of(model: type[Record]) -> DataTable:
    """Return the main table of a kind of record."""
    return next(table for table in tables() if table.model is model)


def _tables(kind: RecordKind) -> Iterator[DataTable]:
    """Yield the main table of a kind, and one for each further list that its records hold."""
    lists = lists_of(kind.model)
    own = tuple(columns_of(kind.model, of_record=True))
    if not lists:
        columns = (_ID, *own, *_derived_columns(kind.model))
        yield DataTable(kind.plural, kind.given, kind.model, columns, ("id",), lambda record: (record,))
    for at, (name, part) in enumerate(lists.items()):
        columns = (
            _ID,
            *(own if at == 0 else _context_columns(own)),
            _NUMBER,
            *_without_clashes(own, part),
            *_derived_columns(part),
        )
        if at == 0:
            yield DataTable(kind.plural, kind.given, kind.model, columns, _NUMBERED, attrgetter(name))
        else:
            what = f"The {name} of {kind.plural}, with a row for each."
            yield DataTable(f"{kind.plural}-{name}", what, kind.model, columns, _NUMBERED, attrgetter(name))
    if kind.model is Figure:
        columns = (_ID, *_context_columns(own), _NUMBER, *_PROGRESS, _AUDIENCE)
        yield DataTable("figures-progress", _WHAT_PROGRESS, Figure, columns, _NUMBERED, progress.statements)


def _without_clashes(own: tuple[Column, ...], part: type[Part]) -> Iterator[Column]:
    """Yield the columns of a part. One whose name the record has too is prefixed with the name of the part."""
    taken = {column.name for column in own}
    for column in _as_published(tuple(columns_of(part, of_record=False)), part):
        yield replace(column, name=f"{part.__name__.lower()}_{column.name}") if column.name in taken else column


def _as_published(columns: tuple[Column, ...], part: type[Part]) -> Iterator[Column]:
    """Yield the columns of a part with the qualifier before its number, and hidden numbers replaced by the mark."""
    qualifiers = [column for column in columns if column.name == "qualifier"]
    for column in columns:
        if column.name == "value":
            yield from (_unless_hidden(each, None) if part is Observation else each for each in qualifiers)
        if column not in qualifiers:
            yield _unless_hidden(column, MARK) if part is Observation and column.name == "value" else column


def _unless_hidden(column: Column, instead: Value) -> Column:
    def take(row: DataRow) -> Value:
        return instead if row.part.hidden else column.take(row)

    return replace(column, take=take, needed=False)


def _context_columns(own: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns of a record that its further tables repeat for context."""
    return tuple(column for column in own if column.name in ("title", "unit"))


def _derived_columns(part: type[Part]) -> Iterator[Column]:
    """Yield the columns that are computed for a row."""
    if issubclass(part, Sourced):
        yield _KNOWN_ON
    if part is Observation:
        yield from _OF_OBSERVATION
    yield _AUDIENCE


def _known_on(row: DataRow) -> Value:
    known_from: date | None = row.part.known_from
    return known_from or row.store.get(Source, row.part.source).published


def _corrected_by(row: DataRow) -> Value:
    right = row.record.correction_of(row.part)
    return next((at for at, seen in enumerate(row.record.observations, 1) if seen is right), None)


def _audience(row: DataRow) -> Value:
    audience: Value = getattr(row.part, "audience", None) or row.record.audience
    return audience


_NUMBERED = ("id", "number")
_ID = Column("id", "string", "The id of the record. It stays the same.", lambda row: row.record.id, needed=True)
_NUMBER = Column("number", "integer", "The place of the row among those of its id, from 1.", lambda row: row.number)
_KNOWN_ON = Column("known_on", "date", "The day from which this was known.", _known_on)
_AUDIENCE = Column("audience", "string", "Who may read the row: partner, or staff only.", _audience, needed=True)
_OF_OBSERVATION = (
    Column(
        "as_shown",
        "string",
        "The number as pages show it, with its qualifier and unit.",
        lambda row: wording.full(row.record, row.part),
        needed=True,
    ),
    Column(
        "corrected_by",
        "integer",
        "The number of the row of the same id that takes the place of this one, if it was corrected.",
        _corrected_by,
    ),
)
_WHAT_PROGRESS = (
    "What the numbers of each figure say of its progress and of its target, with the sum, as the pages say it."
)
_PROGRESS = (
    Column(
        "verdict",
        "string",
        "improved, worsened, unchanged, unjudged (neither direction is better) or unknown (not enough to tell); "
        "of a target reached, not-reached or unknown.",
        lambda row: row.part.verdict,
        needed=True,
    ),
    Column("statement", "string", "The verdict as pages show it.", lambda row: row.part.head, needed=True),
    Column("explanation", "string", "The sum, or why there is none.", lambda row: row.part.rest, needed=True),
)
