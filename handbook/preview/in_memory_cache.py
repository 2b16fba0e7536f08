"""What a preview knows of the handbook from build to build, held in memory."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from handbook.cache.build_cache import BuildCache
from handbook.cache.environment import environment, may_be_kept
from handbook.cache.location import FOLDER
from handbook.loading.handbook import Handbook
from handbook.loading.page import hash_of
from handbook.model.locations import ENGINE, THEME
from handbook.workers.fork import Work


class InMemoryCache(BuildCache):
    """What earlier builds kept, read from the disk once; what this process finds out after its first build stays in memory."""

    _saved = False

    def __init__(self, folder: Path | None = None, environment: str = ""):
        super().__init__(folder, environment)
        # For what is made when somebody asks for it, between two builds.
        self.beside = BuildCache()

    def apart(
        self, work: Work, *kinds: str, gives_way: bool = False, is_large: bool = False
    ) -> AbstractContextManager[Work]:
        """Does the work when it is asked for. What a copy of this process found would not be held."""
        return nullcontext(work)

    def save(self, handbook: Handbook) -> None:
        """Makes what now holds what is known for the next build."""
        if not self._saved:
            super().save(handbook)
            self._saved = True
        for memo in self._memos.values():
            memo.turn()
        self.pages = {hash_of(page.source): page for page in handbook.docs.pages.values() if page.kept}


class CacheProvider:
    """Gives what is held while code, configuration and settings are what they were. The look changes none of it."""

    def __init__(self, root: Path):
        self._root = root
        self._code = engine_code()
        self._known = ""
        self._held: InMemoryCache | None = None

    @property
    def is_old(self) -> bool:
        """True when the code on the disk is no longer the code that is running."""
        return engine_code() != self._code

    def held(self) -> InMemoryCache:
        """What holds of what was found before."""
        now = environment(self._root, with_theme=False)
        if self._held is None or now != self._known:
            # What running code makes of another's files is not for the disk.
            kept = may_be_kept(self._root) and not self.is_old
            self._held = InMemoryCache(self._root / FOLDER, environment(self._root)) if kept else InMemoryCache()
            self._known = now
        return self._held


def engine_code() -> str:
    """One hash for the code of the engine. The handbook's own macros and the theme are loaded anew for each site."""
    digest = hashlib.sha256()
    for path in sorted(ENGINE.rglob("*")):
        if path.suffix != ".pyc" and not path.is_relative_to(THEME) and path.is_file():
            digest.update(f"\n{path.relative_to(ENGINE).as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
