"""One at a time: what publishes takes a lock, which the system gives back when its process ends, however it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_PAUSE = 0.1


@contextmanager
def locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds the lock at `path` inside the block. Calls `waiting` once if another process has it, and waits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        if not _take(file):
            waiting()
            while not _take(file):
                time.sleep(_PAUSE)
        yield


def _take(file: IO[str]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
