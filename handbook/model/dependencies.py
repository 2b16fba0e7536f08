"""Tracking of dependencies: what the code that is running has read.

Code that reads anything that may differ between two builds, such as a record, a page or a list of pages, calls
`note_dependency`. The cache records what is noted while a result is computed (`recording`), and uses the result again
as long as the fingerprints of its dependencies are the same. What a page shows, and so where each record is used,
comes from the same recorded dependencies: those whose kind is in `SHOWN`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class DependencyKind(StrEnum):
    """What a dependency is on. The comment says what the parts of its name are.

    A name with fewer parts means all that begin with these: no part at all stands for the whole list.
    """

    # The handbook, whatever the edition.
    SOURCE_TEXT = "source-text"  # path of a page: the text of its file
    SOURCE_PAGE = "source-page"  # path of a page: its front matter, or that there is no such page
    SOURCE_RECORD = "source-record"  # id of a record: all of it, whoever may see it
    UNREADABLE_RECORDS = "unreadable-records"  # no part: which records could not be read
    QUESTION = "question"  # name of a question that `Handbook.ask` answers
    # An edition of it.
    RECORD = "record"  # kind and id of a record: what the edition may see of it
    ABSENCE = "absence"  # id of a record: whether the edition has it, and if not, why
    OUTLINE = "outline"  # id of a source: its outline, whoever may see it
    PASSAGE = "passage"  # id of a source and a locator: a passage that is cited
    PAGE = "page"  # path of a page: its front matter
    LINK = "link"  # path of a page that is linked to
    WORKSTREAM_PAGE = "workstream-page"  # name of a workstream: the page about it
    REPORT_PAGE = "report-page"  # id of a source: the page that reports it
    MACRO_PAGE = "macro-page"  # name and arguments of a macro: the first page that calls it so
    USERS = "users"  # kind and name of a dependency: the pages that have it
    # Its rendered pages.
    CONTENT = "content"  # path of a page: the HTML of its content, and what it shows
    MENU = "menu"  # path of a page: the menu that it shows
    FOOTER = "footer"  # no part: the pages that every footer links to
    FOLDER = "folder"  # path of the first page of a folder: which pages are in the folder


class Dependency(NamedTuple):
    """Something that a result was computed from."""

    kind: DependencyKind
    name: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The dependency in words, as in "figure staff-trained" or "page index.md"."""
        kind = {DependencyKind.RECORD: (), DependencyKind.LINK: ("page",)}.get(self.kind, (str(self.kind),))
        return " ".join((*kind, *self.name))


# The kinds that say what readers of a page see: records, passages and links.
SHOWN = frozenset((DependencyKind.RECORD, DependencyKind.PASSAGE, DependencyKind.LINK))

_recorded: ContextVar[set[Dependency] | None] = ContextVar("recorded", default=None)


def on_record(kind: str, id: str) -> Dependency:
    """The dependency on a record, by its kind and id."""
    return Dependency(DependencyKind.RECORD, (kind, id))


def on_passage(source: str, locator: str) -> Dependency:
    """The dependency on a passage of a source."""
    return Dependency(DependencyKind.PASSAGE, (source, locator))


def note_dependency(kind: DependencyKind, *name: str) -> None:
    """Add a dependency to the result that is being computed, which is computed again if the dependency changes."""
    recorded = _recorded.get()
    if recorded is not None:
        recorded.add(Dependency(kind, name))


@contextmanager
def recording() -> Iterator[set[Dependency]]:
    """Record the dependencies that are noted inside the block. A block around this one records them too, at its end."""
    outer, recorded = _recorded.get(), set[Dependency]()
    token = _recorded.set(recorded)
    try:
        yield recorded
    finally:
        _recorded.reset(token)
        if outer is not None:
            outer |= recorded


@contextmanager
def not_recording() -> Iterator[None]:
    """Record nothing inside the block: for code whose result is noted as one dependency."""
    token = _recorded.set(None)
    try:
        yield
    finally:
        _recorded.reset(token)


def recorded_so_far() -> frozenset[Dependency]:
    """The dependencies that the innermost `recording` block has recorded up to now."""
    return frozenset(_recorded.get() or ())


class TrackedDict(dict[K, V]):
    """A dictionary whose reads are noted as dependencies of one kind. Its keys are names, or other dependencies.

    To read the value of a key, or that it is missing, notes the key; to read more than that notes the whole list.
    """

    def __init__(self, kind: DependencyKind, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()):
        super().__init__(items)
        self._kind = kind

    def _note(self, key: Any) -> None:
        note_dependency(self._kind, *((key.kind, *key.name) if isinstance(key, Dependency) else (key,)))

    def __getitem__(self, key: K) -> V:
        self._note(key)
        return super().__getitem__(key)

    def get(self, key: K, default: Any = None) -> Any:
        self._note(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return super().__contains__(key)

    def __iter__(self) -> Iterator[K]:
        note_dependency(self._kind)
        return super().__iter__()

    def __len__(self) -> int:
        note_dependency(self._kind)
        return super().__len__()

    def keys(self) -> Any:
        note_dependency(self._kind)
        return super().keys()

    def values(self) -> Any:
        note_dependency(self._kind)
        return super().values()

    def items(self) -> Any:
        note_dependency(self._kind)
        return super().items()

    def __or__(self, other: Any) -> Any:
        note_dependency(self._kind)
        return dict(super().items()) | other
