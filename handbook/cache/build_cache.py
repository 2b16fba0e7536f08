"""Everything that one build keeps for the next, and where."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from handbook.cache.cache_file import CachedResult, load, packed, save
from handbook.cache.environment import environment, may_be_kept
from handbook.cache.location import FOLDER
from handbook.cache.result_cache import ResultCache
from handbook.loading.handbook import Handbook
from handbook.loading.page import Page, hash_of
from handbook.workers.fork import Work, beside, in_turn
from handbook.workers.parallel import are_many


class BuildCache:
    """What is kept of earlier builds in an environment. Without a folder nothing is kept, and nothing found."""

    def __init__(self, folder: Path | None = None, environment: str = ""):
        self._folder, self._environment = folder, environment
        self._memos: dict[str, ResultCache] = {}
        self._read = load(folder / "pages", environment) if folder else {}
        self.pages: dict[str, bytes | Page] = {name: result.found for name, result in self._read.items()}

    @classmethod
    def of(cls, root: Path, as_at: date | None = None) -> BuildCache:
        """What is kept of earlier builds of the handbook at `root`."""
        return cls(root / FOLDER, environment(root, as_at)) if may_be_kept(root) else cls()

    def memo(self, kind: str) -> ResultCache:
        """The results of one kind of work."""
        if kind not in self._memos:
            self._memos[kind] = ResultCache(self._folder / kind if self._folder else None, self._environment)
        return self._memos[kind]

    def apart(
        self, work: Work, *kinds: str, gives_way: bool = False, is_large: bool = False
    ) -> AbstractContextManager[Work]:
        """Starts work of these kinds, and gives what waits for it. A copy of this process may do it, and keeps its results.

        Where many pages are new, it is done when it is waited for: all processors then share in one kind of work after
        the other, and no more copies hold what this process holds than there are processors. The copy for work that
        `is_large` has come to its end when what was made is there.
        """

        def save() -> None:
            for kind in kinds:
                self.memo(kind).save()
                # Nobody asks for these again, and they hold as much as a site does.
                del self._memos[kind]

        if self.many_are_new:
            return nullcontext(in_turn(work, save))
        return beside(in_turn(work, save)) if is_large else beside(work, save, gives_way)

    @property
    def many_are_new(self) -> bool:
        """True where work on many pages was done that earlier builds had not."""
        return any(are_many(memo.made) for memo in self._memos.values())

    def save(self, handbook: Handbook) -> None:
        """Writes what now holds to the disk."""
        for memo in self._memos.values():
            memo.save()
        now = {hash_of(page.source): page.kept for page in handbook.docs.pages.values() if page.kept}
        if self._folder and now.keys() != self._read.keys():
            self._read = {
                name: self._read.get(name) or CachedResult((), kept, packed(b"")) for name, kept in now.items()
            }
            save(self._folder / "pages", self._environment, self._read.items())
