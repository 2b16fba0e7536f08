"""The preview's cache, which stays in memory from one build to the next."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from handbook.cache.build_cache import BuildCache
from handbook.cache.environment import CACHE_FOLDER, can_be_cached, environment
from handbook.loading.handbook import Handbook
from handbook.loading.page import hash_of
from handbook.model.locations import ENGINE, THEME
from handbook.workers.processes import Work


class InMemoryCache(BuildCache):
    """The results of earlier builds, read from the disk once.

    The first build of this process is written back to it; what later builds find stays in memory.
    """

    _saved = False

    def __init__(self, folder: Path | None = None, environment: str = ""):
        super().__init__(folder, environment)
        # For files that are made when somebody asks for them, between two builds.
        self.on_demand = BuildCache()

    def run_in_background(
        self, work: Work, *kinds: str, gives_way: bool = False, is_large: bool = False
    ) -> AbstractContextManager[Work]:
        """Do the work in this process when it is asked for: results of a forked process would be lost."""
        return nullcontext(work)

    def save(self, handbook: Handbook) -> None:
        """Make the results of this build those of the build before the next one."""
        if not self._saved:
            super().save(handbook)
            self._saved = True
        for results in self._kinds.values():
            results.begin_build()
        self.pages = {hash_of(page.source): page for page in handbook.docs.pages.values() if page.kept}


class CacheProvider:
    """Provides one cache for as long as code, configuration and settings stay the same.

    The theme's templates and styles do not matter to it: what is cached does not depend on them.
    """

    def __init__(self, root: Path):
        self._root = root
        self._code = _hash_engine()
        self._environment = ""
        self._cache: InMemoryCache | None = None

    @property
    def code_has_changed(self) -> bool:
        """True when the code on the disk is no longer the code that is running."""
        return _hash_engine() != self._code

    def current(self) -> InMemoryCache:
        """Return the cache for the handbook as it now is, a new one where the old one no longer holds."""
        now = environment(self._root, with_theme=False)
        if self._cache is None or now != self._environment:
            # What running code makes of another's files is not for the disk.
            persistent = can_be_cached(self._root) and not self.code_has_changed
            self._cache = (
                InMemoryCache(self._root / CACHE_FOLDER, environment(self._root)) if persistent else InMemoryCache()
            )
            self._environment = now
        return self._cache


def _hash_engine() -> str:
    """One hash for the code of the engine. A handbook's own macros and the theme are loaded anew for each site."""
    digest = hashlib.sha256()
    for path in sorted(ENGINE.rglob("*")):
        if path.suffix != ".pyc" and not path.is_relative_to(THEME) and path.is_file():
            digest.update(f"\n{path.relative_to(ENGINE).as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
