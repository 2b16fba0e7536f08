"""The guide to adding a reporting period, done as it says: what stands at its end, and what stood before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handbook.editions.check import check
from handbook.editions.renderer import write
from handbook.model.editions import Edition
from tests.conftest import ROOT, TWO_REPORTS
from tests.editing.test_guide import Once, played


@pytest.fixture
def done(once: Once) -> Path:
    return played("add-a-reporting-period.md", once)


def test_the_guide_leads_to_a_handbook_without_errors(done: Path) -> None:
    found = check(done)
    assert not found.problems
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
        assert "Ofsted makes an example of a visit" in changed


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


def test_the_past_of_the_project_is_its_present_of_before(done: Path) -> None:
    """The handbook as at the December report says on every page what it says today, but where words were mended."""
    then, now = check(done).handbook, check(ROOT).handbook
    assert then
    assert now
    # Words are not rewound.
    mended = {path for path, page in now.docs.pages.items() if then.docs.pages[path].source != page.source}
    assert mended == {"workstreams/neglect.md"}
    for edition in Edition:
        past, present = write(then, edition, date(2021, 12, 21))[0], write(now, edition, date(2021, 12, 21))[0]
        assert past.pages.keys() == present.pages.keys()
        for path in past.pages.keys() - mended:
            assert past.markdown(path).markdown == present.markdown(path).markdown, path
