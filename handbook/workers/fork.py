"""Work that goes on beside other work, in a copy of this process, where that is safe."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

Work = Callable[[], bytes]
Then = Callable[[], None]
# By how much work that gives way is nicer than other work, as the system counts it: it gets a third of the time.
_LATER = 5
_LENGTH = 16  # digits in which it is said how long is what was made
# How often the process was copied on the way from the first to this one. Each copy leaves a half of the processors
# to the one that it is of.
_copied = 0


def nothing() -> None:
    """Does nothing."""


def beside(work: Work, then: Then = nothing, gives_way: bool = False) -> AbstractContextManager[Work]:
    """Starts `work` where there is a processor for it, and gives what waits for it, once, and gives what it made.

    What is to be done `then` is done by the end of the block, and nobody waits for it before.
    """
    return by_a_copy(work, then, gives_way) if processors() > 1 else nullcontext(in_turn(work, then))


def in_turn(work: Work, then: Then) -> Work:
    """Both as one piece of work."""

    def done() -> bytes:
        made = work()
        then()
        return made

    return done


@contextmanager
def by_a_copy(work: Work, then: Then = nothing, gives_way: bool = False) -> Iterator[Work]:
    """Starts `work` in a copy of this process, and gives what waits for it, once, and gives what it made.

    The copy does `then` what need not be waited for before the end of the block.
    Where there are not processors for all, work that `gives_way` comes after other work.
    What the copy cannot do, for whatever reason, is done here when it is asked for, so that a fault comes out
    as it would have without it. Work that nobody waited for is stopped at the end of the block.
    """
    copy = _Copy(work, then, _LATER if gives_way else 0)
    try:
        yield copy.made
    finally:
        copy.stop()
        gc.unfreeze()


def processors() -> int:
    """How many processes may share the work of this one. A process with threads is not safe to copy."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, here >> _copied)


class _Copy:
    """A copy of this process that does one piece of work."""

    def __init__(self, work: Work, then: Then, niceness: int):
        self._work, self._then, self._niceness = work, then, niceness
        self._asked = False
        # A look for memory to free writes to all that it looks at, and what is written to is no longer shared with a
        # copy. What there is now, neither looks at until there is no copy.
        gc.freeze()
        self._pipe, writer = os.pipe()
        self._process = os.fork()
        if not self._process:
            self._do(writer)
        os.close(writer)

    def made(self) -> bytes:
        """What the work made: what the copy gave, if that is all of it. It comes after its length."""
        self._asked = True
        with os.fdopen(self._pipe, "rb") as pipe:
            length, made = pipe.read(_LENGTH), pipe.read()
        if len(length) == _LENGTH and int(length) == len(made):
            return made
        made = self._work()
        self._then()
        return made

    def stop(self) -> None:
        """Waits for the end of the copy, and brings it about if nobody has asked what it made."""
        if not self._asked:
            os.close(self._pipe)
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)

    def _do(self, writer: int) -> None:
        """The work, and the end of the copy: nothing of what this process would do at its end is for a copy to do."""
        global _copied  # noqa: PLW0603, of the copy alone
        _copied += 1
        try:
            os.close(self._pipe)
            os.nice(self._niceness)
            made = self._work()
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(b"%0*d" % (_LENGTH, len(made)))
                pipe.write(made)
            self._then()
        finally:
            os._exit(0)
