"""The manifest of a built site: each file with its size and hash, by which anyone can check that the site is whole."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handbook.files.atomic import read_file, replace
from handbook.files.folders import below
from handbook.files.site_marker import MARKER, read_marker
from handbook.model.editions import Edition


class NotWhole(Exception):
    """A folder does not hold what its build wrote. The message is a sentence for the user."""


@dataclass(frozen=True)
class FileEntry:
    """A file of a site: its size in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The files of a built site. `commit` is set for the internal edition only."""

    edition: Edition
    as_at: str
    files: dict[str, FileEntry]
    commit: str | None = None

    @cached_property
    def as_json(self) -> bytes:
        """The manifest as it is written to a file."""
        files = {path: vars(entry) for path, entry in self.files.items()}
        given = {"edition": self.edition, "as_at": self.as_at, "files": files}
        given |= {"commit": self.commit} if self.commit is not None else {}
        return (json.dumps(given, indent=1, sort_keys=True) + "\n").encode()

    @property
    def addresses(self) -> set[str]:
        """The addresses of pages and redirects, below the site's root."""
        return {path for path in self.files if path.endswith(".html")}


@dataclass(frozen=True)
class Differences:
    """How a folder differs from its manifest, as sorted paths."""

    missing: list[str]
    extra: list[str]
    changed: list[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.changed)

    def __str__(self) -> str:
        return "\n".join(f"{kind}: {path}" for kind, paths in vars(self).items() for path in paths)


def entry_of(data: bytes) -> FileEntry:
    """The entry of a file that holds `data`."""
    return FileEntry(len(data), hashlib.sha256(data).hexdigest())


# Gives the files below a folder, as `files_in` does.
FilesIn = Callable[[Path], dict[str, FileEntry]]


def files_in(folder: Path) -> dict[str, FileEntry]:
    """Every file below `folder` by its path, in order. A link has no hash, since no build writes one."""
    return {
        path: FileEntry(0, "a link") if file.is_symlink() else entry_of(read_file(file.path))
        for path, file in below(folder).items()
        if file.is_symlink() or file.is_file()
    }


def content_of(files: Mapping[str, FileEntry]) -> str:
    """One hash of all files of a site but its marker."""
    lines = [f"{entry.sha256}  {path}\n" for path, entry in sorted(files.items()) if path != MARKER]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def manifest_of(folder: Path, root: Path, found: FilesIn = files_in) -> Manifest:
    """The manifest of the site in `folder`. Raises NotWhole where something has changed it since it was built.

    `found` gives the files that are in it.
    """
    files, marker = found(folder), read_marker(folder)
    if marker is None or marker.content != content_of(files):
        raise NotWhole(f"Something changed {folder} while it was being published. Run handbook build again.")
    edition = Edition(marker.edition)
    return Manifest(edition, marker.as_at, files, _commit(root) if edition is Edition.INTERNAL else None)


def compare(manifest: Manifest, folder: Path) -> Differences:
    """How `folder` differs from its manifest."""
    found, wanted = files_in(folder), manifest.files
    return Differences(
        missing=sorted(wanted.keys() - found.keys()),
        extra=sorted(found.keys() - wanted.keys()),
        changed=sorted(path for path in wanted.keys() & found.keys() if wanted[path] != found[path]),
    )


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write `manifest` to `path`, atomically."""
    replace(path, manifest.as_json)


def read_manifest(path: Path) -> Manifest:
    """Read the manifest at `path`. Raises NotWhole where it cannot be read."""
    try:
        given = json.loads(path.read_text("utf-8"))
        files = {name: FileEntry(**entry) for name, entry in given["files"].items()}
        return Manifest(Edition(given["edition"]), given["as_at"], files, given.get("commit"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise NotWhole(f"The manifest {path} cannot be read.") from None


def _commit(root: Path) -> str | None:
    """The git commit of `root`, with -dirty where files differ from it. None outside a repository."""
    ask = ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    command = ["git", "--no-optional-locks", "-C", os.fspath(root), *ask]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
