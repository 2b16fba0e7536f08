"""A second report: what it brings, and what it needs nobody to edit."""

from __future__ import annotations

from pathlib import Path

from handbook.editions.check import check
from handbook.editions.renderer import write
from handbook.model.editions import Edition
from tests.conftest import TWO_REPORTS


def test_a_second_report_is_data_and_a_page_of_its_own(one_report: Path, two_reports: Path) -> None:
    """Pages that nobody edited show what it says, and no code knows of it."""
    second = TWO_REPORTS / "second"
    brought = {path.relative_to(second).as_posix() for path in second.rglob("*") if path.is_file()}
    assert [path for path in brought if not path.startswith("data/")] == ["docs/reports/2022.md"]
    before, after = check(one_report), check(two_reports)
    assert not after.errors
    for edition in Edition:
        assert after.handbook
        assert before.handbook
        then, now = write(before.handbook, edition)[0], write(after.handbook, edition)[0]
        assert now.pages.keys() - then.pages.keys() == {"reports/2022.md", "reports/what-has-changed.md"}
        unedited = {path for path in then.pages if then.markdown(path).markdown != now.markdown(path).markdown}
        assert {"index.md", "figures.md", "workstreams/neglect.md", "sources.md"} <= unedited
