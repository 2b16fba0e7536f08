"""A page is the same whenever it is written."""

from __future__ import annotations

import pytest

from handbook.editions.check import check
from handbook.editions.renderer import write
from handbook.loading.handbook import read_handbook
from handbook.model.editions import Edition
from tests.conftest import ROOT


@pytest.mark.parametrize("edition", Edition)
def test_a_page_that_is_asked_for_late_is_as_if_it_had_been_written_with_the_others(edition: Edition) -> None:
    handbook, _ = read_handbook(ROOT)
    at_once, _ = write(handbook, edition)
    late = check(ROOT, [edition]).editions[edition]
    for path in at_once.pages:
        assert late.evaluate(path).markdown == at_once.markdown(path).markdown, path
