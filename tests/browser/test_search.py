"""Search as staff use it: what is typed leads to the right place, by keyboard, by mouse and from disk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from handbook.loading.handbook import read_handbook
from handbook.model.editions import Edition
from tests.browser.conftest import Visit

# What is typed, and the page that should be among the first three: by title, alias, abbreviation, number and text.
QUERIES = {
    "foster": "workstreams/fostering.html",
    "placements": "workstreams/fostering.html",
    "neglect": "workstreams/neglect.html",
    "NAT2": "workstreams/neglect.html | glossary.html#neglect-tool",
    "NAT 2.0": "workstreams/neglect.html | glossary.html#neglect-tool",
    "prevention": "workstreams/early-help.html",
    "turnover": "workstreams/staffing.html | figures.html#turnover",
    "18.40%": "workstreams/staffing.html | figures.html#turnover",
    "18.40": "workstreams/staffing.html | figures.html#turnover",
    "vacancies": "workstreams/staffing.html | figures.html#vacant-posts",
    "vacancy": "workstreams/staffing.html | figures.html#vacant-posts",
    "october visit": "visits/autumn-2021.html",
    "the same worker for longer": "programme/young-people.html",
    "risk register": "programme/risks.html",
    "overspend": "programme/money.html | figures.html#overspend",
    "timeline": "timeline.html",
    "how to edit": "editing/index.html",
}


def wait_for(page: Page, query: str) -> None:
    """Waits until the results for `query` are there. (To wait for a script's word takes eval, which the policy refuses.)"""
    page.locator(f"#__results[data-query={json.dumps(query, ensure_ascii=False)}]").wait_for(state="attached")


def results(page: Page, query: str) -> list[str]:
    """The addresses of the results for `query`, best first, below the site's root."""
    page.get_by_label("Search the handbook").fill(str(query))
    wait_for(page, str(query))
    addresses = page.locator(".search-link").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [re.sub(r"^(?:\.{0,2}/)+", "", str(address)) for address in addresses]


def answers(wanted: str) -> list[str]:
    return [answer.strip() for answer in wanted.split("|")]


def answered(found: list[str], wanted: str) -> bool:
    """True when one of the answers is among the results: the page, or the very section if one is named."""
    return any(link == answer or link.partition("#")[0] == answer for link in found for answer in answers(wanted))


def missed(page: Page, queries: dict[str, str]) -> dict[str, list[str]]:
    """The queries that have none of their answers among the first three results, with what they found."""
    return {
        query: found for query, wanted in queries.items() if not answered(found := results(page, query)[:3], wanted)
    }


@pytest.mark.parametrize("online", [True, False], ids=["from a server", "from disk"])
def test_the_right_page_is_among_the_first_three(
    online: bool, visit: Callable[..., Visit], built: Callable[[Edition], Path]
) -> None:
    window = visit()
    if not online:
        window.address = built(Edition.INTERNAL).as_uri()
    page = window.page
    page.goto(f"{window.address}/index.html")
    assert missed(page, QUERIES) == {}
    assert not window.errors and not window.elsewhere


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("neglekt", "workstreams/neglect.html"),
        ("retension", "workstreams/staffing.html"),
        ("fsotering", "workstreams/fostering.html"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(typed: str, wanted: str, visit: Callable[..., Visit]) -> None:
    page = visit().open("index.html")
    found = results(page, typed)
    assert answered(found[:3], wanted)


def test_results_say_where_they_are_and_a_figure_says_its_value(visit: Callable[..., Visit]) -> None:
    page = visit().open("workstreams/neglect.html")
    results(page, "turnover")
    entry = page.locator(".search-result", has=page.locator("[href$='figures.html#turnover']"))
    assert entry.locator(".search-fact").inner_text() == "18.40%, 21 December 2021"
    assert entry.locator(".search-place").inner_text() == "Reference › All figures"


def test_words_that_are_not_shown_are_found(visit: Callable[..., Visit]) -> None:
    """An alias leads to its page, and stands nowhere on it."""
    page = visit().open("index.html")
    assert "workstreams/early-help.html" in results(page, "HELPLINE")[:3]
    assert "HELPLINE" not in visit().open("workstreams/early-help.html").locator("main").inner_text()


def test_search_works_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    window = visit(width=320)
    page = window.open("index.html")
    page.keyboard.press("/")
    page.keyboard.type("turnover")
    wait_for(page, "turnover")
    assert "results for" in page.locator(".search-status").inner_text()
    assert "results for “turnover”" in page.get_by_role("status").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className") == "search-link"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "__query"
    assert page.locator("#__results").is_hidden()
    page.keyboard.type(" ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/figures.html#turnover")


@pytest.mark.parametrize("edition", Edition)
def test_search_offers_where_to_start(edition: Edition, visit: Callable[..., Visit], site_root: Path) -> None:
    """Before anything is typed: the pages that the settings name, by their own titles."""
    window = visit(edition, width=320)
    page = window.open("workstreams/neglect.html")
    page.keyboard.press("/")
    links = page.locator(".search-link")
    links.first.wait_for()
    handbook, _ = read_handbook(site_root)
    titles = [handbook.docs.pages[path].header.title for path in handbook.settings.starting_points]
    assert links.all_inner_texts() == titles
    assert "start here" in page.get_by_role("status").inner_text()
    page.keyboard.type("xyzzy")
    page.get_by_role("status").filter(has_text="Nothing found").first.wait_for(state="attached")
    for _ in "xyzzy":
        page.keyboard.press("Backspace")
    links.last.wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#__results").is_hidden()
    page.keyboard.press("ArrowDown")
    links.first.wait_for()
    for _ in titles:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/a-to-z.html")
    assert not window.errors


def test_what_search_opened_closes_when_the_keyboard_leaves_it(visit: Callable[..., Visit]) -> None:
    page = visit(width=320).open("index.html")
    page.keyboard.press("/")
    page.locator(".search-link").first.wait_for()
    for _ in range(page.locator(".search-link").count() + 2):
        assert page.locator("#__results").is_visible()
        page.keyboard.press("Tab")
    assert page.locator("#__results").is_hidden()


def test_search_works_from_a_file_share(visit: Callable[..., Visit], built: Callable[[Edition], Path]) -> None:
    window = visit()
    page = window.page
    page.goto((built(Edition.INTERNAL) / "workstreams/neglect.html").as_uri())
    page.get_by_label("Search the handbook").fill("NAT2")
    page.locator(".search-link").first.click()
    page.wait_for_url("file://**/*.html*")
    assert not window.errors


def test_what_partners_search_holds_nothing_internal(visit: Callable[..., Visit]) -> None:
    page = visit(Edition.PARTNER).open("index.html")
    assert not [
        link for link in results(page, "overspend") if link.startswith(("internal/", "editing/", "programme/money"))
    ]
