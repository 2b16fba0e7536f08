"""The manifest of a built site: every file with its size and hash, so that anyone can tell whether a site is whole."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from handbook.files.atomic import content, replace
from handbook.files.folders import below
from handbook.files.site_marker import MARKER, read_marker
from handbook.model.editions import Edition


class NotWhole(Exception):
    """A built folder does not hold what its build wrote. The message says so in a sentence."""


@dataclass(frozen=True)
class FileEntry:
    """A file of a site: its size in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What one built site holds. `commit` is known for the internal edition alone."""

    edition: Edition
    as_at: str
    files: dict[str, FileEntry]
    commit: str | None = None

    @cached_property
    def as_json(self) -> bytes:
        """The manifest as it is written."""
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
    """Where a folder departs from its manifest, as paths in order."""

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


# What gives the files below a folder, as `files_in` does.
Found = Callable[[Path], dict[str, FileEntry]]


def files_in(folder: Path) -> dict[str, FileEntry]:
    """Every file below `folder` by its path, in order. A link is never one of a build's files, and has no hash."""
    return {
        path: FileEntry(0, "a link") if file.is_symlink() else entry_of(content(file.path))
        for path, file in below(folder).items()
        if file.is_symlink() or file.is_file()
    }


def content_of(files: Mapping[str, FileEntry]) -> str:
    """One hash for everything that a site holds beside the marker itself."""
    lines = [f"{entry.sha256}  {path}\n" for path, entry in sorted(files.items()) if path != MARKER]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def manifest_of(folder: Path, root: Path, found: Found = files_in) -> Manifest:
    """The manifest of the site that was built in `folder`. Raises NotWhole when something wrote to it since.

    `found` gives the files that are in it.
    """
    files, marker = found(folder), read_marker(folder)
    if marker is None or marker.content != content_of(files):
        raise NotWhole(f"Something changed {folder} while it was being published. Run handbook build again.")
    edition = Edition(marker.edition)
    return Manifest(edition, marker.as_at, files, _commit(root) if edition is Edition.INTERNAL else None)


def compare(manifest: Manifest, folder: Path) -> Differences:
    """How `folder` differs from what `manifest` says of it."""
    found, wanted = files_in(folder), manifest.files
    return Differences(
        missing=sorted(wanted.keys() - found.keys()),
        extra=sorted(found.keys() - wanted.keys()),
        changed=sorted(path for path in wanted.keys() & found.keys() if wanted[path] != found[path]),
    )


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Writes `manifest` to `path` in one step."""
    replace(path, manifest.as_json)


def read_manifest(path: Path) -> Manifest:
    """The manifest at `path`. Raises NotWhole where there is none that can be read."""
    try:
        given = json.loads(path.read_text("utf-8"))
        files = {name: FileEntry(**entry) for name, entry in given["files"].items()}
        return Manifest(Edition(given["edition"]), given["as_at"], files, given.get("commit"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise NotWhole(f"The manifest {path} cannot be read.") from None


def _commit(root: Path) -> str | None:
    """The git commit that `root` is at, with -dirty for changes since. None outside a repository."""
    ask = ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    command = ["git", "--no-optional-locks", "-C", os.fspath(root), *ask]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
