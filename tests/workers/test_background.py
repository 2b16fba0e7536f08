"""Background tasks are all done at the end of their block, whoever does them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook.files.manifest import entry_of, files_in
from handbook.workers import processes
from handbook.workers.background import BackgroundTasks

HERE = os.getpid()


@pytest.fixture(params=[1, 2], ids=["one process", "two"], autouse=True)
def count(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    found: int = request.param
    monkeypatch.setattr(processes, "processors", lambda: found)
    return found


def test_files_are_found_in_folders_that_are_there_and_in_others(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/page.html").write_text("a page")
    with BackgroundTasks([tmp_path / "site", tmp_path / "none"]) as background:
        for folder in (tmp_path / "site", tmp_path / "none", tmp_path):
            assert background.files_in(folder) == files_in(folder)
            assert background.files_in(folder) == files_in(folder)


def test_a_folder_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("a page")
    with BackgroundTasks([tmp_path]) as background:
        before = background.files_in(tmp_path)
        (tmp_path / "page.html").write_text("another")
        assert background.files_in(tmp_path) == before != files_in(tmp_path)


def test_what_was_noted_of_a_folder_is_what_it_holds_now(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    with BackgroundTasks([tmp_path]) as background:
        now = {**background.files_in(tmp_path), "new": entry_of(b"new")}
        background.note(tmp_path, now)
        assert background.files_in(tmp_path) == now


def test_a_task_is_done_at_the_end_of_the_block(tmp_path: Path) -> None:
    with BackgroundTasks() as background:
        background.do((tmp_path / "done").touch)
    assert (tmp_path / "done").exists()


def test_a_task_is_done_where_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyError), BackgroundTasks() as background:
        background.do((tmp_path / "done").touch)
        raise KeyError
    assert (tmp_path / "done").exists()


def test_a_failure_of_a_task_is_reported_and_the_task_is_not_done_again(count: int, tmp_path: Path) -> None:
    def task() -> None:
        assert not (tmp_path / "begun").exists()
        (tmp_path / "begun").touch()
        raise ValueError("in a task")

    with pytest.raises(ValueError, match="in a task"), BackgroundTasks() as background:
        background.do(task)
    assert (tmp_path / "begun").exists()
