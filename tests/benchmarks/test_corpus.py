"""The made-up handbook is one that every rule passes, at every step that is measured."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpus import PER_SECTION, RARE, Corpus, Reported, steps
from benchmarks.trees import path_of, write_ours
from handbook.editions.check import check
from handbook.model.record_kinds import KINDS
from handbook.rules.privacy import abbreviations
from tests.conftest import ROOT

PAGES = 20


@pytest.mark.parametrize("step", steps(PAGES))
def test_no_rule_finds_anything(step: str, tmp_path: Path) -> None:
    write_ours(steps(PAGES)[step], tmp_path)
    assert check(tmp_path).problems == []


def test_each_step_changes_what_it_says(tmp_path: Path) -> None:
    files = {}
    for step, corpus in steps(PAGES).items():
        write_ours(corpus, tmp_path)
        files[step] = {p.relative_to(tmp_path).as_posix(): p.read_text("utf-8") for p in tmp_path.rglob("*.[my]*")}
    names = list(files)
    changed = [
        sorted(path for path in files[now] | files[before] if files[now].get(path) != files[before].get(path))
        for before, now in zip(names, names[1:], strict=False)
    ]
    assert [len(paths) for paths in changed] == [1] * 5
    page, figure, title, added, removed = (paths[0] for paths in changed)
    assert figure == "data/figures/report-1.yml"
    assert len({page, title, added}) == 3 and added == removed
    assert files["removed"] == files["title"]


@pytest.mark.parametrize("pages", [20, 100, 1000])
def test_the_rare_figure_stands_on_one_page_in_a_hundred(pages: int) -> None:
    on = [page for page in Corpus(pages) if any(Reported(RARE) in getattr(block, "line", ()) for block in page.blocks)]
    assert len(on) == max(1, pages // 100)


def test_pages_are_as_large_and_sections_as_small_as_they_should_be(tmp_path: Path) -> None:
    write_ours(Corpus(100), tmp_path)
    sizes = [(tmp_path / "docs" / path_of(page)).stat().st_size for page in range(100)]
    assert 3900 < sum(sizes) / 100 < 4400
    assert (
        max(len(list(folder.iterdir())) for folder in (tmp_path / "docs").iterdir() if folder.is_dir()) == PER_SECTION
    )


def test_it_has_every_kind_of_record_and_what_is_for_staff(tmp_path: Path) -> None:
    write_ours(Corpus(PAGES), tmp_path)
    handbook = check(tmp_path).handbook
    assert handbook
    for kind in KINDS.values():
        audiences = {record.audience for record in handbook.records.values() if isinstance(record, kind.model)}
        assert audiences, kind.name
        # Sources and their outlines are public, persons are not.
        assert len(audiences) == 2 or kind.name in ("source", "outline", "person")
    pages = [(tmp_path / "docs" / path_of(page)).read_text("utf-8") for page in range(PAGES)]
    assert any("{% if internal %}" in page for page in pages)
    assert any("{{ term(" in page and "{{ body(" in page for page in pages)
    assert abbreviations(handbook)


def test_the_same_corpus_every_time(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "benchmarks.trees", tmp_path / seed, "--pages", "20"],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
        )
    first, second = (
        {path.relative_to(tmp_path / seed): path.read_bytes() for path in (tmp_path / seed).rglob("*.[my]*")}
        for seed in ("1", "2")
    )
    assert first and first == second
