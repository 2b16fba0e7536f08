"""The files that results are kept in: JSON, whole or not used at all.

The first line holds the form of the file, the environment that the results were made in, and a hash
of the rest; the second what the results read, each named once. A file that was cut short, changed, or made elsewhere is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

_FORM = "handbook cache 2"


@dataclass(frozen=True)
class Result:
    """What a piece of work came to, as JSON: a small part that is always wanted, and a body that may not be.

    `reads` holds what the work read, each with a fingerprint of what it was then.
    """

    reads: frozenset[tuple[str, str]]
    found: bytes
    body: bytes

    @cached_property
    def value(self) -> Any:
        """The small part, read once. It is for reading alone."""
        return json.loads(self.found)


def load(path: Path, environment: str) -> dict[str, Result]:
    """The results in a file by name: none, unless the file is whole and was made in this environment."""
    try:
        first, _, rest = path.read_bytes().partition(b"\n")
        head = json.loads(first)
        if head != {"form": _FORM, "environment": environment, "sha256": hashlib.sha256(rest).hexdigest()}:
            return {}
        table, *lines = rest.split(b"\n")
        known = [(str(key), str(fingerprint)) for key, fingerprint in json.loads(table)]
        results = {}
        for at in range(0, len(lines) - 1, 3):
            name, reads = json.loads(lines[at])
            results[str(name)] = Result(frozenset([known[read] for read in reads]), lines[at + 1], lines[at + 2])
        return results
    except (OSError, ValueError, TypeError, IndexError):
        return {}


def save(path: Path, environment: str, results: Iterable[tuple[str, Result]]) -> None:
    """Writes results to a file in one step, so that a build beside this one finds the file before or this one.

    A disk that is full or cannot be written to costs the next build its time, and nothing else.
    """
    known: dict[tuple[str, str], int] = {}
    lines = []
    for name, result in results:
        reads = [known.setdefault(read, len(known)) for read in sorted(result.reads)]
        lines += [json.dumps([name, reads]).encode(), result.found, result.body]
    rest = b"\n".join([json.dumps(list(known)).encode(), *lines, b""])
    head = {"form": _FORM, "environment": environment, "sha256": hashlib.sha256(rest).hexdigest()}
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(json.dumps(head).encode() + b"\n" + rest)
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink()
