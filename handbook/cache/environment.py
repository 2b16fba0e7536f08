"""What every result depends on, as one hash: code, templates, configuration, settings, libraries, and the day.

When any of it changes, no result of an earlier build is used again.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handbook.files.atomic import read_file
from handbook.files.folders import below
from handbook.model.locations import ENGINE, OVERRIDES, THEME

_SETTINGS = "data/handbook.yml"
# Where the cache is, below the handbook's folder. Git ignores it.
CACHE_FOLDER = ".cache/handbook"


def environment(root: Path, as_at: date | None = None, with_theme: bool = True) -> str:
    """The hash of everything but the pages and the records of the handbook at `root`.

    The engine's theme and the handbook's overrides are left out unless `with_theme`.
    """
    parts = [f"python {sys.version}", f"as at {as_at}", f"epoch {os.environ.get('SOURCE_DATE_EPOCH')}", *_libraries()]
    digest = hashlib.sha256("\n".join(parts).encode())
    for shown, path in _files(root, with_theme):
        digest.update(f"\n{shown}\n".encode())
        digest.update(hashlib.sha256(read_file(path)).digest())
    return digest.hexdigest()


def can_be_cached(root: Path) -> bool:
    """False where the configuration names hooks: code that is not the handbook's own may read anything."""
    return not any(b"hooks:" in path.read_bytes() for path in root.glob("mkdocs*.yml"))


def _files(root: Path, with_theme: bool) -> Iterator[tuple[str, str]]:
    for path in (*sorted(root.glob("*.yml")), root / _SETTINGS):
        yield path.relative_to(root).as_posix(), os.fspath(path)
    theme = f"{THEME.relative_to(ENGINE).as_posix()}/"
    folders = {"engine": ENGINE, "macros": root / "macros"} | ({OVERRIDES: root / OVERRIDES} if with_theme else {})
    for name, folder in folders.items():
        for shown, file in below(folder).items():
            left_out = shown.endswith(".pyc") or name == "engine" and shown.startswith(theme) and not with_theme
            if not left_out and file.is_file():
                yield f"{name}/{shown}", file.path


def _libraries() -> list[str]:
    """Every installed library with its version, as the names of their metadata folders give them."""
    found = set()
    for folder in map(Path, sys.path):
        if folder.is_dir():
            found |= {path.name for path in folder.iterdir() if path.suffix in (".dist-info", ".egg-info")}
    return sorted(found)
