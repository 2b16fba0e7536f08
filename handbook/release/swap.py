"""Moving what readers see from one folder to another, in one step where the system can."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from handbook.files.atomic import remove, sync

# What a file system answers that has no links.
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)


def swap(place: Path, folder: Path) -> bool:
    """Makes `place` show `folder`. True when no reader can have met anything in between.

    A link is made beside and put in the place of the old one, which Linux and macOS do in one step.
    Windows cannot, and some file systems have no links: there `place` is a copy, moved in by two
    renames with a moment between them.
    """
    if os.name == "nt" or not _link(place, folder):
        _copy(place, folder)
        return False
    return True


def _link(place: Path, folder: Path) -> bool:
    new = place.with_name(f".{place.name}.new")
    remove(new)
    try:
        new.symlink_to(os.path.relpath(folder, place.parent), target_is_directory=True)
    except OSError as error:
        if error.errno in _NO_LINKS:
            return False
        raise
    new.replace(place)
    sync(place.parent)
    return True


def _copy(place: Path, folder: Path) -> None:
    new, old = (place.with_name(f".{place.name}.{name}") for name in ("new", "old"))
    remove(new)
    remove(old)
    shutil.copytree(folder, new)
    if place.exists():
        place.rename(old)
    new.rename(place)
    remove(old)
