"""Work on many pages, spread over the processors of the computer where that is quicker and safe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

from .beside import beside, processors

# A second process is worth its start, and what it works out again for itself, from this many pages on for each.
_FEWEST = 60
_MOST = 8


def spread(work: Callable[[str], list[bytes]], names: Sequence[str], lines: int) -> list[bytes]:
    """What `work` gives for each name, as lines one after the other: `lines` of them for each.

    A copy of this process does each share but the first.
    """
    count = min(processors(), _MOST, max(1, len(names) // _FEWEST))
    shares = [names[start::count] for start in range(count)]
    with ExitStack() as stack:
        copies = [stack.enter_context(beside(partial(_joined, work, share))) for share in shares[1:]]
        done = [line for name in shares[0] for line in work(name)]
        for copy in copies:
            done += copy().split(b"\n")[:-1]
    assert len(done) == lines * len(names)
    return done


def _joined(work: Callable[[str], list[bytes]], names: Sequence[str]) -> bytes:
    return b"".join(line + b"\n" for name in names for line in work(name))
