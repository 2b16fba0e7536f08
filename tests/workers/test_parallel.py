"""Work that is spread over processes comes to what one process makes of it, whatever becomes of the others."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from handbook.build.mkdocs.build import build
from handbook.files.manifest import files_in
from handbook.model.editions import Edition
from handbook.workers import parallel as module
from handbook.workers.parallel import spread

NAMES = [f"page-{number}" for number in range(7)]


@pytest.fixture(params=[1, 3])
def processors(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    count: int = request.param
    monkeypatch.setattr(module, "_FEWEST", 1)
    monkeypatch.setattr(module, "processors", lambda: count)
    return count


def _work(name: str) -> list[bytes]:
    return [name.encode(), str(os.getpid()).encode()]


def _results(lines: list[bytes]) -> dict[bytes, bytes]:
    return dict(zip(lines[::2], lines[1::2], strict=True))


def test_every_piece_is_done_and_by_as_many_processes_as_there_are(processors: int, tmp_path: Path) -> None:
    def once_all_are_there(name: str) -> list[bytes]:
        (tmp_path / str(os.getpid())).touch()
        until = time.monotonic() + 30
        while len(list(tmp_path.iterdir())) < processors and time.monotonic() < until:
            time.sleep(0.001)
        return _work(name)

    done = spread(once_all_are_there, NAMES, 2)
    assert done[::2] == [name.encode() for name in NAMES]
    assert len(set(done[1::2])) == processors


def test_whoever_is_ready_takes_what_is_next(processors: int) -> None:
    def work(name: str) -> list[bytes]:
        if name == NAMES[0]:
            time.sleep(0.5)
        return _work(name)

    done = _results(spread(work, NAMES, 2))
    long = done[NAMES[0].encode()]
    others = [name for name, process in done.items() if process == long and name != NAMES[0].encode()]
    assert others == [] or processors == 1


def test_the_results_come_in_the_order_of_the_names(processors: int) -> None:
    assert spread(_work, NAMES, 2)[::2] == [name.encode() for name in NAMES]


@pytest.mark.parametrize("lines", [[], [b"one too few"], [b"1", b"2", b"one too many"]])
def test_what_a_copy_does_not_do_is_done_here(lines: list[bytes], processors: int) -> None:
    here = os.getpid()
    done = _results(spread(lambda name: _work(name) if os.getpid() == here else lines, NAMES, 2))
    assert set(done) == {name.encode() for name in NAMES}
    assert set(done.values()) == {str(here).encode()}


def test_a_copy_that_ends_early_costs_only_time(processors: int) -> None:
    here = os.getpid()
    done = _results(spread(lambda name: _work(name) if os.getpid() == here else os._exit(3), NAMES, 2))
    assert set(done) == {name.encode() for name in NAMES}


def test_a_fault_comes_out_as_it_would_in_one_process(processors: int) -> None:
    def work(name: str) -> list[bytes]:
        if name == NAMES[-1]:
            raise ValueError(name)
        return _work(name)

    with pytest.raises(ValueError, match=NAMES[-1]):
        spread(work, NAMES, 2)


def test_a_site_is_the_same_however_many_processes_make_it(
    site_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for count in (1, 3):
        monkeypatch.setattr(module, "_FEWEST", 1)
        monkeypatch.setattr(module, "processors", lambda count=count: count)
        made.append(files_in(build(site_root, Edition.INTERNAL, tmp_path / str(count), use_cache=False)))
    assert made[0] == made[1]
