"""What is done apart is done by a copy of the process, or by the process itself where a copy would hold too much."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook.cache.build_cache import BuildCache
from handbook.workers import fork as beside

KIND = "internal"


def _work(name: str) -> tuple[str, bytes]:
    return name, name.encode()


def _by(keep: BuildCache) -> int:
    with keep.apart(lambda: str(os.getpid()).encode(), KIND) as done:
        return int(done())


@pytest.mark.parametrize(("pages", "here"), [(3, False), (1000, True)])
def test_a_copy_works_apart_only_where_few_pages_are_new(
    pages: int, here: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "processors", lambda: 2)
    keep = BuildCache(tmp_path, "here")
    keep.memo(KIND).results(map(str, range(pages)), _work, lambda key: key)
    assert (_by(keep) == os.getpid()) is here
    # Whoever does it keeps the results.
    assert BuildCache(tmp_path, "here").memo(KIND).results(["1"], _work, lambda key: key)["1"].body == b"1"
    assert (tmp_path / KIND).is_file()


def test_a_body_is_held_packed() -> None:
    page = b"<p>Neglect</p>" * 1000
    held = BuildCache().memo(KIND).results(["a.md"], lambda _: (None, page), lambda key: key)["a.md"]
    assert held.body == page
    assert len(held.packed) < len(page) / 10
