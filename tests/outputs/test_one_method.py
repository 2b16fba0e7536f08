"""Progress is worked out in one place: pages, charts, the report, the data and the feed all say what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from handbook.build.generated_files import generated_files
from handbook.cache.build_cache import BuildCache
from handbook.editions.check import check
from handbook.exports.report.council_shape import PARTS
from handbook.exports.report.markdown import markdown
from handbook.exports.report.report import document_of, report_page
from handbook.model import progress
from handbook.model.editions import Edition
from handbook.model.figures import Observation
from tests.conftest import copy_with_reports

HOW = {
    "headline": "index.md",
    "progress": "bodies.md",
    "chart": "glossary.md",
    "history": "reports/2021.md",
    "what changed": "reports/what-has-changed.md",
}
_POINTS = re.compile(r"([\d.]+) percentage(?= )")


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """The example after its second report, with turnover shown in every way."""
    root = copy_with_reports(tmp_path / "handbook", 2)
    for name, added in (
        ("bodies.md", '{{ progress("turnover") }}'),
        ("glossary.md", '{{ chart("turnover") }}'),
        ("reports/2022.md", '{{ change("turnover") }}\n\n' + "\n\n".join(f"## {part}\n\nWords." for part in PARTS)),
    ):
        page = root / "docs" / name
        page.write_text(f"{page.read_text('utf-8')}\n\n{added}\n", "utf-8")
    return root


def everything(root: Path) -> dict[str, str]:
    """By the way in which it is told, all that partners are told where the progress of a figure may be part of it."""
    checked = check(root, [Edition.PARTNER])
    assert not checked.errors, checked.errors
    written = checked.editions[Edition.PARTNER]
    files = generated_files(written, BuildCache())
    return {
        **{way: written.markdown(page).markdown for way, page in HOW.items()},
        "report": markdown(document_of(written, report_page(written, "2022"))).decode(),
        "data as CSV": files["data/figures-progress.csv"].decode(),
        "data as JSON": files["data/figures-progress.json"].decode(),
        "feed": files["feed.xml"].decode(),
        "plain text": files["handbook.txt"].decode(),
    }


def test_another_method_changes_every_place_where_progress_is_told(
    handbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(handbook)
    assert {way for way, text in before.items() if "percentage points" not in text} == set()
    interval = progress.interval

    def doubled(seen: Observation) -> progress.Interval:
        found = interval(seen)
        return replace(found, low=found.low and found.low * 2, high=found.high and found.high * 2)

    monkeypatch.setattr(progress, "interval", doubled)
    after = everything(handbook)
    assert {way for way in before if after[way] == before[way]} == set()
    for way, text in before.items():
        assert after[way] == _POINTS.sub(lambda match: f"{Decimal(match[1]) * 2} percentage", text), way
