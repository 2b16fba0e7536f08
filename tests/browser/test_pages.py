"""Every page of both editions in a real browser: nothing breaks, nothing is fetched elsewhere, nothing overflows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from macros.content.editions import Edition
from macros.content.handbook import read_handbook

from ..conftest import ROOT
from .conftest import Visit

HANDBOOK, _ = read_handbook(ROOT)
PAGES = [
    (edition, page.url) for edition in Edition for page in HANDBOOK.docs.pages.values() if edition.shows(page.audience)
]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
@pytest.mark.parametrize("edition", Edition)
def test_every_page_is_sound(edition: Edition, width: int, scheme: str, visit: Callable[..., Visit]) -> None:
    window = visit(edition, width=width, scheme=scheme)
    wrong = []
    for url in [url for of, url in PAGES if of is edition] + ["404.html"]:
        page = window.open(url)
        if page.evaluate(OVERFLOW) > 0:
            wrong.append(f"{url} is wider than the window")
        if page.locator("h1").count() != 1:
            wrong.append(f"{url} has {page.locator('h1').count()} main headings")
        bar = page.locator(".edition").inner_text()
        if ("Internal" in bar) != (edition is Edition.INTERNAL):
            wrong.append(f"{url} has the bar {bar!r}")
    assert not wrong
    assert not window.errors
    assert not window.elsewhere


@pytest.mark.parametrize("edition", Edition)
def test_a_figure_opens_its_note_by_key_and_closes_with_escape(edition: Edition, visit: Callable[..., Visit]) -> None:
    page = visit(edition, width=320).open("workstreams/neglect.html")
    mark = page.locator(".figure-mark").first
    mark.focus()
    page.keyboard.press("Enter")
    note = page.locator(".figure-note").first
    assert note.is_visible()
    assert "Cabinet report, 21 December 2021, paragraph 18" in note.inner_text()
    page.keyboard.press("Escape")
    assert note.is_hidden()
    assert mark.evaluate("mark => mark === document.activeElement")


def test_without_scripts_the_page_is_readable_and_the_menu_works(visit: Callable[..., Visit]) -> None:
    page = visit(width=390, java_script_enabled=False).open("workstreams/neglect.html")
    assert page.get_by_role("heading", name="Position as reported").is_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Mindworks Surrey").click()
    page.wait_for_url("**/workstreams/mindworks.html")


def test_partners_are_not_asked_to_stay_out_of_search_engines(visit: Callable[..., Visit]) -> None:
    robots = "meta[name=robots]"
    assert visit(Edition.INTERNAL).open("index.html").locator(robots).get_attribute("content") == "noindex"
    assert visit(Edition.PARTNER).open("index.html").locator(robots).count() == 0
