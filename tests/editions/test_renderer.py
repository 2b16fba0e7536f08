"""A page is the same whenever it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.editions.check import check
from handbook.editions.renderer import write
from handbook.loading.handbook import read_handbook
from handbook.model.dependencies import on_record
from handbook.model.editions import Edition
from tests.conftest import copy_full_example


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
        assert late.reads[path] == at_once.reads[path], path


def test_partners_are_not_told_what_only_staff_are_shown(tmp_path: Path) -> None:
    """Rules look at a whole page. What they read in its staff blocks is no use of it by the partner edition."""
    full_example = copy_full_example(tmp_path / "handbook")
    page = full_example / "docs/open-data.md"
    page.write_text(page.read_text("utf-8") + '\n{% if internal %}\n{{ figure("turnover") }}\n\n{% endif %}\n', "utf-8")
    editions = check(full_example).editions
    shown = on_record("figure", "turnover")
    assert shown in editions[Edition.INTERNAL].reads["open-data.md"]
    assert shown not in editions[Edition.PARTNER].reads["open-data.md"]
