"""The guide to adding a reporting period, done as it says: its text typed, its commands run, on a copy of the project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from macros import cli
from macros.content.editions import Edition
from macros.content.problems import Severity
from macros.publish.check import check
from macros.publish.write import write

from ..conftest import ROOT
from ..publish.tree import copy_project

GUIDE = ROOT / "docs/editing/add-a-reporting-period.md"
_BLOCK = re.compile(r"^(?P<before>[^\n]*)\n\n(?:\{% raw %\}\n)?```\w*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def steps() -> Iterator[tuple[str, str]]:
    """Each block of the guide that is typed, with the sentence before it."""
    for block in _BLOCK.finditer(GUIDE.read_text("utf-8")):
        yield block["before"], block["text"]


def do(root: Path, sentence: str, text: str, found: list[tuple[Path, str]]) -> None:
    """Does one step. `found` holds what the step before looked for."""
    named = re.search(r"`([\w./-]+)`", sentence)
    if sentence.startswith("Add to the end of") and named:
        path = root / named[1]
        path.write_text(path.read_text("utf-8") + text, "utf-8")
    elif sentence.startswith("Make the file") and named:
        assert not (root / named[1]).exists()
        (root / named[1]).write_text(text, "utf-8")
    elif sentence.endswith("find:") and named:
        assert text in (root / named[1]).read_text("utf-8"), f"{named[1]} does not hold what the guide looks for"
        found.append((root / named[1], text))
    elif sentence == "Write in its place:":
        path, before = found.pop()
        path.write_text(path.read_text("utf-8").replace(before, text, 1), "utf-8")
    else:
        command = re.fullmatch(r"\.venv/bin/handbook (.*)\n", text)
        assert command, f"a block that nobody can do: {sentence!r}"
        words = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', command[1])]
        assert cli.main(["--root", str(root), *words]) == 0, command[0]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("period") / "handbook")
    found: list[tuple[Path, str]] = []
    for sentence, text in steps():
        do(root, sentence, text, found)
    assert not found
    return root


def test_the_guide_leads_to_a_handbook_without_errors(done: Path) -> None:
    found = check(done)
    assert [str(problem) for problem in found.problems if problem.severity is Severity.ERROR] == []
    new = found.editions[Edition.PARTNER].pages.keys() - check(ROOT).editions[Edition.PARTNER].pages.keys()
    assert new == {"reports/2022-04.md", "reports/what-has-changed.md"}


def test_what_the_guide_says_one_sees_is_there(done: Path) -> None:
    handbook = check(done).handbook
    assert handbook
    for edition in Edition:
        written = write(handbook, edition)[0]
        pages = {path: written.markdown(path).markdown for path in written.pages}
        assert '<span class="figure-note-value">over 700 people</span>' in pages["reports/2021-12.md"]
        assert '<span class="figure-note-value">over 850 people</span>' in pages["reports/2022-04.md"]
        assert "<strong>850</strong>" in pages["index.md"]
        assert "over 850 people" in pages["figures.md"]
        assert "over 700 people" in pages["figures.md"]
        changed = pages["reports/what-has-changed.md"]
        assert "Over 700 people, October 2021" in changed
        assert "Over 850 people, March 2022" in changed
        assert "Schools and children" in changed


def test_the_past_of_the_project_is_its_present_of_before(done: Path) -> None:
    """The handbook as at the December report says on every page what it says today."""
    then, now = check(done).handbook, check(ROOT).handbook
    assert then
    assert now
    for edition in Edition:
        past, present = write(then, edition, date(2021, 12, 21))[0], write(now, edition, date(2021, 12, 21))[0]
        assert {path: past.markdown(path).markdown for path in past.pages} == {
            path: present.markdown(path).markdown for path in present.pages
        }
