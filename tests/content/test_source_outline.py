"""The outline of the latest report, held against the paper itself where that is at hand.

The paper is not part of the project. It is looked for in the folder that HANDBOOK_SOURCES names,
or else in `shared/source` beside the project.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from handbook.model.record_kinds import Body
from handbook.model.sources import OutlinePart
from tests.conftest import ROOT
from tests.content.latest_report import EXPECTED, HANDBOOK, PARTS

FOLDER = Path(os.environ.get("HANDBOOK_SOURCES", ROOT.parent / "shared" / "source"))
PAPER = FOLDER / EXPECTED["paper"]

# Where each part starts in the paper, in the paper's order.
STARTS: dict[str, str] = EXPECTED["starts"]
# Parts of the paper that the outline counts to another.
BELONGS_TO: dict[str, str] = EXPECTED["belongs_to"]
# The paper's own section headings, which stand after one part and belong to none.
HEADING = re.compile(EXPECTED["headings"], re.MULTILINE)
# A part's own number or name, which is not one of the numbers it gives.
OWN_NAME = re.compile(r"(?:\d+\. |- Annex \d )?")

needs_the_paper = pytest.mark.skipif(not PAPER.is_file(), reason=f"the paper is not at hand ({PAPER.name})")


def parts_of_the_paper() -> dict[str, str]:
    """The paper's text by the locators of the outline."""
    text = PAPER.read_text("utf-8").strip().replace("\u2019", "'").replace("\u2018", "'")
    places: list[tuple[str, int]] = []
    at = 0
    for name, pattern in STARTS.items():
        match = re.compile(pattern, re.MULTILINE).search(text, at)
        assert match, f"{name} is not in the paper after character {at}"
        places.append((name, match.start()))
        at = match.end()
    ends = [start for _, start in places[1:]] + [len(text)]
    found = {}
    for (name, start), end in zip(places, ends, strict=True):
        part = text[start:end]
        part = HEADING.sub("", part if start == 0 else OWN_NAME.sub("", part, count=1))
        found[name] = " ".join(part.split())
    for name, whole in BELONGS_TO.items():
        found[whole] += " " + found.pop(name)
    return found


def numerals(text: str) -> list[tuple[int, int]]:
    """Where digits stand."""
    return [match.span() for match in re.finditer(r"\d+", text)]


def unaccounted(part: OutlinePart, text: str) -> list[str]:
    """Digits in the paper's part that no number or date of the outline's part accounts for."""
    covered: set[int] = set()
    for named in (*part.numbers, *part.dates):
        for match in re.finditer(re.escape(named), text):
            covered.update(range(*match.span()))
    return [
        text[max(0, start - 20) : end + 20]
        for start, end in numerals(text)
        if not covered.issuperset(range(start, end))
    ]


def test_the_outline_has_every_part() -> None:
    assert [*PARTS] == [name for name in STARTS if name not in BELONGS_TO]


@needs_the_paper
@pytest.mark.parametrize("name", PARTS)
def test_numbers_and_dates_are_those_of_the_paper(name: str) -> None:
    text = parts_of_the_paper()[name]
    assert not [named for named in (*PARTS[name].numbers, *PARTS[name].dates) if named not in text]
    assert not unaccounted(PARTS[name], text)


@needs_the_paper
@pytest.mark.parametrize("name", PARTS)
def test_bodies_are_named_in_the_paper(name: str) -> None:
    text = parts_of_the_paper()[name].lower()
    missing = []
    for body_id in PARTS[name].bodies:
        body = HANDBOOK.records[body_id]
        assert isinstance(body, Body)
        if not any(known.lower() in text for known in (body.name, *body.aliases)):
            missing.append(body_id)
    assert not missing


@needs_the_paper
def test_a_number_left_out_of_the_outline_is_found() -> None:
    name, left_out = EXPECTED["a_number"]["part"], EXPECTED["a_number"]["number"]
    part, text = PARTS[name], parts_of_the_paper()[name]
    without = part.model_copy(update={"numbers": tuple(number for number in part.numbers if left_out not in number)})
    assert without != part
    assert unaccounted(without, text)
