"""Looking through a folder."""

from __future__ import annotations

import os
from pathlib import Path


def below(folder: Path) -> dict[str, os.DirEntry[str]]:
    """Everything below a folder, if there is one, by its path from there and in order. Links are not followed."""
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
