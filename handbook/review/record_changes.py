"""What changed in records of any kind, in the words that readers know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from enum import Enum
from functools import singledispatch
from itertools import zip_longest
from typing import Any

from pydantic.fields import FieldInfo

from handbook.loading.references import named_by
from handbook.macros import wording
from handbook.model.figures import Observation, Target
from handbook.model.parts import Part, Record, Sourced, Strict
from handbook.model.periods import day_in_words
from handbook.model.sources import Source
from handbook.review.change import Change, ChangeItem

# The place in a source is told in one, and the id in the heading.
_SOURCE = frozenset(("source", "locator", "also"))
_APART = frozenset(("id", "place"))
# Of a record that came or went with more parts than this, the others are counted.
_MOST_PARTS = 12

Records = Mapping[str, Record]


def changed_records(before: Records, after: Records) -> Iterator[tuple[Record, ChangeItem]]:
    """Every record that was added, removed or changed, in the order of the files, and what changed in it.

    A record that others name goes by its name now, so that a new name is told once, at the record.
    """
    names = {**before, **after}
    for name in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(name), after.get(name)
        record = new or old
        assert record is not None
        changes = tuple(_changes(old, new, names))
        if changes or old is None or new is None:
            what = "changed" if old and new else "added" if new else "removed"
            yield record, ChangeItem(name_of(record), record.place.path, what, changes)


def name_of(record: Record) -> str:
    """What people call a record: its title or name, with its id."""
    name = getattr(record, "title", None) or getattr(record, "name", None)
    return f"{name} ({record.id})" if name else record.id


def changed_fields(old: Strict | None, new: Strict | None, records: Records) -> Iterator[Change]:
    """The keys whose value changed, other than lists of parts and the place in a source."""
    for key in _keys(new or old):
        if _parts(old, key) or _parts(new, key):
            continue
        said = _field(old, key, records), _field(new, key, records)
        if said[0] != said[1]:
            yield Change(_label(key), *said)


def _changes(old: Record | None, new: Record | None, records: Records) -> Iterator[Change]:
    now = _said(old and old.latest, old, records), _said(new and new.latest, new, records)
    stands = Change("Now", *now) if now[0] != now[1] and old and new else None
    if stands:
        yield stands
    yield from changed_fields(old, new, records)
    places = _place(old, records), _place(new, records)
    if places[0] != places[1]:
        yield Change("Source", *places)
    for key in type(new or old).model_fields:
        had = [_said(part, old, records) for part in _parts(old, key)]
        has = [_said(part, new, records) for part in _parts(new, key)]
        for change in _changed_parts(_label(key).removesuffix("s"), had, has):
            if not stands or (change.old, change.new) != now:
                yield change


def _changed_parts(label: str, had: list[str], has: list[str]) -> Iterator[Change]:
    if not had or not has:
        had, has = _first(had), _first(has)
    for tag, start, end, other, until in SequenceMatcher(None, had, has, autojunk=False).get_opcodes():
        if tag != "equal":
            for old, new in zip_longest(had[start:end], has[other:until], fillvalue=""):
                yield Change(label, old, new)


def _first(said: list[str]) -> list[str]:
    more = len(said) - _MOST_PARTS
    return [*said[:_MOST_PARTS], f"and {more} more"] if more > 0 else said


def _keys(part: Strict | None) -> list[str]:
    """The keys of a part that are told each by itself."""
    apart = _APART | _SOURCE if isinstance(part, Sourced) else _APART
    return [key for key in type(part).model_fields if key not in apart]


def _parts(record: Strict | None, key: str) -> tuple[Part, ...]:
    value = getattr(record, key, None)
    return value if isinstance(value, tuple) and value and isinstance(value[0], Part) else ()


def _said(part: Part | None, whole: Strict | None, records: Records) -> str:
    """A part of something in a line: what it says, and where its source says so."""
    if part is None:
        return ""
    chief, told = _chief(part, whole)
    lead, rest = [chief] if chief else [], []
    for key in _keys(part):
        value = _field(part, key, records)
        if not value or key in told or key == "audience":
            continue
        if type(part).model_fields[key].is_required():
            lead.append(value)
        else:
            rest.append(f"{_label(key)}: {value}")
    place = f" ({said})" if (said := _place(part, records)) else ""
    *others, last = [f"{', '.join(lead)}{place}", *rest]
    return ". ".join([*(said.rstrip(".") for said in others), last])


@singledispatch
def _chief(part: Part, whole: Any) -> tuple[str, frozenset[str]]:
    """What comes first of a part in words of its own, and the keys that this tells. Nothing for most."""
    return "", frozenset()


@_chief.register
def _(part: Observation, whole: Any) -> tuple[str, frozenset[str]]:
    """A number is never told without its qualifier and its unit."""
    return wording.full(whole, part), frozenset(("value", "low", "high", "words", "qualifier"))


@_chief.register
def _(part: Target, whole: Any) -> tuple[str, frozenset[str]]:
    return wording.full(whole, wording.as_seen(whole.latest, part)), frozenset(("value", "qualifier"))


def _place(part: Part | None, records: Records) -> str:
    """Where a source says something, as notes on pages name it."""
    if not isinstance(part, Sourced):
        return ""
    source = records.get(part.source)
    name = wording.source_name(source) if isinstance(source, Source) else part.source
    return f"{name}, {wording.locators(part.locators)}"


def _label(key: str) -> str:
    return wording.capital(key.replace("_", " "))


def _field(part: Strict | None, key: str, records: Records) -> str:
    """A key's value in words. A record is called by its name."""
    value = getattr(part, key, None)
    named = {name for at, _, name in named_by(part) if at == key} if isinstance(part, Part) else set()
    field: FieldInfo | None = type(part).model_fields.get(key) if part else None
    if field is not None and not field.is_required() and value == field.default:
        return ""
    if isinstance(value, Part):
        return _said(value, part, records)
    return _value(value, {name: name_of(records[name]) for name in named if name in records})


def _value(value: Any, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return wording.number(value)
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, dict):
        return "; ".join(f"{_value(key, names)}: {_value(inner, names)}" for key, inner in value.items())
    if isinstance(value, Strict):
        told = ((key, _value(getattr(value, key), names)) for key in type(value).model_fields)
        return ", ".join(f"{key} {said}" for key, said in told if said)
    if isinstance(value, tuple):
        return "; ".join(_value(item, names) for item in value)
    return names.get(value, str(value))
