"""Work on many pages, spread over the processors of the computer where that is quicker and safe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

from .beside import by_a_copy, processors
from .row import joined, parted

# A second process is worth its start, and what it works out again for itself, from this many pages on for each.
_FEWEST = 60
_MOST = 8


def spread(work: Callable[[str], list[bytes]], names: Sequence[str], parts: int) -> list[bytes]:
    """What `work` gives for each name, as parts one after the other: `parts` of them for each.

    A copy of this process does each share but the first. A copy that gives another number of parts is not believed.
    """
    count = min(processors(), _MOST, max(1, len(names) // _FEWEST))
    shares = [names[start::count] for start in range(count)]
    with ExitStack() as stack:
        copies = [stack.enter_context(by_a_copy(partial(_joined, work, share))) for share in shares[1:]]
        done = _done(work, shares[0])
        for share, copy in zip(shares[1:], copies, strict=True):
            made = parted(copy())
            done += made if len(made) == parts * len(share) else _done(work, share)
    return done


def are_many(names: Sequence[str]) -> bool:
    """True where the work on these is shared."""
    return len(names) >= 2 * _FEWEST


def _done(work: Callable[[str], list[bytes]], names: Sequence[str]) -> list[bytes]:
    return [part for name in names for part in work(name)]


def _joined(work: Callable[[str], list[bytes]], names: Sequence[str]) -> bytes:
    return joined(_done(work, names))
