"""What copies of this process do while it builds: they read what stood in folders before, and write what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from .cache.beside import Work, beside
from .manifest import Entry, files_in


class Meanwhile:
    """A block, at the end of which everything is done."""

    def __init__(self, folders: Sequence[Path] = ()):
        self._folders, self._stack = folders, ExitStack()
        self._reading: dict[Path, Work] = {}
        self._read: dict[Path, dict[str, Entry]] = {}

    def __enter__(self) -> Meanwhile:
        for folder in self._folders:
            self._reading[folder] = self._stack.enter_context(beside(partial(_packed, folder)))
        return self

    def __exit__(self, *raised: Any) -> None:
        self._stack.__exit__(*raised)

    def files_in(self, folder: Path) -> dict[str, Entry]:
        """The files below a folder: below those that were given, as they were before anything was done in the block."""
        if folder in self._reading:
            packed = json.loads(self._reading.pop(folder)())
            self._read[folder] = {path: Entry(*entry) for path, entry in packed.items()}
        return self._read[folder] if folder in self._read else files_in(folder)

    def do(self, work: Callable[[], None]) -> None:
        """Does work that nothing in the block waits for."""

        def done() -> bytes:
            work()
            return b""

        self._stack.callback(self._stack.enter_context(beside(done)))


def _packed(folder: Path) -> bytes:
    return json.dumps({path: (entry.size, entry.sha256) for path, entry in files_in(folder).items()}).encode()
