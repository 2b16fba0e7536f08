"""What is kept comes back as it was, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.cache.cache_file import CachedResult, load, save

RESULTS = {
    "a.md": CachedResult((("records:*", "2"), ("text:a.md", "1")), b'{"failed":false}', b'["<p>a</p>",[]]'),
    "b.md": CachedResult((("records:*", "2"),), b"null", b"null"),
    "c.md": CachedResult((), b"null", b"null"),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kept/internal"
    save(path, "here", RESULTS.items())
    return path


def test_what_was_kept_comes_back(file: Path) -> None:
    assert load(file, "here") == RESULTS
    assert [path.name for path in file.parent.iterdir()] == ["internal"]


def test_what_was_kept_elsewhere_does_not(file: Path) -> None:
    assert load(file, "there") == {}


@settings(deadline=None)
@given(data=st.data())
def test_a_damaged_file_gives_nothing_that_was_not_kept(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("kept") / "internal"
    save(path, "here", RESULTS.items())
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.integers(0, 3))
    put = data.draw(st.binary(max_size=3))
    path.write_bytes(whole[:at] + put + whole[at + cut :])
    # A space more in the first line changes nothing that is kept.
    assert load(path, "here") in ({}, RESULTS)
    path.write_bytes(whole[: len(whole) - 1 - at])
    assert load(path, "here") == {}


@pytest.mark.parametrize("content", [b"", b"\n", b"[]\n", b"null", b"{}\n1\n", b"\x80\x04K\x01.", b"{" * 100_000])
def test_what_is_no_such_file_is_not_used(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert load(file, "here") == {}


def test_a_disk_that_cannot_be_written_to_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be")
    save(tmp_path / "kept/internal", "here", RESULTS.items())
    assert load(tmp_path / "kept/internal", "here") == {}
