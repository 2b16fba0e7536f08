"""Whether a check or a build would find nothing changed, so that it need not be done again.

This is all that the check or build of an unchanged handbook comes to, so it needs neither MkDocs nor the models of the
records, and opens no database: what is noted of the last check and build are small files of their own.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from handbook.cache.environment import CACHE_FOLDER, can_be_cached, environment
from handbook.files.atomic import read_file, replace
from handbook.files.folders import below
from handbook.files.manifest import FilesIn, content_of
from handbook.files.site_marker import read_marker
from handbook.loading.page_analysis import problem_as_json, problem_from
from handbook.model.problems import Problem

_INPUTS = ("docs", "data")
_CHECK = "check.json"


def inputs_fingerprint(root: Path) -> str | None:
    """One hash of every file that a build reads and of its environment. None where the inputs cannot be known."""
    try:
        if not can_be_cached(root):
            return None
        digest = hashlib.sha256(environment(root).encode())
        for folder in _INPUTS:
            for path, found in below(root / folder).items():
                kind = "link" if found.is_symlink() else "folder" if found.is_dir() else "file"
                digest.update(f"\n{kind} {folder}/{path}\n".encode("utf-8", "surrogateescape"))
                if kind == "file":
                    digest.update(hashlib.sha256(read_file(found.path)).digest())
        return digest.hexdigest()
    except OSError:
        return None


def cached_problems(root: Path, inputs: str | None) -> list[Problem] | None:
    """Every problem that the last check found, if its inputs were these. None where another check is needed."""
    noted = _read(root, _CHECK)
    try:
        return list(map(problem_from, noted["problems"])) if inputs and noted["inputs"] == inputs else None
    except (KeyError, TypeError, ValueError):
        return None


def note_problems(root: Path, inputs: str | None, problems: list[Problem]) -> None:
    """Note what a check found, if its inputs have not changed since."""
    if inputs and inputs_fingerprint(root) == inputs:
        _write(root, _CHECK, {"inputs": inputs, "problems": list(map(problem_as_json, problems))})


def is_built(root: Path, folder: Path, inputs: str, files_in: FilesIn) -> bool:
    """True when `folder` holds, byte for byte, a site that was built of these inputs and passed its audit.

    `files_in` gives the files that are in it.
    """
    marker = read_marker(folder)
    if not (marker and marker.content):
        return False
    noted = _read(root, _built(folder))
    return noted == {"inputs": inputs, "content": marker.content} and content_of(files_in(folder)) == marker.content


def note_built(root: Path, folder: Path, inputs: str) -> None:
    """Note that the site in `folder` was built and audited, if the inputs have not changed since."""
    marker = read_marker(folder)
    if marker and marker.content and inputs_fingerprint(root) == inputs:
        _write(root, _built(folder), {"inputs": inputs, "content": marker.content})


def _built(folder: Path) -> str:
    return f"{folder.name}.build.json"


def _read(root: Path, name: str) -> Any:
    try:
        return json.loads((root / CACHE_FOLDER / name).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _write(root: Path, name: str, noted: Any) -> None:
    """Write a note, or leave none: on a disk that is full or read-only the next build takes longer, and that is all."""
    file = root / CACHE_FOLDER / name
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace(file, json.dumps(noted).encode())
    except OSError:
        with suppress(OSError):
            file.unlink()
