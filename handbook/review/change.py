"""A change as a person is told of it: what it is in, what it was and is, and who reads it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from handbook.model.editions import Edition
from handbook.review.exposure import Exposure


@dataclass(frozen=True)
class Change:
    """A value or some words before and after, and what they are. One of the two may be missing."""

    label: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class ChangeItem:
    """A page, a record or a file that changed.

    `changes` are told everywhere. `passages` are the whole paragraphs and rows that changed, for
    those who see before and after side by side. Without `editions`, no reader sees it yet.
    """

    name: str
    place: str
    what: str
    changes: tuple[Change, ...] = ()
    passages: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ()

    @property
    def whole(self) -> tuple[Change, ...]:
        """What changed with the passages in full, where those are known."""
        if not self.passages:
            return self.changes
        return (*(c for c in self.changes if not _inside(c, self.passages)), *self.passages)

    @property
    def reach(self) -> str:
        """Which editions' readers see it."""
        if len(self.editions) == len(Edition):
            return "in both editions"
        return f"in the {self.editions[0]} edition only" if self.editions else "in no edition yet"


def _inside(change: Change, passages: tuple[Change, ...]) -> bool:
    return any(change.old in passage.old and change.new in passage.new for passage in passages)


@dataclass(frozen=True)
class ChangeSection:
    """Changed things of one sort, under a heading."""

    title: str
    items: tuple[ChangeItem, ...]


@dataclass(frozen=True)
class Changes:
    """Everything that changed since a revision.

    `shown` is what partners come to see. `notes` are sentences about what was not compared, and
    `seen` is false where readers see no change at all.
    """

    since: str
    shown: tuple[Exposure, ...] = ()
    sections: tuple[ChangeSection, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def leaks(self) -> tuple[Exposure, ...]:
        """What was internal, and would be open to partners."""
        return tuple(thing for thing in self.shown if thing.known)

    @property
    def firsts(self) -> tuple[Exposure, ...]:
        """What is new to the handbook, and open to partners."""
        return tuple(thing for thing in self.shown if not thing.known)

    @property
    def seen(self) -> bool:
        """True when a reader of some edition would see a change."""
        return bool(self.shown) or any(item.editions for section in self.sections for item in section.items)


def merged(found: dict[Edition, list[ChangeItem]]) -> list[ChangeItem]:
    """The items of all editions in order, each once, with the editions that it is in."""
    where: dict[ChangeItem, list[Edition]] = {}
    for edition, items in found.items():
        for item in items:
            where.setdefault(item, []).append(edition)
    return [replace(item, editions=tuple(editions)) for item, editions in where.items()]
