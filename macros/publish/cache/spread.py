"""Work on many pages, spread over the processors of the computer where that is quicker and safe."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence

# A second process is worth its start, and what it works out again for itself, from this many pages on for each.
_FEWEST = 60
_MOST = 8


def spread(work: Callable[[str], list[bytes]], names: Sequence[str], lines: int) -> list[bytes]:
    """What `work` gives for each name, as lines one after the other: `lines` of them for each.

    A copy of this process does each share but the first. What a copy cannot do, for whatever reason,
    is done here, so that a fault comes out as it would have without it.
    """
    count = min(_processors(), _MOST, max(1, len(names) // _FEWEST))
    shares = [names[start::count] for start in range(count)]
    copies = [_start(work, share) for share in shares[1:]]
    done = [line for name in shares[0] for line in work(name)]
    for share, (process, pipe) in zip(shares[1:], copies, strict=True):
        with os.fdopen(pipe, "rb") as reader:
            made = reader.read().split(b"\n")[:-1]
        _, status = os.waitpid(process, 0)
        if status != 0 or len(made) != lines * len(share):
            made = [line for name in share for line in work(name)]
        done += made
    return done


def _processors() -> int:
    """How many processes may share the work. A process with threads is not safe to copy."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start(work: Callable[[str], list[bytes]], share: Sequence[str]) -> tuple[int, int]:
    """Starts a copy of this process on a share of the work, and gives its id and where its lines can be read."""
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return process, reader
    status = 1
    try:
        os.close(reader)
        lines = [line for name in share for line in work(name)]
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(b"\n".join([*lines, b""]))
        status = 0
    finally:
        # Nothing of what this process would do at its end is for a copy to do.
        os._exit(status)
