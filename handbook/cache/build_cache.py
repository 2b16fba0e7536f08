"""The cache of a handbook: everything that a check or a build may use again."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from handbook.cache.database import CacheDatabase, CachedResult, compress
from handbook.cache.environment import CACHE_FOLDER, can_be_cached, environment
from handbook.cache.result_cache import ResultCache
from handbook.loading.handbook import Handbook
from handbook.loading.page import Page, hash_of
from handbook.workers.processes import Work, in_sequence, is_shared, run_in_fork

DATABASE = "cache.sqlite3"
_SNAPSHOTS = "pages"


class BuildCache:
    """The results of earlier builds in an environment. Without a folder it starts empty, and is never saved."""

    def __init__(self, folder: Path | None = None, environment: str = ""):
        self._database = CacheDatabase(folder / DATABASE, environment) if folder else None
        self._kinds: dict[str, ResultCache] = {}
        self._snapshots = self._database.load(_SNAPSHOTS) if self._database else {}
        # What was read of pages, by the hash of their text: as JSON, or the page itself if this process read it.
        self.pages: dict[str, bytes | Page] = {name: result.encoded for name, result in self._snapshots.items()}

    @classmethod
    def of(cls, root: Path, as_at: date | None = None) -> BuildCache:
        """The cache of the handbook at `root`."""
        return cls(root / CACHE_FOLDER, environment(root, as_at)) if can_be_cached(root) else cls()

    def results_of(self, kind: str) -> ResultCache:
        """The results of one kind of work."""
        if kind not in self._kinds:
            self._kinds[kind] = ResultCache(kind, self._database)
        return self._kinds[kind]

    def run_in_background(
        self, work: Work, *kinds: str, gives_way: bool = False, is_large: bool = False
    ) -> AbstractContextManager[Work]:
        """Start work on results of these kinds, and give a callable that blocks for its bytes.

        A forked process may do it, and saves the results of these kinds; they are then not in this process. Work that
        `gives_way` gets less of the processors. If it `is_large`, its process has exited when the bytes are there, to
        cap peak memory. Where many results are new, the work is done when it is waited for: every processor then
        shares in one kind of work after the other, and no more processes hold a handbook than there are processors.
        """

        def save() -> None:
            for kind in kinds:
                self.results_of(kind).save()
                # Nobody asks for these again, and they are as large as a site.
                del self._kinds[kind]

        if self.many_are_new:
            return nullcontext(in_sequence(work, save))
        return run_in_fork(in_sequence(work, save)) if is_large else run_in_fork(work, save, gives_way)

    @property
    def many_are_new(self) -> bool:
        """True where so many results of a kind were computed that processes shared the work."""
        return any(is_shared(results.computed) for results in self._kinds.values())

    def save(self, handbook: Handbook) -> None:
        """Write to the disk what was computed, and what was read of the pages of `handbook`."""
        for results in self._kinds.values():
            results.save()
        now = {hash_of(page.source): page.kept for page in handbook.docs.pages.values() if page.kept}
        if self._database and now.keys() != self._snapshots.keys():
            self._snapshots = {
                name: self._snapshots.get(name) or CachedResult((), snapshot, compress(b""))
                for name, snapshot in now.items()
            }
            self._database.save(_SNAPSHOTS, self._snapshots, ())
