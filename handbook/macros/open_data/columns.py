"""The columns of a table of records, taken from the fields of their model."""

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
# What joins the items of a list in one cell.
JOINT = "; "
# The types of a column, in the words of a table schema.
_TYPES: dict[type, str] = {bool: "boolean", int: "integer", Decimal: "number", date: "date"}


@dataclass(frozen=True)
class DataRow:
    """What a row is made from: a record, or the part of it that has this number in its list, from 1."""

    store: Store
    record: Any
    part: Any
    number: int = 1


@dataclass(frozen=True)
class Column:
    """A column: its name, the type and meaning of its values, and how a row gives one.

    `choices` are the only values that there are, if they are few. `needed` is true where none may be missing,
    and `refers` is the kind of the record whose id it holds, if it does.
    """

    name: str
    type: str
    description: str
    take: Callable[[DataRow], Value]
    choices: tuple[str, ...] = ()
    needed: bool = False
    refers: str = ""


def columns_of(model: type[Part], of_record: bool) -> Iterator[Column]:
    """The columns of a model's own fields, in their order: of the record of a row, or else of the part.

    Who may read it stands in a column of the row.
    """
    for name, field in model.model_fields.items():
        if not field.exclude and name not in Part.model_fields and not part_of_list(field.annotation):
            refers = _refers(field.annotation, *field.metadata)
            for column in _columns(name, field.description or "", field.annotation, of_record, field.is_required()):
                yield replace(column, refers=refers) if column.name == name else column


def part_of_list(annotation: Any) -> type[Part] | None:
    """The model of the parts that a field lists, if that is what it holds."""
    inner = _plain(annotation)
    items = get_args(inner)[:1] if get_origin(inner) is tuple else ()
    return next((item for item in items if isinstance(item, type) and issubclass(item, Part)), None)


def lists_of(model: type[Record]) -> dict[str, type[Part]]:
    """The fields of a model that list parts of it, in their order."""
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
            yield Column(f"{name}_{end}", "date", words, lambda row, of=of_day: _with(value(row), of), needed=needed)
    elif get_origin(kind) is tuple:
        words = f"{description} Several are parted by a semicolon."
        yield Column(name, "string", words, lambda row: JOINT.join(value(row)) or None)
    else:
        choices = tuple(map(str, kind)) if issubclass(kind, StrEnum) else ()
        yield Column(name, _TYPES.get(kind, "string"), description, value, choices, needed)


def _refers(annotation: Any, *said: Any) -> str:
    """The kind of record that a field holds one id of. Empty for any other field."""
    if get_origin(annotation) is tuple:
        return ""
    found = [item.kind for item in said if isinstance(item, Ref)]
    more = get_args(annotation) if get_origin(annotation) else ()
    return next(iter(found), "") or next(
        filter(None, (_refers(part, *getattr(part, "__metadata__", ())) for part in more)), ""
    )


def _with(period: Period | None, wanted: Any) -> Any:
    """An attribute of a period, or it in words; nothing of none."""
    if period is None:
        return None
    return str(period) if wanted is str else getattr(period, wanted)


def _plain(annotation: Any) -> Any:
    """A type without what is said of it, and without the None that a key left out gives."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    inner = [part for part in get_args(annotation) if part is not type(None)]
    if len(inner) == 1 and get_origin(annotation) is not tuple:
        return _plain(inner[0])
    return annotation
