"""What readers meet first: the home page on one screen, a page that stays still, and its weight."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Response

from handbook.model.editions import Edition
from tests.browser.conftest import Visit

# Compressed, as a web server sends it.
FIRST_VIEW = 150_000
SHIFT = """() => new Promise(resolve => {
  let sum = 0
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value
  }).observe({type: "layout-shift", buffered: true})
  setTimeout(() => resolve(sum), 400)
})"""
TEMPLATES = ("index.html", "workstreams/staffing.html", "figures.html", "whats-new.html", "about/index.html")


@pytest.mark.parametrize(
    ("width", "height", "parts"), [(1280, 800, ("h1", ".headline", ".columns")), (390, 844, ("h1", ".columns"))]
)
@pytest.mark.parametrize("edition", Edition)
def test_home_answers_on_one_screen(
    edition: Edition, width: int, height: int, parts: tuple[str, ...], visit: Callable[..., Visit]
) -> None:
    """On a desk the words and the numbers, and on a phone the words."""
    visited = visit(edition, width=width)
    # The font is optional: a page shows without it until it is at hand, which is at the latest from the next page on.
    visited.open("index.html").evaluate("document.fonts.ready.then(() => {})")
    page = visited.open("index.html")
    page.evaluate("document.fonts.ready.then(() => {})")
    for selector in parts:
        box = page.locator(selector).bounding_box()
        assert box and box["y"] + box["height"] <= height, selector
    assert page.locator(".columns > section").count() == 3


def test_on_a_phone_the_keyboard_follows_what_is_seen_on_home(visit: Callable[..., Visit]) -> None:
    page = visit(width=390).open("index.html")
    tops = []
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        part = page.evaluate(
            """() => { const part = document.activeElement.closest(".page-body > *")
              return part && Math.round(part.getBoundingClientRect().top + scrollY) }"""
        )
        if part is not None:
            tops.append(part)
    else:
        pytest.fail("the keyboard never comes out of the page")
    assert len({*tops}) > 4 and tops == sorted(tops)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(width: int, visit: Callable[..., Visit]) -> None:
    window = visit(width=width)
    moved = {url: window.open(url).evaluate(SHIFT) for url in TEMPLATES}
    assert not any(moved.values()), moved


def test_a_first_view_is_light(visit: Callable[..., Visit]) -> None:
    for url in TEMPLATES:
        window = visit()
        answers: list[Response] = []
        window.page.on("response", lambda answer, answers=answers: answers.append(answer))
        window.open(url)
        window.page.wait_for_load_state("networkidle")
        sizes = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
        assert 0 < sum(sizes.values()) <= FIRST_VIEW, sizes


def test_contents_come_before_the_text_on_a_phone(visit: Callable[..., Visit]) -> None:
    page = visit(width=390).open("workstreams/neglect.html")
    contents, first = page.locator(".side-contents").bounding_box(), page.locator(".page-body h2").first.bounding_box()
    assert contents and first and contents["y"] < first["y"]


def test_a_long_list_of_contents_is_closed_until_it_is_wanted(visit: Callable[..., Visit]) -> None:
    page = visit(width=390, java_script_enabled=False).open("glossary.html")
    link = page.locator(".side-contents li a").first
    assert link.is_hidden()
    page.locator(".side-contents summary").click()
    assert link.is_visible()


def test_staff_see_what_partners_do_not(visit: Callable[..., Visit]) -> None:
    page = visit(Edition.INTERNAL).open("workstreams/staffing.html")
    assert page.locator("div.staff > .staff-label").first.inner_text() == "Staff only"
    assert visit(Edition.PARTNER).open("workstreams/staffing.html").locator(".staff, .staff-label").count() == 0


@pytest.mark.parametrize("edition", Edition)
def test_every_page_leads_to_what_the_site_owes_its_readers(edition: Edition, visit: Callable[..., Visit]) -> None:
    page = visit(edition).open("workstreams/neglect.html")
    links = page.locator(".foot-links a")
    assert links.all_inner_texts() == [
        "About this handbook",
        "Worried about a child?",
        "Privacy",
        "Accessibility",
        "Copyright and licence",
    ]
    links.nth(1).click()
    assert page.locator("h1").inner_text() == "Worried about a child?"
