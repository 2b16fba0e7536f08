"""Work on many pages, spread over the processors of the computer where that is quicker and safe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial

from handbook.workers.fork import by_a_copy, processors
from handbook.workers.framing import joined, parted

# A second process is worth its start, and what it works out again for itself, from this many pages on for each.
_FEWEST = 60
_MOST = 8
# So many lots for each process: a page may take as long as a hundred others.
_LOTS = 16
_DIGITS = 4

Work = Callable[[str], list[bytes]]


def spread(work: Work, names: Sequence[str], parts: int) -> list[bytes]:
    """What `work` gives for each name, as parts one after the other in the order of the names: `parts` of them for each.

    Copies of this process help it. Whoever is ready takes the next lot of names. A lot of which a copy gives another
    number of parts than there are, or none, is done here.
    """
    count = min(processors(), _MOST, max(1, len(names) // _FEWEST))
    if count == 1:
        return _done(work, names)
    size = max(1, len(names) // (count * _LOTS))
    lots = [names[start : start + size] for start in range(0, len(names), size)]
    made: dict[int, list[bytes]] = {}
    with _numbers(len(lots)) as take, ExitStack() as stack:
        share = partial(_share, work, lots, take)
        copies = [stack.enter_context(by_a_copy(lambda: joined(list(map(_row, share()))))) for _ in range(count - 1)]
        made.update(share())
        for copy in copies:
            made.update(map(_lot, parted(copy())))
    whole = {number for number, done in made.items() if len(done) == parts * len(lots[number])}
    return [part for number, lot in enumerate(lots) for part in (made[number] if number in whole else _done(work, lot))]


def are_many(names: Sequence[str]) -> bool:
    """True where the work on these is shared."""
    return len(names) >= 2 * _FEWEST


def _share(
    work: Work, lots: Sequence[Sequence[str]], take: Callable[[], int | None]
) -> Iterator[tuple[int, list[bytes]]]:
    """The lots that one process does: the number of each, and its parts."""
    while (number := take()) is not None:
        yield number, _done(work, lots[number])


def _row(lot: tuple[int, list[bytes]]) -> bytes:
    number, done = lot
    return joined([str(number).encode(), *done])


def _lot(row: bytes) -> tuple[int, list[bytes]]:
    number, *done = parted(row)
    return int(number), done


def _done(work: Work, names: Sequence[str]) -> list[bytes]:
    return [part for name in names for part in work(name)]


@contextmanager
def _numbers(count: int) -> Iterator[Callable[[], int | None]]:
    """What gives the numbers below `count`, each once, to this process and its copies, and then None.

    They wait in a pipe, of which each takes what is next.
    """
    reader, writer = os.pipe()
    try:
        os.write(writer, b"".join(b"%0*d" % (_DIGITS, number) for number in range(count)))
        os.close(writer)
        yield lambda: int(taken) if (taken := os.read(reader, _DIGITS)) else None
    finally:
        os.close(reader)
