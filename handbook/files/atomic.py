"""Durable and atomic writes: a file is there whole or not at all, whatever stops the computer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
# From so many files on, so many threads work on them.
_MANY, _THREADS = 50, 4


def read_file(path: str) -> bytes:
    """The content of a file, read in one step."""
    with Path(path).open("rb", buffering=0) as file:
        return file.read()


def write(path: Path, data: bytes) -> None:
    """Write a new file, and wait until it is on the disk. An OSError names the file."""
    try:
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        # The system does not say which file it was when the disk is full.
        error.filename = os.fspath(path)
        raise


def replace(path: Path, data: bytes) -> None:
    """Write a file atomically: a reader finds the file before or this one, never a part."""
    new = path.with_name(f".{path.name}.new")
    write(new, data)
    new.replace(path)


def sync(folder: Path) -> None:
    """Wait until the names in `folder` are on the disk. Windows keeps them in order by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reason(error: OSError) -> str:
    """Why a file could not be read or written, in the system's words, and which file if it says."""
    return f"{error.strerror}: {error.filename}" if error.filename else str(error.strerror)


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with all in it, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def for_each(work: Callable[[T], None], items: Iterable[T]) -> None:
    """Call `work` for each item, in threads where there are many: work with files mostly waits for the disk."""
    items = list(items)
    if len(items) < _MANY:
        for item in items:
            work(item)
        return
    # After a change of one page, the work takes less time than this import.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(work, items))
