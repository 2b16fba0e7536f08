"""Listing folders."""

from __future__ import annotations

import os
from pathlib import Path


def below(folder: Path) -> dict[str, os.DirEntry[str]]:
    """Everything below a folder by its path from there, in the order of the paths. Links are not followed.

    Gives nothing for a folder that is not there.
    """
    found: dict[str, os.DirEntry[str]] = {}
    waiting = [("", os.fspath(folder))] if folder.is_dir() else []
    while waiting:
        start, place = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                found[start + entry.name] = entry
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{start}{entry.name}/", entry.path))
    return dict(sorted(found.items(), key=lambda each: each[0].split("/")))
