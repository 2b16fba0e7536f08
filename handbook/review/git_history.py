"""The handbook as it was: earlier trees out of git, and who wrote and who agreed to what came since."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TRAILER = "Audience-reviewed-by"
# What work is compared with when nobody says.
_MAIN = ("origin/main", "main")
# Where a change of audience is written. A commit that touches neither makes nobody an author of one.
_CONTENT = ("docs", "data")


class NoHistory(Exception):
    """Git cannot say what was asked. The message says why and what to do."""


@dataclass(frozen=True)
class Start:
    """Where the work began: the name that a person gave, and the commit it stands for here."""

    name: str
    commit: str

    def __str__(self) -> str:
        return f"{self.name} ({self.commit[:10]})"


def start_of(root: Path, revision: str | None = None) -> Start:
    """Where the work at HEAD parted from `revision`; without one, from main as it is shared, or here.

    Where git knows no main, it is HEAD, and what is not committed is the work. Raises NoHistory.
    """
    if revision is None:
        known = (name for name in _MAIN if _git(root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"))
        revision = next(known, "HEAD")
    return Start(revision, parted_from(root, revision))


def parted_from(root: Path, revision: str) -> str:
    """The commit at which the work at HEAD parted from `revision`. Raises NoHistory."""
    if not _git(root, "rev-parse", "--is-inside-work-tree"):
        raise NoHistory(f"{root} is not in a git repository, so there is nothing to compare it with.")
    commit = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not commit:
        raise NoHistory(
            f"Git knows no revision {revision}. Fetch it first, as in git fetch origin main.{_shallow(root)}"
        )
    parted = _git(root, "merge-base", commit, "HEAD")
    if not parted:
        raise NoHistory(
            f"{revision} and HEAD share no history here. Fetch all of it, as in git fetch origin.{_shallow(root)}"
        )
    return parted


@contextmanager
def tree_at(root: Path, commit: str) -> Iterator[Path]:
    """A folder with the handbook at `root` as it was at `commit`, until the end of the block. Raises NoHistory."""
    with tempfile.TemporaryDirectory(prefix="handbook-") as folder:
        done = subprocess.run(["git", "-C", root, "archive", "--format=zip", commit], capture_output=True)
        if done.returncode != 0:
            raise NoHistory(f"Git cannot give the files of {commit}: {done.stderr.decode(errors='replace').strip()}")
        with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder)
        yield Path(folder)


def reviews_since(root: Path, commit: str) -> dict[str, set[str]]:
    """Each commit since `commit` that says who agreed to it, with their names, newest first."""
    lines = _git(root, "log", f"--format=%H%x1f%(trailers:key={TRAILER},valueonly,separator=%x1f)", f"{commit}..HEAD")
    found = (line.split("\x1f") for line in lines.splitlines())
    return {commit: names for commit, *said in found if (names := set(filter(None, map(_name, said))))}


def authors_since(root: Path, commit: str) -> set[str]:
    """The names of those who wrote anything under docs/ or data/ since `commit`."""
    said = _git(
        root,
        "log",
        "--full-history",
        "--format=%an%n%(trailers:key=Co-authored-by,valueonly)",
        f"{commit}..HEAD",
        "--",
        *_CONTENT,
    )
    return set(filter(None, map(_name, said.splitlines())))


def other_files(root: Path, commit: str) -> list[str]:
    """The files outside docs/ and data/ that are not as they were at `commit`, with those that git does not know yet."""
    apart = ["--", ".", *(f":(exclude){folder}" for folder in _CONTENT)]
    changed = _git(root, "diff", "--name-only", "--relative", "--no-ext-diff", "-z", commit, *apart)
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z", *apart)
    return sorted(set(filter(None, f"{changed}\0{new}".split("\0"))))


def _shallow(root: Path) -> str:
    """What to do where a clone holds only the latest commits. Empty for a whole one."""
    shallow = _git(root, "rev-parse", "--is-shallow-repository") == "true"
    return " This clone holds only the latest commits. Fetch the others: git fetch --unshallow." if shallow else ""


def _name(said: str) -> str:
    """A name without an address, with single spaces."""
    return " ".join(re.sub(r"<[^>]*>", " ", said).split())


def _git(root: Path, *arguments: str) -> str:
    """What git prints, and nothing where it fails. Raises NoHistory where there is no git."""
    try:
        done = subprocess.run(["git", "-C", root, *arguments], capture_output=True, encoding="utf-8", errors="replace")
    except OSError:
        raise NoHistory("Git is not installed here, and without it there is nothing to compare with.") from None
    return done.stdout.strip() if done.returncode == 0 else ""
