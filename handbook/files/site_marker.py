"""The marker: a small file in each built site that names its edition, and shows that a build wrote the folder.

A build empties the folder that it writes to, which may only be one that a build wrote. So the marker is removed last
and written first: a build that is killed leaves a folder that the next one may empty.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from handbook.files.atomic import remove, replace
from handbook.model.locations import ENGINE, OVERRIDES

# Where editions are built, below the handbook's folder.
BUILT = "build"
MARKER = "build.json"
# What `replace` calls the marker while it is written.
_UNFINISHED = f".{MARKER}.new"
# Where the handbook is written by hand, below its own folder.
_SOURCES = ("docs", "data", "macros", OVERRIDES, "handbook")


class FolderRefused(Exception):
    """A build may not write to a folder. The message says why, and what to do instead."""


@dataclass(frozen=True)
class SiteMarker:
    """The edition and the day of a built site. `content` is one hash of its files, empty until it is finished."""

    edition: str
    as_at: str
    content: str = ""


def read_marker(folder: Path) -> SiteMarker | None:
    """The marker in `folder`, or None where there is none that can be read."""
    try:
        return SiteMarker(**json.loads((folder / MARKER).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_marker(folder: Path, marker: SiteMarker) -> None:
    """Write `marker` to `folder`, atomically."""
    folder.mkdir(parents=True, exist_ok=True)
    replace(folder / MARKER, (json.dumps(asdict(marker), indent=1) + "\n").encode())


def clear(folder: Path) -> None:
    """Empty a folder that a build wrote, its marker last."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name != MARKER:
            remove(path)
    remove(folder / MARKER)


def check_code(root: Path) -> None:
    """Raise FolderRefused where the handbook at `root` has an engine beside it that is not the one running."""
    beside = (root / "handbook").resolve()
    if beside.is_dir() and beside != ENGINE:
        raise FolderRefused(
            f"The handbook in {root} would be built by the code in {ENGINE}. "
            "Make an environment of its own for this copy: run make serve in it."
        )


def check_folder(root: Path, folder: Path, edition: str, past: str = "") -> None:
    """Raise FolderRefused unless `edition` of the handbook at `root` may be built in `folder`, which the build empties.

    `past` is the earlier day that the edition is to show; it is empty for the present.
    """
    real, root = folder.resolve(), root.resolve()
    if folder.is_symlink():
        raise FolderRefused(f"{folder} is a link, and a build would empty what it leads to. Name a folder with -d.")
    if real.is_relative_to(root / "site"):
        raise FolderRefused(
            f"{folder} is under site/, which readers see. Leave out -d, and publish with handbook build."
        )
    if root.is_relative_to(real):
        raise FolderRefused(
            f"{folder} holds the handbook itself, and a build would empty it. Name another folder with -d."
        )
    if past and real == root / BUILT / edition:
        raise FolderRefused(
            f"{folder} is for the {edition} edition as it is now, and not as it stood on {past}. "
            f"Name another folder, as in -d build/{edition}-as-at-{past}."
        )
    for name in _SOURCES:
        if real.is_relative_to((root / name).resolve()):
            raise FolderRefused(f"{folder} is where the handbook is written by hand. Name another folder with -d.")
    if not real.exists():
        return
    if not real.is_dir():
        raise FolderRefused(f"{folder} is a file. Name a folder with -d.")
    _check_contents(folder, edition)


def _check_contents(folder: Path, edition: str) -> None:
    names = sorted(path.name for path in folder.iterdir() if path.name != _UNFINISHED)
    marker = read_marker(folder)
    strange = [name for name in names if name.startswith(".") or marker is None]
    if strange:
        raise FolderRefused(
            f"{folder} holds something that no build wrote (found {strange[0]}), and a build would delete it. "
            "Move it away, delete the folder if nothing in it is wanted, or name another with -d."
        )
    if marker and marker.edition != edition:
        raise FolderRefused(
            f"{folder} holds the {marker.edition} edition. Delete the folder, or name another for the {edition} edition with -d."
        )
