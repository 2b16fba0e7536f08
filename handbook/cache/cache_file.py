"""The files that results are kept in, whole or not used at all.

The first line holds the form of the file, the environment that the results were made in, and a hash
of the rest. The rest is a row of parts: what the results read, each named once, with the names of the results,
and then the two parts of each. A file that was cut short, changed, or made elsewhere is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from handbook.workers.framing import in_a_row, parted

_FORM = "handbook cache 3"


@dataclass(frozen=True)
class CachedResult:
    """What a piece of work came to: a small part that is always wanted, as JSON, and a body that may not be, packed.

    `reads` holds what the work read, each with a fingerprint of what it was then.
    """

    reads: tuple[tuple[str, str], ...]
    found: bytes
    packed: bytes

    @cached_property
    def value(self) -> Any:
        """The small part, read once. It is for reading alone."""
        return json.loads(self.found)

    @property
    def body(self) -> bytes:
        """The body, unpacked whenever it is asked for: those of all pages would fill the memory."""
        return _unpacked(self.packed)


def packed(body: bytes) -> bytes:
    """A body as a result holds it."""
    # The quickest way: a page comes to a quarter of its size. The way after it takes twice the time for a tenth less.
    return zlib.compress(body, 1)


# A body is often asked for twice in a row.
@lru_cache(maxsize=1)
def _unpacked(body: bytes) -> bytes:
    return zlib.decompress(body)


def load(path: Path, environment: str) -> dict[str, CachedResult]:
    """The results in a file by name: none, unless the file is whole and was made in this environment."""
    try:
        with path.open("rb") as file:
            head, rest = json.loads(file.readline()), file.read()
        if head != {"form": _FORM, "environment": environment, "sha256": hashlib.sha256(rest).hexdigest()}:
            return {}
        index, *parts = parted(rest)
        table, listed = json.loads(index)
        known = [(str(key), str(fingerprint)) for key, fingerprint in table]
        return {
            str(name): CachedResult(tuple([known[read] for read in reads]), found, body)
            for (name, reads), found, body in zip(listed, parts[::2], parts[1::2], strict=True)
        }
    except (OSError, ValueError, TypeError, IndexError):
        return {}


def save(path: Path, environment: str, results: Iterable[tuple[str, CachedResult]]) -> None:
    """Writes results to a file in one step, so that a build beside this one finds the file before or this one.

    A disk that is full or cannot be written to costs the next build its time, and nothing else.
    """
    known: dict[tuple[str, str], int] = {}
    listed: list[tuple[str, list[int]]] = []
    parts: list[bytes] = []
    for name, result in results:
        reads = [known.setdefault(read, len(known)) for read in result.reads]
        listed.append((name, reads))
        parts += [result.found, result.packed]
    # Not joined: the bodies of all pages are held once already.
    row = in_a_row([json.dumps([list(known), listed]).encode(), *parts])
    digest = hashlib.sha256()
    for part in row:
        digest.update(part)
    head = {"form": _FORM, "environment": environment, "sha256": digest.hexdigest()}
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            file.writelines([json.dumps(head).encode(), b"\n", *row])
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink()
