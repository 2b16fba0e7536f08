"""The site of this handbook: both editions whole, within their policy, with every page and nothing that partners may not read.

What is imported here are the engine's own tests of a site. They take theirs from the fixtures, which in this folder give
the handbook at the root.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.audit.site_audit import audit
from handbook.model.editions import Edition
from handbook.model.figures import Figure
from handbook.model.record_kinds import Action, Risk
from tests.build.test_assets import test_everything_that_is_named_is_there
from tests.cache.test_fingerprints import (
    test_another_process_uses_every_result_again,
    test_fingerprints_are_the_same_with_another_hash_seed,
)
from tests.deploy.test_policy import test_no_page_has_anything_inline
from tests.editing.test_schema import files_fit
from tests.editing.test_workspace import test_every_file_of_data_has_one_schema
from tests.engines.conftest import engine
from tests.engines.test_formats import read, test_the_data_and_the_feed_are_valid
from tests.exports.report.reports import edition_in
from tests.exports.test_markdown_export import (
    test_every_link_leads_to_a_file_and_a_place,
    test_every_page_shows_the_same_words,
    test_no_html_but_anchors_and_breaks,
)
from tests.html.test_reader import test_a_handbooks_pages_are_all_xml
from tests.loading.test_front_matter import readers_agree
from tests.markdown.test_fast_path import test_a_handbooks_pages_come_out_the_same

__all__ = [
    "engine",
    "read",
    "test_a_handbooks_pages_are_all_xml",
    "test_a_handbooks_pages_come_out_the_same",
    "test_another_process_uses_every_result_again",
    "test_every_file_of_data_has_one_schema",
    "test_every_link_leads_to_a_file_and_a_place",
    "test_every_page_shows_the_same_words",
    "test_everything_that_is_named_is_there",
    "test_fingerprints_are_the_same_with_another_hash_seed",
    "test_no_html_but_anchors_and_breaks",
    "test_no_page_has_anything_inline",
    "test_the_data_and_the_feed_are_valid",
]


def test_no_two_readers_differ_on_a_page_and_every_file_fits_its_schema(site_root: Path) -> None:
    pages = list((site_root / "docs").rglob("*.md"))
    assert pages
    for path in pages:
        readers_agree(path.read_text("utf-8"))
    files_fit(site_root)


@pytest.mark.parametrize("edition", Edition)
def test_a_page_is_built_for_each_page_and_each_workstream(
    edition: Edition, built: Callable[[Edition], Path], site_root: Path
) -> None:
    written = edition_in(site_root, edition)
    pages = written.pages.values()
    moved = {f"{old.removesuffix('.md')}.html" for page in pages for old in page.header.redirect_from}
    found = {path.relative_to(built(edition)).as_posix() for path in built(edition).rglob("*.html")}
    assert found == {page.url for page in pages} | moved | {"404.html"}
    figures, actions, risks = (written.store.all(kind) for kind in (Figure, Action, Risk))
    named = {each.workstream for each in (*figures, *actions) if each.workstream}
    named |= {name for risk in risks for name in risk.workstreams}
    assert named and named <= {page.header.workstream for page in pages}


def test_partners_read_nothing_internal(built: Callable[[Edition], Path], site_root: Path) -> None:
    assert audit(site_root, built(Edition.PARTNER)) == []
    found = audit(site_root, built(Edition.INTERNAL))
    assert {finding.origin.path.partition("/")[0] for finding in found if finding.origin} == {"data", "docs"}
