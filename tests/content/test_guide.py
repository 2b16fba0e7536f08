"""The guide to editing is true: each command and snippet in it is run, page by page, on a copy of the project.

How its blocks are marked is told in `guide.py`. Run with UPDATE_CASES=1 to fill in what commands print, then read it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.content.guide import Story, goes_on_from, mended, start
from tests.test_documents import missing_paths

GUIDE = ROOT / "docs/editing"
PAGES = sorted(path.relative_to(GUIDE).as_posix() for path in GUIDE.rglob("*.md"))
Once = Callable[[str, Callable[[Path], None]], Path]


def played(name: str, once: Once) -> Path:
    """The copy in which the story of a page was played to its end, made once for all workers."""
    page = (GUIDE / name).read_text("utf-8")
    earlier = goes_on_from(page)
    before = played(earlier, once) if earlier else once("guide", start)

    def play(folder: Path) -> None:
        shutil.copytree(before, folder, symlinks=True)
        story = Story(folder)
        story.play(page)
        if os.environ.get("UPDATE_CASES"):
            (GUIDE / name).write_text(mended(page, story.differences), "utf-8")
            return
        told = [
            f"{name}:{block.line} shows\n{block.text}\nand this is so:\n{said}" for block, said in story.differences
        ]
        assert not told, "\n".join([*told, "If that is meant: UPDATE_CASES=1, and read what changes."])

    return once(f"guide-{name.replace('/', '-')}", play)


@pytest.mark.parametrize("name", [name for name in PAGES if "```" in (GUIDE / name).read_text("utf-8")])
def test_the_story_of_a_page_is_true(name: str, once: Once) -> None:
    """What it says is typed, put and seen is so, and every path it names is there or was made on the way."""
    root = played(name, once)
    text = (GUIDE / name).read_text("utf-8")
    assert missing_paths(text, root) == set()
