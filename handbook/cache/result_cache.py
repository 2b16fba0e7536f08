"""Cache of the results of one kind of work, invalidated by dependency fingerprints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from itertools import starmap
from typing import Any

from handbook.cache.database import CacheDatabase, CachedResult, KnownDependency, compress, dependencies_of
from handbook.model.dependencies import Dependency, DependencyKind, recording
from handbook.workers.processes import parallel_map

# The fingerprint that a dependency has now. None for one that has none.
FingerprintOf = Callable[[Dependency], str | None]
# Work on the thing of a name: a small value that JSON can hold, and a body.
Work = Callable[[str], tuple[Any, bytes]]


class ResultCache:
    """The results of one kind of work, by the name of what was worked on. Without a database they are only in memory."""

    def __init__(self, kind: str = "", database: CacheDatabase | None = None):
        self._kind, self._database = kind, database
        self._before = database.load(kind) if database else {}
        self._now: dict[str, CachedResult] = {}
        # The names whose results were computed by this process, since the last save.
        self.computed: list[str] = []

    def results(self, names: Iterable[str], work: Work, fingerprint: FingerprintOf) -> dict[str, CachedResult]:
        """The result of `work` for each name, computed only where a dependency of the cached one has changed.

        Computing is shared between processes where there is much of it.
        """
        names = list(names)
        cached = {name: self._now.get(name) or self._before.get(name) for name in names}
        changed = _changed(filter(None, cached.values()), fingerprint)
        results = {
            name: result for name, result in cached.items() if result and changed.isdisjoint(result.dependencies)
        }
        missing = [name for name in names if name not in results]

        @cache  # since many results have the same dependencies
        def known(kind: str, *name: str) -> KnownDependency:
            dependency = Dependency(DependencyKind(kind), name)
            return KnownDependency(dependency, fingerprint(dependency) or "")

        computed = parallel_map(lambda name: _compute(name, work), missing)
        for name, (dependencies, encoded, compressed) in zip(missing, computed, strict=True):
            results[name] = CachedResult(tuple(starmap(known, json.loads(dependencies))), encoded, compressed)
        self.computed += missing
        self._now |= results
        return {name: results[name] for name in names}

    def save(self) -> None:
        """Write the results that are new, and remove those that are no longer wanted.

        A result with a dependency that has no fingerprint is not written: it could never be used.
        """
        if self._database and (self.computed or self._now.keys() != self._before.keys()):
            unknown = {known for known in dependencies_of(self._now.values()) if not known.fingerprint}
            lasting = {
                name: result
                for name, result in self._now.items()
                if not unknown or unknown.isdisjoint(result.dependencies)
            }
            self._database.save(self._kind, lasting, frozenset(self.computed))
            self._before, self.computed = dict(self._now), []

    def begin_build(self) -> None:
        """Make the results of the build that has ended those of the build before, for another by this process."""
        self._before, self._now, self.computed = self._now, {}, []


def _changed(results: Iterable[CachedResult], fingerprint: FingerprintOf) -> set[KnownDependency]:
    """Of all dependencies of the results, those whose fingerprint changed."""
    dependencies = set[KnownDependency]().union(*(result.dependencies for result in results))
    return {
        known for known in dependencies if not known.fingerprint or known.fingerprint != fingerprint(known.dependency)
    }


def _compute(name: str, work: Work) -> tuple[bytes, bytes, bytes]:
    """The dependencies and the value of the result of `work`, as JSON, and its compressed body.

    As bytes they are small, and are soon sent from one process to another.
    """
    with recording() as dependencies:
        value, body = work(name)
    plain = [(kind, *parts) for kind, parts in dependencies]
    return json.dumps(plain).encode(), json.dumps(value, separators=(",", ":")).encode(), compress(body)
