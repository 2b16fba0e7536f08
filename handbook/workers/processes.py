"""Work in forked processes, which have all that this process has and send back what they computed.

Work is done by this process itself where another would not help or is not safe: on a single processor, on a platform
without fork, and in a process that has threads.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

Work = Callable[[], bytes]
Then = Callable[[], None]
# The niceness of work that gives way, which gets a third of the time of other work.
_NICENESS = 5
# Another process is worth its start from this many items for each on.
_FEWEST_ITEMS = 60
_MOST_PROCESSES = 8
# Items are given out in so many chunks for each process, since a page may take as long as a hundred others.
_CHUNKS = 16
_INTERRUPTED = 130
# How many forks this process is away from the first. Each level halves the processors that it may use.
_depth = 0


class WorkerError(RuntimeError):
    """A forked process failed. The message holds its traceback, or how it ended."""


def processors() -> int:
    """How many processes may share the work of this one: one where it cannot be forked safely."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, here >> _depth)


@contextmanager
def run_in_fork(work: Work, then: Then | None = None, gives_way: bool = False) -> Iterator[Work]:
    """Run `work` in a forked process, and give a callable that blocks for its bytes. It may be called once.

    The process runs `then` once it has sent the bytes, and has ended by the end of the block. If nobody asked for the
    bytes by then, it is killed. Work that `gives_way` gets less of the processors than other work.

    An exception of `work` is raised by the callable and one of `then` at the end of the block, with a `WorkerError` as
    its cause that holds the traceback; a `WorkerError` is raised for a process that ended early.

    Where work is done by this process itself, that is when the callable is called, `then` included.
    """
    if processors() == 1:
        yield in_sequence(work, then)
        return
    worker = _Worker(work, then, gives_way)
    try:
        yield worker.result
        worker.finish()
    finally:
        worker.stop()


def in_sequence(work: Work, then: Then | None) -> Work:
    """`work` and then `then` as one piece of work."""

    def both() -> bytes:
        result = work()
        if then:
            then()
        return result

    return both


def parallel_map(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """What `function` gives for each item, in their order; processes share the items where there are many.

    What it gives must be picklable. An exception is raised as `run_in_fork` does.
    """
    count = min(processors(), _MOST_PROCESSES, max(1, len(items) // _FEWEST_ITEMS))
    if count == 1:
        return list(map(function, items))
    from multiprocessing import get_context

    size = max(1, len(items) // (count * _CHUNKS))
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    # Whoever is ready takes the number of the next chunk; a None for each process says that there are no more.
    numbers = get_context("fork").SimpleQueue()
    for number in (*range(len(chunks)), *[None] * count):
        numbers.put(number)

    def share() -> dict[int, list[R]]:
        return {number: list(map(function, chunks[number])) for number in iter(numbers.get, None)}

    with ExitStack() as stack:
        workers = [stack.enter_context(run_in_fork(lambda: pickle.dumps(share()))) for _ in range(count - 1)]
        results = share()
        for worker in workers:
            results |= pickle.loads(worker())
    return [result for number in range(len(chunks)) for result in results[number]]


def is_shared(items: Collection[Any]) -> bool:
    """True where so many items are shared between processes, if there are any."""
    return len(items) >= 2 * _FEWEST_ITEMS


class _Worker:
    """A forked process that does one piece of work."""

    def __init__(self, work: Work, then: Then | None, gives_way: bool):
        from multiprocessing import get_context

        context = get_context("fork")
        self._receiver, sender = context.Pipe(duplex=False)
        self._asked = self._ended = False
        self._process = context.Process(target=partial(_run, work, then, gives_way, sender))
        self._process.start()
        # Only the other process holds it now, so that its end is noticed.
        sender.close()

    def result(self) -> bytes:
        """Wait for the bytes."""
        self._asked = True
        self._receive()
        try:
            return self._receiver.recv_bytes()
        except (EOFError, OSError):
            raise self._early_end() from None

    def finish(self) -> None:
        """Wait until `then` is done, if anybody asked for the bytes."""
        if self._asked and not self._ended:
            self._receive()

    def stop(self) -> None:
        """Wait for the end of the process, and kill it first if nobody asked for the bytes."""
        if not self._asked:
            self._process.kill()
        self._process.join()
        self._receiver.close()
        self._process.close()

    def _receive(self) -> None:
        """Wait for the news that a step is done. Raises what it raised."""
        try:
            failure = pickle.loads(self._receiver.recv_bytes())
        except (EOFError, OSError):
            raise self._early_end() from None
        if failure:
            self._ended = True
            error, words = failure
            raise error from WorkerError(f"In a forked process:\n{words}")

    def _early_end(self) -> WorkerError:
        self._ended = True
        self._process.join()
        return WorkerError(f"A forked process ended before its work was done (exit code {self._process.exitcode}).")


def _run(work: Work, then: Then | None, gives_way: bool, sender: Connection) -> None:
    """Do the work in the forked process. News of each step goes before its bytes: None, or its exception."""
    global _depth  # noqa: PLW0603, of the forked process alone
    _depth += 1
    if gives_way:
        os.nice(_NICENESS)
    try:
        result = work()
        sender.send_bytes(pickle.dumps(None))
        sender.send_bytes(result)
        if then:
            then()
        sender.send_bytes(pickle.dumps(None))
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        # The first process has ended.
        sys.exit(1)
    except BaseException as error:
        sender.send_bytes(_failure(error))


def _failure(error: BaseException) -> bytes:
    """An exception with its traceback as text. One that cannot be pickled is told by a WorkerError."""
    words = "".join(traceback.format_exception(error))
    try:
        failure = pickle.dumps((error, words))
        pickle.loads(failure)
        return failure
    except Exception:
        return pickle.dumps((WorkerError(f"{type(error).__name__}: {error}"), words))
