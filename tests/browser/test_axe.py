"""axe in the states that a reader makes, and axe itself, with faults put in on purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from handbook.model.editions import Edition
from tests.browser.axe import faults
from tests.browser.conftest import Visit
from tests.browser.test_search import results

FIGURES = "workstreams/staffing.html"


def searched(page: Page) -> None:
    assert results(page, "turnover")


def searched_in_vain(page: Page) -> None:
    assert not results(page, "xyzzy")


def search_closed(page: Page) -> None:
    searched(page)
    page.keyboard.press("Escape")
    assert page.locator("#__results").is_hidden()


def menu_open(page: Page) -> None:
    page.get_by_role("button", name="Menu").click()
    assert page.locator("#__menu:popover-open").is_visible()


def menu_closed(page: Page) -> None:
    menu_open(page)
    page.keyboard.press("Escape")
    assert page.locator("#__menu:popover-open").count() == 0


def note_open(page: Page) -> None:
    page.locator(".figure-mark").first.click()
    assert page.locator(".figure-note").first.is_visible()


def note_closed(page: Page) -> None:
    note_open(page)
    page.keyboard.press("Escape")
    assert page.locator(".figure-note").first.is_hidden()


def numbers_open(page: Page) -> None:
    page.locator(".chart-numbers summary").first.click()
    assert page.locator(".chart-numbers table").first.is_visible()


def colours_changed(page: Page) -> None:
    before = page.evaluate("document.documentElement.dataset.colours")
    page.get_by_label("Light" if before == "dark" else "Dark").check()
    assert page.evaluate("document.documentElement.dataset.colours") != before


def scrolled(page: Page) -> None:
    page.evaluate("""() => {
      window.scrollTo({top: document.body.scrollHeight, behavior: "instant"})
      for (const element of document.querySelectorAll("*")) { element.scrollTop = 1e6; element.scrollLeft = 1e6 }
    }""")


STATES: list[tuple[str, Callable[[Page], None]]] = [
    ("index.html", menu_open),
    ("index.html", menu_closed),
    (FIGURES, searched),
    (FIGURES, searched_in_vain),
    (FIGURES, search_closed),
    (FIGURES, note_open),
    (FIGURES, note_closed),
    (FIGURES, numbers_open),
    (FIGURES, scrolled),
    ("figures.html", scrolled),
    (FIGURES, colours_changed),
]


USUAL = {(Edition.INTERNAL, 1280, "dark"), (Edition.PARTNER, 320, "light")}
FORMS = [
    pytest.param(edition, width, scheme, marks=[] if (edition, width, scheme) in USUAL else pytest.mark.long)
    for edition in Edition
    for width in (1280, 375, 320)
    for scheme in ("light", "dark")
]


@pytest.mark.parametrize(("edition", "width", "scheme"), FORMS)
def test_axe_finds_nothing_in_any_state(edition: Edition, width: int, scheme: str, visit: Callable[..., Visit]) -> None:
    window = visit(edition, width=width, scheme=scheme)
    wrong = []
    for url, state in STATES:
        page = window.open(url)
        state(page)
        wrong += [f"{url}, {state.__name__}: {fault}" for fault in faults(page)]
    assert not wrong, "\n".join(wrong)
    assert not window.errors


FAULTS = {
    "image-alt": "<img src='../assets/images/favicon.svg'>",
    "color-contrast": "<p id='pale'>Hard to read</p>",
    "button-name": "<button></button>",
    "link-name": "<a href='index.html'></a>",
    "label": "<input type='text'>",
    "heading-order": "<h5>Too deep</h5>",
    "target-size": "<ul id='small'><li><a href='a.html'>a</a></li><li><a href='b.html'>b</a></li></ul>",
    "scrollable-region-focusable": "<div id='box'><p>Out of sight</p></div>",
    "region": "<p>Outside</p>",
}
# The policy keeps out styles in the HTML, so these are given as a script gives them.
STYLES = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`#pale { color: #c8c8c8; background: #ffffff } #box { height: 20px; overflow: scroll }
    #small { font-size: 8px; line-height: 1 } #small li { margin: 0 } #box p { height: 200px }`)
  document.adoptedStyleSheets = [sheet]
}"""


def test_axe_sees_what_is_put_in_on_purpose(visit: Callable[..., Visit]) -> None:
    window = visit()
    seen = {}
    for rule, html in FAULTS.items():
        page = window.open(FIGURES)
        page.evaluate(STYLES)
        place = "document.body" if rule == "region" else "document.querySelector('main article')"
        page.evaluate(f"html => {place}.insertAdjacentHTML('beforeend', html)", html)
        seen[rule] = {fault.split(":")[0] for fault in faults(page)}
    assert not {rule: found for rule, found in seen.items() if rule not in found}
