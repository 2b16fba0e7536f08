"""Writing to the disk so that what is there afterwards is whole, whatever stops the computer."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_MANY, _AT_ONCE = 50, 4  # of so many files, so many are seen to at the same time


def content(path: str) -> bytes:
    """What a file holds, read in one step."""
    with Path(path).open("rb", buffering=0) as file:
        return file.read()


def write(path: Path, data: bytes) -> None:
    """Writes a new file, and waits until the disk has it."""
    try:
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        # A full disk is met in writing, where the system does not say which file it was.
        error.filename = os.fspath(path)
        raise


def replace(path: Path, data: bytes) -> None:
    """Writes a file in one step: a reader finds the one before or this one, never a part."""
    new = path.with_name(f".{path.name}.new")
    write(new, data)
    new.replace(path)


def sync(folder: Path) -> None:
    """Waits until the disk has the names in `folder`. Windows keeps them in order by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reason(error: OSError) -> str:
    """Why the disk could not be written or read, in the system's words, and where if it says."""
    return f"{error.strerror}: {error.filename}" if error.filename else str(error.strerror)


def remove(path: Path) -> None:
    """Removes a file, a link or a whole folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def for_each(work: Callable[[T], None], items: Iterable[T]) -> None:
    """Does work with files, of which most is waiting for the disk, for several of them at the same time."""
    items = list(items)
    if len(items) < _MANY:
        for item in items:
            work(item)
        return
    # After one page has changed, all is done before this could be imported.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(work, items))
