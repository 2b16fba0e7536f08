"""A page is the same whenever it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.editions.check import check
from handbook.editions.renderer import write
from handbook.loading.handbook import read_handbook
from handbook.model.editions import Edition


@pytest.mark.parametrize("edition", Edition)
def test_a_page_that_is_asked_for_late_is_as_if_it_had_been_written_with_the_others(
    edition: Edition, site_root: Path
) -> None:
    handbook, _ = read_handbook(site_root)
    at_once, _ = write(handbook, edition)
    late = check(site_root, [edition]).editions[edition]
    assert at_once.pages.keys() == late.pages.keys()
    for path in at_once.pages:
        assert late.evaluate(path).markdown == at_once.markdown(path).markdown, path
