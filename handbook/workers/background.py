"""What copies of this process do while it builds: they read what stood in folders before, and write what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from handbook.files.manifest import FileEntry, files_in
from handbook.workers.fork import Work, beside

T = TypeVar("T")


class BackgroundTasks:
    """A block, at the end of which everything is done."""

    def __init__(self, folders: Sequence[Path] = ()):
        self._folders, self._stack = folders, ExitStack()
        self._read: dict[Path, dict[str, FileEntry]] | None = None
        self._now: dict[Path, dict[str, FileEntry]] = {}
        self._doing: list[Work] = []

    def __enter__(self) -> BackgroundTasks:
        if self._folders:
            self._reading = self.begin(beside(partial(_as_json, self._folders)))
        return self

    def __exit__(self, *raised: Any) -> None:
        try:
            self.wait()
        finally:
            self._stack.__exit__(*raised)

    def files_in(self, folder: Path) -> dict[str, FileEntry]:
        """The files below a folder: below those that were given, as they were before anything was done in the block."""
        if folder in self._now:
            return self._now[folder]
        if folder not in self._folders:
            return files_in(folder)
        if self._read is None:
            self._read = dict(zip(self._folders, map(_entries, json.loads(self._reading())), strict=True))
        return self._read[folder]

    def note(self, folder: Path, files: dict[str, FileEntry]) -> None:
        """Takes note of the files that are below a folder now, once something was done to it."""
        self._now[folder] = files

    def begin(self, work: AbstractContextManager[T]) -> T:
        """Begins what ends with the block at the latest."""
        return self._stack.enter_context(work)

    def do(self, work: Callable[[], None]) -> None:
        """Begins work that is done when the block ends, or when somebody waits for it."""

        def done() -> bytes:
            work()
            return b""

        self._doing.append(self.begin(beside(done)))

    def wait(self) -> None:
        """Waits until all work is done."""
        while self._doing:
            self._doing.pop(0)()


def _as_json(folders: Sequence[Path]) -> bytes:
    """The files below folders as JSON."""
    return json.dumps(
        [{path: (entry.size, entry.sha256) for path, entry in files_in(folder).items()} for folder in folders]
    ).encode()


def _entries(files: dict[str, list[Any]]) -> dict[str, FileEntry]:
    return {path: FileEntry(*entry) for path, entry in files.items()}
