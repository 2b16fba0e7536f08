"""The records that one edition may see on one day.

This is the one point where records are filtered by audience and date. Macros get a Store and nothing else, so that
they cannot show what their edition may not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from handbook.model.dependencies import DependencyKind, note_dependency
from handbook.model.editions import Audience, Edition, narrowest
from handbook.model.parts import Part, Record, Sourced
from handbook.model.settings import Settings
from handbook.model.sources import Outline, Source

R = TypeVar("R", bound=Record)


class Absence(StrEnum):
    """Why a store does not have a record."""

    UNKNOWN = "unknown"
    HIDDEN = "hidden"
    LATER = "later"


class MissingRecord(LookupError):
    """Raised for a record that a store does not have."""

    def __init__(self, kind: str, name: str, why: Absence, choices: list[str]):
        """`choices` are the ids of this kind that the store has."""
        self.kind, self.name, self.why, self.choices = kind, name, why, choices
        super().__init__(f"{kind} {name}: {why}")


class Store:
    """The records that `edition` may see, on the day that the settings give.

    With `as_at` they are those that the edition could have shown on that earlier day, and the store is `past`.
    """

    def __init__(self, settings: Settings, records: Mapping[str, Record], edition: Edition, as_at: date | None = None):
        """Filter `records`."""
        self.settings = settings
        self.edition = edition
        self.as_at = as_at or settings.as_at
        self.past = as_at is not None
        self._absent: dict[str, tuple[type[Record], Absence]] = {}
        self._records: dict[str, Record] = {}
        self._outlines = {r.source: r for r in reversed(list(records.values())) if isinstance(r, Outline)}
        known = {
            name: _known_on(record, records, self.as_at)
            for name, record in records.items()
            if isinstance(record, Source)
        }
        for name, record in records.items():
            seen = self._see(record, known)
            if isinstance(seen, Absence):
                self._absent[name] = type(record), seen
            else:
                self._records[name] = seen

    def get(self, model: type[R], name: str) -> R:
        """The record of this kind and id. Raises MissingRecord, which says why it is not here."""
        note_dependency(DependencyKind.RECORD, model.kind, name)
        record = self._records.get(name)
        if isinstance(record, model):
            return record
        kind, why = self._absent.get(name, (None, Absence.UNKNOWN))
        choices = [other.id for other in self._records.values() if isinstance(other, model)]
        note_dependency(DependencyKind.RECORD)
        raise MissingRecord(model.kind, name, why if kind is model else Absence.UNKNOWN, choices)

    def all(self, model: type[R]) -> tuple[R, ...]:
        """Every record of this kind, in the order of the files."""
        note_dependency(DependencyKind.RECORD, model.kind)
        return tuple(record for record in self._records.values() if isinstance(record, model))

    def everything(self) -> tuple[Record, ...]:
        """Every record of every kind."""
        note_dependency(DependencyKind.RECORD)
        return tuple(self._records.values())

    def some(self, model: type[R], names: Iterable[str]) -> tuple[R, ...]:
        """The records with these ids; in the past, without those not known yet. Raises MissingRecord."""
        return tuple(self.get(model, name) for name in names if not (self.past and self.is_later(name)))

    def is_later(self, name: str) -> bool:
        """True for a record that nobody knew of on this day."""
        note_dependency(DependencyKind.ABSENCE, name)
        return name in self._absent and self._absent[name][1] is Absence.LATER

    @property
    def reports(self) -> tuple[Source, ...]:
        """The reports published by this day, oldest first."""
        names = (*self.settings.earlier_reports, self.settings.report)
        return tuple(self.get(Source, name) for name in names if name in self._records)

    @property
    def report(self) -> Source:
        """The latest report of this day. Raises MissingRecord if there is none yet."""
        return self.reports[-1] if self.reports else self.get(Source, self.settings.report)

    def outline(self, source: str) -> Outline | None:
        """The outline of a source, if this edition may see it."""
        return next((outline for outline in self.all(Outline) if outline.source == source), None)

    def outline_to_check(self, source: str) -> Outline | None:
        """The outline of a source, whoever may see it. Every edition's locators are held to it; never show it."""
        note_dependency(DependencyKind.OUTLINE, source)
        return self._outlines.get(source)

    @staticmethod
    def note(record: Record) -> None:
        """Note that a record of a list is shown, so that it is known where each is."""
        note_dependency(DependencyKind.RECORD, record.kind, record.id)

    def _see(self, record: Record, known: Mapping[str, bool]) -> Record | Absence:
        audience = record.audience or Audience.INTERNAL
        if not self.edition.shows(audience):
            return Absence.HIDDEN
        rests_on = record.source if isinstance(record, (Sourced, Outline)) else record.id
        if not known.get(rests_on, True):
            return Absence.LATER
        seen: Record | Absence = self._without_unseen(record, audience, known)
        return seen

    def _is_known(self, part: Sourced, known: Mapping[str, bool]) -> bool:
        later = self.past and part.known_from is not None and part.known_from > self.as_at
        return known.get(part.source, True) and not later

    def _without_unseen(self, part: Any, audience: Audience, known: Mapping[str, bool]) -> Any:
        """A copy of the part without the parts that may not be seen, or the reason why the whole is absent."""
        update: dict[str, Any] = {"audience": audience, **part.kept_from(self.edition)}
        for name, field in type(part).model_fields.items():
            items = getattr(part, name)
            if not (isinstance(items, tuple) and items and isinstance(items[0], Part)):
                continue
            shown = [item for item in items if self.edition.shows(narrowest(audience, item.audience))]
            kept = [item for item in shown if not isinstance(item, Sourced) or self._is_known(item, known)]
            if not kept and field.is_required():
                return Absence.LATER if shown else Absence.HIDDEN
            update[name] = tuple(self._without_unseen(item, narrowest(audience, item.audience), known) for item in kept)
        return part.model_copy(update=update)


def _known_on(source: Source, records: Mapping[str, Record], day: date) -> bool:
    """True if a source was public on `day`. A source that another names is known no earlier than that one."""
    namer = records.get(source.named_in or "")
    if isinstance(namer, Source) and namer.published and namer.published > day:
        return False
    return source.published is None or source.published <= day
