"""Results are computed in a forked process, or by the process itself where another would hold too much."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook.cache.build_cache import DATABASE, BuildCache
from handbook.cache.result_cache import ResultCache
from handbook.model.dependencies import Dependency, DependencyKind, note_dependency
from handbook.workers import processes as workers

KIND = "internal"


def _work(name: str) -> tuple[str, bytes]:
    note_dependency(DependencyKind.SOURCE_TEXT, name)
    return name, name.encode()


def _same(dependency: Dependency) -> str:
    return " ".join(dependency.name)


def _process_of(cache: BuildCache) -> int:
    with cache.run_in_background(lambda: str(os.getpid()).encode(), KIND) as process:
        return int(process())


@pytest.mark.parametrize(("pages", "here"), [(3, False), (1000, True)])
def test_work_is_forked_only_where_few_results_are_new(
    pages: int, here: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "processors", lambda: 2)
    cache = BuildCache(tmp_path, "here")
    cache.results_of(KIND).results(list(map(str, range(pages))), _work, _same)
    assert (_process_of(cache) == os.getpid()) is here
    # Whoever does it saves the results.
    again = BuildCache(tmp_path, "here").results_of(KIND)
    assert again.results(["1"], _work, _same)["1"].body == b"1"
    assert again.computed == []
    assert (tmp_path / DATABASE).is_file()


def test_a_body_is_held_compressed() -> None:
    page = b"<p>Neglect</p>" * 1000
    held = BuildCache().results_of(KIND).results(["a.md"], lambda _: (None, page), _same)["a.md"]
    assert held.body == page
    assert len(held.compressed) < len(page) / 10


def test_a_result_is_computed_again_when_a_dependency_has_changed() -> None:
    cache = ResultCache()
    cache.results(["a.md", "b.md"], _work, _same)
    cache.begin_build()
    cache.results(
        ["a.md", "b.md"], _work, lambda dependency: "new" if dependency.name == ("b.md",) else _same(dependency)
    )
    assert cache.computed == ["b.md"]


def test_a_result_with_a_dependency_of_an_unknown_kind_is_never_used_again(tmp_path: Path) -> None:
    cache = BuildCache(tmp_path, "here").results_of(KIND)
    cache.results(["a.md"], _work, lambda _: None)
    cache.save()
    assert BuildCache(tmp_path, "here").results_of(KIND)._before == {}
    cache.begin_build()
    cache.results(["a.md"], _work, lambda _: None)
    assert cache.computed == ["a.md"]
