"""Work in forked processes gives what it gives in one process, and a failure of one is reported."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from handbook.build.mkdocs.build import build
from handbook.files.manifest import files_in
from handbook.model.editions import Edition
from handbook.workers import processes as module
from handbook.workers.processes import WorkerError, parallel_map, run_in_fork

HERE = os.getpid()
NAMES = [f"page-{number}" for number in range(7)]


def force(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Let work be shared by so many processes, whatever the computer has."""
    monkeypatch.setattr(module, "_FEWEST_ITEMS", 1)
    monkeypatch.setattr(module, "processors", lambda: count)
    return count


@pytest.fixture(params=[1, 3], ids=["one process", "three"])
def count(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    return force(request.param, monkeypatch)


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> int:
    return force(3, monkeypatch)


class Unpicklable(Exception):
    def __init__(self, first: str, second: str):
        super().__init__(first)
        self.second = second


def fail(error: BaseException) -> Callable[..., bytes]:
    def work(*_: object) -> bytes:
        raise error

    return work


# run_in_fork


def test_work_is_done_by_another_process_where_there_may_be_one(count: int) -> None:
    with run_in_fork(lambda: str(os.getpid()).encode()) as result:
        assert (int(result()) == HERE) is (count == 1)


@pytest.mark.parametrize("size", [0, 1, 10_000_000])
def test_the_bytes_come_back(size: int, count: int) -> None:
    with run_in_fork(lambda: b"a" * size) as result:
        assert result() == b"a" * size


def test_an_exception_is_raised_here(count: int) -> None:
    with (
        pytest.raises(ValueError, match="as in one process"),
        run_in_fork(fail(ValueError("as in one process"))) as result,
    ):
        result()


def test_an_exception_comes_with_its_traceback(three: int) -> None:
    with pytest.raises(ValueError) as raised, run_in_fork(fail(ValueError("deep"))) as result:
        result()
    assert isinstance(raised.value.__cause__, WorkerError)
    assert "raise error" in str(raised.value.__cause__) and "test_processes.py" in str(raised.value.__cause__)


def test_an_exception_that_cannot_be_pickled_is_reported(three: int) -> None:
    with pytest.raises(WorkerError, match="Unpicklable: one"), run_in_fork(fail(Unpicklable("one", "two"))) as result:
        result()


@pytest.mark.parametrize(
    ("end", "code"), [(lambda: os._exit(3), "3"), (lambda: os.kill(os.getpid(), 9), "-9")], ids=["an exit", "a kill"]
)
def test_an_early_end_is_reported_and_nothing_is_done_again(end: Callable[[], None], code: str, three: int) -> None:
    def work() -> bytes:
        assert os.getpid() != HERE
        end()
        return b""

    with (
        pytest.raises(WorkerError, match=rf"ended before its work was done \(exit code {code}\)"),
        run_in_fork(work) as result,
    ):
        result()


def test_the_bytes_are_there_before_what_is_done_then(three: int) -> None:
    gate, opener = get_context("fork").Pipe(duplex=False)
    with run_in_fork(lambda: b"made", lambda: gate.recv()) as result:
        # What is done then waits for what is sent after this.
        assert result() == b"made"
        opener.send(None)


def test_what_is_done_then_is_done_by_the_end_of_the_block(count: int, tmp_path: Path) -> None:
    with run_in_fork(lambda: b"made", (tmp_path / "done").touch) as result:
        result()
    assert (tmp_path / "done").exists()


def test_a_failure_of_what_is_done_then_is_reported(count: int) -> None:
    with pytest.raises(KeyError), run_in_fork(lambda: b"made", fail(KeyError("then"))) as result:
        result()


def test_work_that_nobody_waits_for_is_killed(three: int, tmp_path: Path) -> None:
    def work() -> bytes:
        (tmp_path / "process").write_text(str(os.getpid()))
        time.sleep(600)
        return b""

    with run_in_fork(work):
        while not (tmp_path / "process").is_file() or not (tmp_path / "process").read_text():
            time.sleep(0.001)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "process").read_text()), 0)


def test_each_fork_halves_the_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(8), raising=False)
    # Other tests may have left threads behind.
    monkeypatch.setattr(module.threading, "active_count", lambda: 1)

    def within(depth: int) -> bytes:
        found = str(module.processors()).encode()
        if depth == 0:
            return found
        with run_in_fork(lambda: within(depth - 1)) as result:
            return found + b" " + result()

    assert within(3) == b"8 4 2 1"


def test_a_process_with_threads_is_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.threading, "active_count", lambda: 2)
    assert module.processors() == 1


def test_a_platform_without_fork_has_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert module.processors() == 1


# parallel_map


def test_every_item_is_done_and_by_as_many_processes_as_there_are(count: int, tmp_path: Path) -> None:
    def once_all_are_there(name: str) -> tuple[str, int]:
        (tmp_path / str(os.getpid())).touch()
        while len(list(tmp_path.iterdir())) < count:
            time.sleep(0.001)
        return name, os.getpid()

    done = parallel_map(once_all_are_there, NAMES)
    assert [name for name, _ in done] == NAMES
    assert len({process for _, process in done}) == count


def test_whoever_is_ready_takes_what_is_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    force(2, monkeypatch)

    def work(name: str) -> int:
        """The first item is not done before every other is, so that one process must do all of them."""
        if name == NAMES[0]:
            while len(list(tmp_path.iterdir())) < len(NAMES) - 1:
                time.sleep(0.001)
        else:
            (tmp_path / name).touch()
        return os.getpid()

    first, *others = parallel_map(work, NAMES)
    assert len(set(others)) == 1 and first not in others


def test_an_exception_for_an_item_is_raised(count: int) -> None:
    def work(name: str) -> str:
        if name == NAMES[-1]:
            raise ValueError(name)
        return name

    with pytest.raises(ValueError, match=NAMES[-1]):
        parallel_map(work, NAMES)


def test_an_early_end_of_a_process_is_reported(three: int) -> None:
    def work(name: str) -> str:
        if os.getpid() != HERE:
            os._exit(3)
        # Leave something to the others.
        time.sleep(0.05)
        return name

    with pytest.raises(WorkerError, match="exit code 3"):
        parallel_map(work, NAMES)


def test_no_items_are_done_at_once(count: int) -> None:
    assert parallel_map(str, []) == []


def test_a_site_is_the_same_however_many_processes_make_it(
    site_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for count in (1, 3):
        force(count, monkeypatch)
        made.append(files_in(build(site_root, Edition.INTERNAL, tmp_path / str(count), use_cache=False)))
    assert made[0] == made[1]
