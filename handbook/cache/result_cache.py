"""Work whose results are kept, and used again while all that the work read is the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from handbook.cache.cache_file import CachedResult, load, packed, save
from handbook.model.dependencies import traced
from handbook.workers.parallel import spread

# For what a key names, a hash of what it is now; None where it cannot be told.
Fingerprint = Callable[[str], str | None]
# What a piece of work came to: a small part that is always wanted, as plain values, and a body that may not be.
Work = Callable[[str], tuple[Any, bytes]]


class ResultCache:
    """The results of one kind of work, by the name of what was worked on."""

    def __init__(self, file: Path | None, environment: str):
        self._file, self._environment = file, environment
        self._before = load(file, environment) if file else {}
        self._now: dict[str, CachedResult] = {}
        self.made: list[str] = []

    def results(self, names: Iterable[str], work: Work, fingerprint: Fingerprint) -> dict[str, CachedResult]:
        """The result for each name: the one from before where it still holds, and otherwise a new one."""
        names = list(names)
        wanted = {name: self._now.get(name) or self._before.get(name) for name in names}
        stale = _stale(filter(None, wanted.values()), fingerprint)
        held = {name: result for name, result in wanted.items() if result and stale.isdisjoint(result.reads)}
        missing = [name for name in names if name not in held]
        # Many pieces of work read the same.
        known = cache(lambda key: (key, fingerprint(key) or ""))
        parts = spread(lambda name: _made(name, work), missing, 3)
        for first, found, body in zip(*(iter(parts),) * 3, strict=True):
            name, keys = json.loads(first)
            held[name] = CachedResult(tuple(map(known, keys)), found, body)
        self.made += missing
        self._now |= held
        return {name: held[name] for name in names}

    def save(self) -> None:
        """Keeps what holds now. What can never be told to be the same is not kept."""
        if self._file and (self.made or self._now.keys() != self._before.keys()):
            kept = ((name, result) for name, result in self._now.items() if all(known for _, known in result.reads))
            save(self._file, self._environment, kept)
            self._before, self.made = dict(self._now), []

    def turn(self) -> None:
        """Makes what holds now what was before, for another build by this process."""
        self._before, self._now, self.made = self._now, {}, []


def _stale(results: Iterable[CachedResult], fingerprint: Fingerprint) -> set[tuple[str, str]]:
    """Of all that the results read, what is no longer what it was."""
    reads = set().union(*(result.reads for result in results))
    return {(key, known) for key, known in reads if not known or known != fingerprint(key)}


def _made(name: str, work: Work) -> list[bytes]:
    with traced() as keys:
        found, body = work(name)
    return [json.dumps([name, sorted(keys)]).encode(), json.dumps(found, separators=(",", ":")).encode(), packed(body)]
