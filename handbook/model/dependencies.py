"""What a piece of work read, so that its result may be used again while all of that is the same.

Whatever may differ from one build to the next says so when it is read: records, pages and lists of
them. A key names what was read, as in `record:gcp2-trained` or `pages:*`; `traced` collects the keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

V = TypeVar("V")

_keys: ContextVar[set[str] | None] = ContextVar("keys", default=None)


def read(key: str) -> None:
    """Says that what `key` names is being read."""
    keys = _keys.get()
    if keys is not None:
        keys.add(key)


@contextmanager
def traced() -> Iterator[set[str]]:
    """Collects what is read inside the block."""
    keys: set[str] = set()
    token = _keys.set(keys)
    try:
        yield keys
    finally:
        _keys.reset(token)


@contextmanager
def untraced() -> Iterator[None]:
    """For what is named by a key as a whole: nothing that is read inside the block is collected."""
    token = _keys.set(None)
    try:
        yield
    finally:
        _keys.reset(token)


class TrackedDict(dict[str, V]):
    """A dictionary that says what is read of it: `name:key` for a value or its absence, `name:*` for a list."""

    def __init__(self, name: str, items: dict[str, V] | Iterable[tuple[str, V]] = ()):
        super().__init__(items)
        self.name = name

    def __getitem__(self, key: str) -> V:
        read(f"{self.name}:{key}")
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        read(f"{self.name}:{key}")
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        read(f"{self.name}:{key}")
        return super().__contains__(key)

    def _all(self) -> None:
        read(f"{self.name}:*")

    def __iter__(self) -> Iterator[str]:
        self._all()
        return super().__iter__()

    def __len__(self) -> int:
        self._all()
        return super().__len__()

    def keys(self) -> Any:
        self._all()
        return super().keys()

    def values(self) -> Any:
        self._all()
        return super().values()

    def items(self) -> Any:
        self._all()
        return super().items()

    def __or__(self, other: Any) -> Any:
        self._all()
        return dict(super().items()) | other
