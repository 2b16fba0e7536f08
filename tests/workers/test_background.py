"""What is done while a site is built: it is all done at the end of the block, whoever does it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook.files.manifest import entry_of, files_in
from handbook.workers import fork as beside
from handbook.workers.background import BackgroundTasks

HERE = os.getpid()


@pytest.fixture(params=[1, 2], ids=["alone", "with copies"], autouse=True)
def _copies(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "processors", lambda: request.param)


def test_files_are_found_in_folders_that_are_there_and_in_others(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/page.html").write_text("a page")
    with BackgroundTasks([tmp_path / "site", tmp_path / "none"]) as meanwhile:
        for folder in (tmp_path / "site", tmp_path / "none", tmp_path):
            assert meanwhile.files_in(folder) == files_in(folder)
            assert meanwhile.files_in(folder) == files_in(folder)


def test_a_folder_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("a page")
    with BackgroundTasks([tmp_path]) as meanwhile:
        before = meanwhile.files_in(tmp_path)
        (tmp_path / "page.html").write_text("another")
        assert meanwhile.files_in(tmp_path) == before != files_in(tmp_path)


def test_what_was_noted_of_a_folder_is_what_it_holds_now(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    with BackgroundTasks([tmp_path]) as meanwhile:
        before = meanwhile.files_in(tmp_path)
        now = {**before, "new": entry_of(b"new")}
        meanwhile.note(tmp_path, now)
        assert meanwhile.files_in(tmp_path) == now


def test_work_is_done_at_the_end_of_the_block(tmp_path: Path) -> None:
    with BackgroundTasks() as meanwhile:
        meanwhile.do(lambda: (tmp_path / "kept").touch())
    assert (tmp_path / "kept").exists()


def test_work_is_done_where_the_block_fails_or_a_copy_does(tmp_path: Path) -> None:
    def work() -> None:
        assert os.getpid() == HERE
        (tmp_path / "kept").touch()

    with pytest.raises(KeyError), BackgroundTasks() as meanwhile:
        meanwhile.do(work)
        raise KeyError
    assert (tmp_path / "kept").exists()
