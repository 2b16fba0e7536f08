"""Work beside other work: the result is the same whoever does it, and a fault comes out as it would have here."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.workers import fork as module
from handbook.workers.fork import beside

HERE = os.getpid()


@pytest.fixture(params=[1, 2], ids=["alone", "with a copy"])
def copies(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether copies are made."""
    monkeypatch.setattr(module, "processors", lambda: request.param)
    return bool(request.param > 1)


def in_a_copy(do: Callable[[], object]) -> bytes:
    """Does something in a copy alone, and says what was made."""
    if os.getpid() != HERE:
        do()
    return b"made" * 100_000


@pytest.mark.parametrize(
    "fault",
    [lambda: None, lambda: 1 / 0, lambda: os._exit(3), lambda: os.kill(os.getpid(), 9)],
    ids=["nothing", "an error", "an early end", "a kill"],
)
def test_whatever_befalls_a_copy_the_work_is_done(fault: Callable[[], object], copies: bool) -> None:
    with beside(lambda: in_a_copy(fault)) as made:
        assert made() == b"made" * 100_000


def test_it_is_done_by_a_copy_where_there_may_be_one(copies: bool) -> None:
    with beside(lambda: str(os.getpid()).encode()) as made:
        assert (int(made()) != os.getpid()) == copies


def test_a_fault_comes_out_here(copies: bool) -> None:
    def fail() -> bytes:
        raise ValueError("as it would have")

    with beside(fail) as made, pytest.raises(ValueError, match="as it would have"):
        made()


def test_what_is_made_is_given_before_what_is_done_then(copies: bool, tmp_path: Path) -> None:
    def then() -> None:
        if copies:
            time.sleep(1)
        (tmp_path / "done").touch()

    begun = time.monotonic()
    with beside(lambda: b"made", then) as made:
        assert made() == b"made"
        assert time.monotonic() - begun < 0.9 or not copies
    assert (tmp_path / "done").exists()


def test_what_a_copy_gives_half_of_is_done_here(copies: bool) -> None:
    class Half(bytes):
        """Says that it is longer than it is."""

        def __len__(self) -> int:
            return 100

    with beside(lambda: Half(b"half") if os.getpid() != HERE else b"whole") as made:
        assert made() == b"whole"


def test_what_nobody_waits_for_is_stopped() -> None:
    begun = time.monotonic()
    with beside(lambda: in_a_copy(lambda: time.sleep(60))):
        pass
    assert time.monotonic() - begun < 30
