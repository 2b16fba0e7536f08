"""Every page of this handbook in a real browser: the engine's own tests of a whole site, on the editions built from the root.

Each of these takes its site from the fixtures, which in this folder give the handbook at the root.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from handbook.loading.handbook import read_handbook
from handbook.model.editions import Edition
from tests.browser.conftest import Visit
from tests.browser.test_charts import test_the_words_of_every_drawing_can_be_read
from tests.browser.test_look import test_home_answers_on_one_screen
from tests.browser.test_no_scripts import (
    test_every_page_says_the_same_without_scripts,
    test_links_alone_lead_to_every_page,
)
from tests.browser.test_pages import test_every_page_is_sound
from tests.browser.test_reach import (
    large,
    test_every_control_can_be_seen_when_it_has_the_focus,
    test_text_can_be_twice_as_large,
    test_text_has_room_for_wider_spacing,
)
from tests.browser.test_search import missed
from tests.browser.test_search_parts import (
    test_every_word_of_the_texts_is_found,
    test_most_addresses_are_worked_out_from_headings,
    test_partners_are_given_parts_of_their_own,
)

__all__ = [
    "large",
    "test_every_control_can_be_seen_when_it_has_the_focus",
    "test_every_page_is_sound",
    "test_every_page_says_the_same_without_scripts",
    "test_every_word_of_the_texts_is_found",
    "test_home_answers_on_one_screen",
    "test_links_alone_lead_to_every_page",
    "test_most_addresses_are_worked_out_from_headings",
    "test_partners_are_given_parts_of_their_own",
    "test_text_can_be_twice_as_large",
    "test_text_has_room_for_wider_spacing",
    "test_the_words_of_every_drawing_can_be_read",
]

pytestmark = pytest.mark.browser

# What staff type, and the pages that should be among the first three.
QUERIES = yaml.safe_load((Path(__file__).parent / "expected/queries.yml").read_text("utf-8"))
WANTED = 0.95
# Where anyone in England can report that a child may be in danger.
HELP = "https://www.gov.uk/report-child-abuse-to-local-council"


@pytest.mark.parametrize("online", [True, False], ids=["from a server", "from disk"])
def test_the_right_page_is_among_the_first_three(
    online: bool, visit: Callable[..., Visit], built: Callable[[Edition], Path]
) -> None:
    window = visit()
    if not online:
        window.address = built(Edition.INTERNAL).as_uri()
    window.page.goto(f"{window.address}/index.html")
    wrong = missed(window.page, QUERIES)
    assert len(QUERIES) >= 60
    assert 1 - len(wrong) / len(QUERIES) >= WANTED, "\n".join(f"{query}: {found}" for query, found in wrong.items())
    assert not window.errors and not window.elsewhere


@pytest.mark.parametrize("edition", Edition)
def test_every_page_leads_to_what_the_site_owes_its_readers(
    edition: Edition, visit: Callable[..., Visit], site_root: Path
) -> None:
    """At its foot it leads to the pages about the site, and one of those leads to where a child's danger is reported."""
    handbook, _ = read_handbook(site_root)
    owed = {page.header.title for page in handbook.docs.pages.values() if page.path.startswith("about/")}
    page = visit(edition).open("index.html")
    links = page.locator(".foot-links a")
    assert owed and {title.replace("\u2019", "'") for title in links.all_inner_texts()} == owed
    offered = 0
    for number in range(len(owed)):
        links.nth(number).click()
        offered += page.locator(f".admonition a[href='{HELP}']").count()
    assert offered == 1
