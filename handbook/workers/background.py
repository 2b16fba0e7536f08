"""Background tasks of a build: reading what folders held before it, and writing what need not be waited for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from handbook.files.manifest import FileEntry, files_in
from handbook.workers.processes import Work, run_in_fork

T = TypeVar("T")


class BackgroundTasks:
    """Tasks that forked processes do inside a block, and that are all done at its end.

    The files in `folders` are read in the background from the start of the block on.
    """

    def __init__(self, folders: Sequence[Path] = ()):
        self._folders, self._stack = folders, ExitStack()
        self._read: dict[Path, dict[str, FileEntry]] | None = None
        self._now: dict[Path, dict[str, FileEntry]] = {}
        self._running: list[Work] = []

    def __enter__(self) -> BackgroundTasks:
        if self._folders:
            self._reading = self.begin(run_in_fork(partial(_as_json, self._folders)))
        return self

    def __exit__(self, *raised: Any) -> None:
        try:
            self.wait()
        finally:
            self._stack.__exit__(*raised)

    def files_in(self, folder: Path) -> dict[str, FileEntry]:
        """The files below a folder: below one of those given, as they were at the start of the block, unless noted."""
        if folder in self._now:
            return self._now[folder]
        if folder not in self._folders:
            return files_in(folder)
        if self._read is None:
            self._read = dict(zip(self._folders, map(_entries, json.loads(self._reading())), strict=True))
        return self._read[folder]

    def note(self, folder: Path, files: dict[str, FileEntry]) -> None:
        """Note the files that are below a folder now, after something has changed it."""
        self._now[folder] = files

    def begin(self, context: AbstractContextManager[T]) -> T:
        """Enter a context that is left at the end of the block."""
        return self._stack.enter_context(context)

    def do(self, task: Callable[[], None]) -> None:
        """Start a task that is done by the end of the block, or when somebody waits for it."""

        def work() -> bytes:
            task()
            return b""

        self._running.append(self.begin(run_in_fork(work)))

    def wait(self) -> None:
        """Wait until every task is done. Raises what a task raised."""
        while self._running:
            self._running.pop(0)()


def _as_json(folders: Sequence[Path]) -> bytes:
    """The files below folders as JSON."""
    return json.dumps(
        [{path: (entry.size, entry.sha256) for path, entry in files_in(folder).items()} for folder in folders]
    ).encode()


def _entries(files: dict[str, list[Any]]) -> dict[str, FileEntry]:
    return {path: FileEntry(*entry) for path, entry in files.items()}
