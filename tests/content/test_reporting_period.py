"""The guide to adding a reporting period, done as it says: what stands at its end, and what stood before."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from handbook.editions.check import check
from handbook.editions.renderer import write
from handbook.model.editions import Edition
from tests.conftest import ROOT, Once
from tests.content.test_guide import played

# The pages that the guide's story adds, the one whose words it mends, and what then stands on which page.
EXPECTED = yaml.safe_load((Path(__file__).parent / "expected/reporting_period.yml").read_text("utf-8"))


@pytest.fixture
def done(once: Once) -> Path:
    return played("add-a-reporting-period.md", once)


def test_the_guide_leads_to_a_handbook_without_errors(done: Path) -> None:
    found = check(done)
    assert not found.problems
    new = found.editions[Edition.PARTNER].pages.keys() - check(ROOT).editions[Edition.PARTNER].pages.keys()
    assert new == set(EXPECTED["added"])


def test_what_the_guide_says_one_sees_is_there(done: Path) -> None:
    handbook = check(done).handbook
    assert handbook and EXPECTED["shown"]
    for edition in Edition:
        written = write(handbook, edition)[0]
        for path, texts in EXPECTED["shown"].items():
            page = written.markdown(path).markdown
            assert [text for text in texts if text not in page] == [], path


def test_the_past_of_the_handbook_is_its_present_of_before(done: Path) -> None:
    """The handbook as at its latest report says on every page what it says today, but where words were mended."""
    then, now = check(done).handbook, check(ROOT).handbook
    assert then
    assert now
    # Words are not rewound.
    mended = {path for path, page in now.docs.pages.items() if then.docs.pages[path].source != page.source}
    assert mended == set(EXPECTED["mended"])
    day = now.settings.as_at
    for edition in Edition:
        past, present = write(then, edition, day)[0], write(now, edition, day)[0]
        assert past.pages.keys() == present.pages.keys()
        for path in past.pages.keys() - mended:
            assert past.markdown(path).markdown == present.markdown(path).markdown, path
