"""The A to Z where one name has several meanings, or starts with no letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.editions.renderer import write
from handbook.loading.handbook import read_handbook
from handbook.macros.a_to_z import a_to_z
from handbook.macros.view import SiteContext, View
from handbook.model.editions import Edition


@pytest.fixture
def shown(example: Path) -> str:
    neglect = example / "docs/workstreams/neglect.md"
    text = neglect.read_text("utf-8")
    aliases = 'aliases:\n  - "24/7"\n  - £3 million\n  - staff turnover\n  - nat2\n'
    neglect.write_text(text.replace("---\n", f"---\n{aliases}", 1), "utf-8")
    handbook, problems = read_handbook(example)
    assert not problems
    edition, _ = write(handbook, Edition.PARTNER)
    return a_to_z(View(SiteContext(edition.store, edition.pages), edition.pages["index.md"]))


def test_what_starts_with_no_letter_comes_first_and_together(shown: str) -> None:
    assert re.findall(r"^## (.+?) \{", shown, re.MULTILINE)[:2] == ["0 to 9", "A"]
    first = shown.split("\n## ")[1]
    assert first.index(">24/7<") < first.index(">£3 million<")


def test_one_name_has_one_line_with_every_way(shown: str) -> None:
    """However it is written: the page's name for it first."""
    line = next(line for line in shown.split("\n") if ">nat2<" in line)
    assert 'href="workstreams/neglect.html">nat2</a> <span class="a-to-z-place">Neglect</span>' in line
    assert 'href="glossary.html#neglect-tool">Words</a>' in line
    assert ">NAT2<" not in shown
    assert shown.count("turnover</a>") == 1


def test_partners_see_no_name_of_what_is_internal(shown: str) -> None:
    assert "overspend" not in shown and "Notes" not in shown
