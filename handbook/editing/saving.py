"""Saving a file of the handbook's own in one step: it is as it was, or as it is meant to be."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from handbook.editing.refusal import EditRefused
from handbook.files.atomic import reason, sync, write


def save(root: Path, shown: str, before: bytes | None, after: bytes) -> None:
    """Puts `after` in the place of the file `shown`, which held `before`, or was not there if that is None.

    The new file has the mode of the old one. A disk that is full, a file that may not be written,
    a link, and a file that has changed meanwhile raise Refused, and leave what was there.
    """
    path = root / shown
    new = path.with_name(f".{path.name}.new")
    try:
        may_be_written(root, shown)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(new, after)
            if before is not None:
                shutil.copymode(path, new)
            if (path.read_bytes() if path.exists() else None) != before:
                raise EditRefused(f"{shown} has changed meanwhile, so it was left alone. Run the command again.")
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        sync(path.parent)
    except OSError as error:
        raise EditRefused(f"{shown} could not be written ({reason(error)}). It is as it was.") from None


def may_be_written(root: Path, shown: str) -> None:
    """Raises Refused for a link, and for a file that its owner has made read-only."""
    path = root / shown
    for part in (path, *path.parents):
        if part == root:
            break
        if part.is_symlink():
            found = part.relative_to(root).as_posix()
            raise EditRefused(f"{found} is a link, so {shown} was left alone. Replace the link by what it points to.")
    if path.exists() and not (path.stat().st_mode & stat.S_IWUSR and os.access(path, os.W_OK)):
        raise EditRefused(
            f"{shown} is read-only, so it was left alone. Allow writing to it, and run the command again."
        )
