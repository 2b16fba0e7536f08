"""The columns of a table of open data, derived from the fields of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, get_args, get_origin

from handbook.model.fields import Ref
from handbook.model.parts import Part, Record
from handbook.model.periods import Period
from handbook.model.store import Store

Value = str | Decimal | bool | date | int | None
# Separates the items of a list in one cell.
SEPARATOR = "; "
# The types of columns as Table Schema calls them.
_TYPES: dict[type, str] = {bool: "boolean", int: "integer", Decimal: "number", date: "date"}


@dataclass(frozen=True)
class DataRow:
    """The source of a row: a record, and the part of it that has this number in its list, from 1."""

    store: Store
    record: Any
    part: Any
    number: int = 1


@dataclass(frozen=True)
class Column:
    """A column: its name, type and description, and `take`, which returns the value of a row.

    `choices` are the possible values of an enumeration. `needed` is true if no value may be missing, and `refers` is
    the kind of record whose id the column holds, if it does.
    """

    name: str
    type: str
    description: str
    take: Callable[[DataRow], Value]
    choices: tuple[str, ...] = ()
    needed: bool = False
    refers: str = ""


def columns_of(model: type[Part], of_record: bool) -> Iterator[Column]:
    """Yield the columns of a model's own fields in order, whose values are taken `of_record` or of the part.

    The audience is not among them: each row has one column for it.
    """
    for name, field in model.model_fields.items():
        if not field.exclude and name not in Part.model_fields and not part_of_list(field.annotation):
            refers = _refers(field.annotation, *field.metadata)
            for column in _columns(name, field.description or "", field.annotation, of_record, field.is_required()):
                yield replace(column, refers=refers) if column.name == name else column


def part_of_list(annotation: Any) -> type[Part] | None:
    """Return the model of the parts that a field lists, or None for any other field."""
    inner = _plain(annotation)
    items = get_args(inner)[:1] if get_origin(inner) is tuple else ()
    return next((item for item in items if isinstance(item, type) and issubclass(item, Part)), None)


def lists_of(model: type[Record]) -> dict[str, type[Part]]:
    """Return the fields of a model that list parts, in order, with the model of the parts."""
    found = {name: part_of_list(field.annotation) for name, field in model.model_fields.items()}
    return {name: part for name, part in found.items() if part}


def _columns(name: str, description: str, annotation: Any, of_record: bool, needed: bool) -> Iterator[Column]:
    def value(row: DataRow) -> Any:
        return getattr(row.record if of_record else row.part, name)

    kind = _plain(annotation)
    if kind is Period:
        yield Column(name, "string", f"{description} In words.", lambda row: _with(value(row), str), needed=needed)
        for end, of_day in (("start", "first"), ("end", "last")):
            words = f"The {of_day} day of {name}."
            yield Column(f"{name}_{end}", "date", words, _end_of(value, of_day), needed=needed)
    elif get_origin(kind) is tuple:
        words = f"{description} Several are parted by a semicolon."
        yield Column(name, "string", words, lambda row: SEPARATOR.join(value(row)) or None)
    else:
        choices = tuple(map(str, kind)) if issubclass(kind, StrEnum) else ()
        yield Column(name, _TYPES.get(kind, "string"), description, value, choices, needed)


def _end_of(period: Callable[[DataRow], Any], of_day: str) -> Callable[[DataRow], Value]:
    """Return what gives the first or the last day of a row's period."""

    def take(row: DataRow) -> Value:
        day: Value = _with(period(row), of_day)
        return day

    return take


def _refers(annotation: Any, *said: Any) -> str:
    """Return the kind of record that a field holds one id of, or an empty string."""
    if get_origin(annotation) is tuple:
        return ""
    found = [item.kind for item in said if isinstance(item, Ref)]
    more = get_args(annotation) if get_origin(annotation) else ()
    return next(iter(found), "") or next(
        filter(None, (_refers(part, *getattr(part, "__metadata__", ())) for part in more)), ""
    )


def _with(period: Period | None, wanted: Any) -> Any:
    """Return an attribute of a period, or the period in words, or None where there is no period."""
    if period is None:
        return None
    return str(period) if wanted is str else getattr(period, wanted)


def _plain(annotation: Any) -> Any:
    """Return a type without its annotations and without None."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    inner = [part for part in get_args(annotation) if part is not type(None)]
    if len(inner) == 1 and get_origin(annotation) is not tuple:
        return _plain(inner[0])
    return annotation
