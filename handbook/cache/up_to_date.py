"""Whether an edition is built already, from just what the handbook now holds.

This is all that a build of an unchanged handbook comes to, so it needs neither MkDocs nor the
models of the records.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from handbook.cache.environment import environment, may_be_kept
from handbook.cache.location import FOLDER
from handbook.files.atomic import content, replace
from handbook.files.folders import below
from handbook.files.manifest import Found, content_of
from handbook.files.site_marker import read_marker

_INPUTS = ("docs", "data")


def inputs(root: Path) -> str | None:
    """One hash for every file that a build reads, and for all that it is made with. None where it cannot be told."""
    try:
        if not may_be_kept(root):
            return None
        digest = hashlib.sha256(environment(root).encode())
        for folder in _INPUTS:
            for path, found in below(root / folder).items():
                kind = "link" if found.is_symlink() else "folder" if found.is_dir() else "file"
                digest.update(f"\n{kind} {folder}/{path}\n".encode("utf-8", "surrogateescape"))
                if kind == "file":
                    digest.update(hashlib.sha256(content(found.path)).digest())
        return digest.hexdigest()
    except OSError:
        return None


def is_built(root: Path, folder: Path, now: str, found: Found) -> bool:
    """True when `folder` holds, byte for byte, what a build made of these inputs and an audit passed.

    `found` gives the files that are in it.
    """
    marker = read_marker(folder)
    try:
        known = json.loads(_file(root, folder).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    wanted = {"inputs": now, "content": marker.content if marker else ""}
    return bool(marker and marker.content) and known == wanted and content_of(found(folder)) == marker.content


def note_built(root: Path, folder: Path, before: str) -> None:
    """Notes that the site in `folder` was built and audited, if its inputs are still what they were before."""
    marker = read_marker(folder)
    file = _file(root, folder)
    if marker and marker.content and inputs(root) == before:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            replace(file, json.dumps({"inputs": before, "content": marker.content}).encode())
        except OSError:
            # The next build takes longer. Nothing else is lost.
            with suppress(OSError):
                file.unlink()


def _file(root: Path, folder: Path) -> Path:
    return root / FOLDER / f"{folder.name}.built"
