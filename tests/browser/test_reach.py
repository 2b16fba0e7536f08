"""Whatever a page has can be reached and seen: by keyboard, enlarged, with wider spacing, in the reader's own colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from handbook.model.editions import Edition
from tests.browser import install
from tests.browser.conftest import Visit, given
from tests.browser.test_charts import FAULTS as WORDS_OF_DRAWINGS
from tests.browser.test_charts import pages as pages_that_draw
from tests.browser.test_no_scripts import OVERFLOW, pages

PAGE = "workstreams/staffing.html"

# The controls that a keyboard should come to, as the page stands.
CONTROLS = """[...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].filter(control =>
  !control.disabled && control.checkVisibility({visibilityProperty: true})
  && !(control.type === "radio" && control.name && !control.checked))"""
# What is wrong with the control that has the focus: it is off the screen, under something, or looks as it did before.
LOOK = """control => {
  const style = getComputedStyle(control), after = getComputedStyle(control, "::after")
  return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor, after.outlineStyle].join()
}"""
UNSEEN = f"""(control, before) => {{
  const look = {LOOK}
  const name = `${{control.tagName}} ${{control.textContent.trim().slice(0, 40) || control.name || control.className}}`
  const boxes = [...control.getClientRects()].filter(box => box.width > 0 && box.height > 0)
  const seen = boxes.some(box => {{
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2
    const there = x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight && document.elementFromPoint(x, y)
    return there && (there === control || control.contains(there) || there.contains(control) || there.closest("label") === control.closest("label"))
  }})
  return [seen ? "" : `${{name}} is out of sight`, look(control) === before ? `${{name}} does not show the focus` : ""].filter(Boolean)
}}"""
EVERY_CONTROL = f"""() => {{
  const faults = []
  for (const control of {CONTROLS}) {{
    const before = ({LOOK})(control)
    control.focus({{focusVisible: true}})
    if (document.activeElement !== control) faults.push(`${{control.outerHTML.slice(0, 80)}} takes no focus`)
    else faults.push(...({UNSEEN})(control, before))
    control.blur()
  }}
  return faults
}}"""


@pytest.mark.parametrize(
    ("edition", "width"),
    [
        (Edition.INTERNAL, 320),
        *(
            pytest.param(*form, marks=pytest.mark.long)
            for form in [(Edition.INTERNAL, 1280), (Edition.PARTNER, 320), (Edition.PARTNER, 1280)]
        ),
    ],
)
def test_every_control_can_be_seen_when_it_has_the_focus(
    edition: Edition, width: int, visit: Callable[..., Visit], built: Callable[[Edition], Path]
) -> None:
    window = visit(edition, width=width, reduced_motion="reduce")
    wrong = {url: found for url in sorted(pages(built(edition))) if (found := window.open(url).evaluate(EVERY_CONTROL))}
    assert not wrong
    assert not window.errors


@pytest.mark.parametrize(
    ("what", "style"),
    [
        ("does not show the focus", "a:focus-visible, a { outline: 0; box-shadow: none; background: none }"),
        ("out of sight", "header a { position: absolute; left: -9999px }"),
        ("out of sight", "body::before { content: ''; position: fixed; inset: 0; z-index: 99 }"),
    ],
)
def test_a_focus_that_cannot_be_seen_is_found(what: str, style: str, visit: Callable[..., Visit]) -> None:
    page = visit().open("index.html")
    given(page, style.replace("}", "!important }").replace(";", " !important;"))
    assert any(what in fault for fault in page.evaluate(EVERY_CONTROL))


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("url", ["index.html", PAGE])
def test_the_tab_key_comes_to_every_control_and_out_again(url: str, width: int, visit: Callable[..., Visit]) -> None:
    page = visit(width=width, reduced_motion="reduce").open(url)
    page.evaluate(f"window.wanted = new Set({CONTROLS})")
    stops = page.evaluate("wanted.size")
    assert stops > 20
    for _ in range(3 * stops):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        page.evaluate("wanted.delete(document.activeElement)")
        assert page.evaluate(f"({UNSEEN})(document.activeElement, '')") == []
    else:
        pytest.fail("the keyboard never comes out of the page")
    assert page.evaluate("[...wanted].map(control => control.outerHTML)") == []


def test_the_first_stop_skips_to_the_page(visit: Callable[..., Visit]) -> None:
    page = visit(width=320).open(PAGE)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to content"
    box = skip.bounding_box()
    assert box and box["x"] >= 0 and box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_search_button_shows_results_and_enter_in_the_box_opens_the_first(visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.open(PAGE)
    box = page.get_by_label("Search the handbook")
    button = page.get_by_role("button", name="Search", exact=True)
    button.click()
    page.locator(".search-link").first.wait_for()
    assert box.evaluate("box => box === document.activeElement"), "what is typed next goes into the box"
    box.fill("neglect")
    page.locator("#__results[data-query=neglect]").wait_for()
    page.keyboard.press("Escape")
    button.click()
    page.locator("#__results[data-query=neglect]").wait_for()
    assert page.url.endswith(PAGE)
    wanted = page.locator(".search-link").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{(wanted or '').removeprefix('../')}")
    assert not window.errors


def test_the_menu_is_used_by_keyboard_on_a_small_screen(visit: Callable[..., Visit]) -> None:
    page = visit(width=320).open(PAGE)
    button = page.get_by_role("button", name="Menu")
    for _ in range(5):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    for key in ("Enter", " "):
        page.keyboard.press(key)
        assert page.locator("#__menu:popover-open").is_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.getElementById('__menu').contains(document.activeElement)")
        page.keyboard.press("Escape")
        assert page.locator("#__menu:popover-open").count() == 0
        assert button.evaluate("button => button === document.activeElement"), "the focus comes back"
    page.keyboard.press("Enter")
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Neglect":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/workstreams/neglect.html")


# WCAG 1.4.12.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-bottom: 2em !important }"""
# Text that a box cuts off. What is hidden from the eye on purpose is one pixel.
CUT = """() => [...document.querySelectorAll("body *")].filter(box =>
  /hidden|clip/.test(getComputedStyle(box).overflow) && box.clientWidth > 1 && !(box instanceof SVGElement)
  && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)).map(box => box.outerHTML.slice(0, 100))"""


MOSTLY = [Edition.INTERNAL, pytest.param(Edition.PARTNER, marks=pytest.mark.long)]


def cramped(page: Page, url: str) -> list[str]:
    wide = [f"{url} is wider than the window"] if page.evaluate(OVERFLOW) > 0 else []
    return wide + [f"{url} cuts off {box}" for box in page.evaluate(CUT)]


@pytest.mark.parametrize("edition", MOSTLY)
def test_text_has_room_for_wider_spacing(
    edition: Edition, visit: Callable[..., Visit], built: Callable[[Edition], Path], site_root: Path
) -> None:
    window = visit(edition, width=320)
    drawing = pages_that_draw(site_root, edition)
    wrong = []
    for url in sorted(pages(built(edition))):
        page = window.open(url)
        given(page, SPACED)
        wrong += cramped(page, url)
        if url in drawing:
            wrong += [f"{url}: {fault}" for fault in page.evaluate(WORDS_OF_DRAWINGS)]
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def large(browser: Browser) -> Iterator[Browser]:
    """A browser whose reader has set the size of text, and not of the page, to twice the usual (WCAG 1.4.4)."""
    started = browser.browser_type.launch(
        executable_path=install.find(), args=[*install.QUIET, "--blink-settings=defaultFontSize=32"]
    )
    yield started
    started.close()


@pytest.mark.parametrize("edition", MOSTLY)
@pytest.mark.parametrize("width", [640, pytest.param(1280, marks=pytest.mark.long)])
def test_text_can_be_twice_as_large(
    width: int,
    edition: Edition,
    large: Browser,
    served: Callable[[Edition], str],
    built: Callable[[Edition], Path],
) -> None:
    page = large.new_page(viewport={"width": width, "height": 800})
    wrong = []
    for url in sorted(pages(built(edition))):
        page.goto(f"{served(edition)}/{url}")
        wrong += cramped(page, url)
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "36px"
    page.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("style", "what"),
    [
        ("main p { width: 900px }", "index.html is wider than the window"),
        ("main h2 { height: 12px; overflow: hidden }", "index.html cuts off <h2"),
    ],
)
def test_text_without_room_is_found(style: str, what: str, visit: Callable[..., Visit]) -> None:
    page = visit(width=320).open("index.html")
    assert not cramped(page, "index.html")
    given(page, style.replace("}", "!important }"))
    assert any(fault.startswith(what) for fault in cramped(page, "index.html"))


def test_nothing_moves_for_those_who_ask_for_that(visit: Callable[..., Visit]) -> None:
    page = visit(reduced_motion="reduce").open("figures.html")
    page.get_by_label("Search the handbook").fill("turnover")
    page.locator(".search-link").first.wait_for()
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = """[...document.querySelectorAll("*")].filter(element => {
      const {transitionDuration, animationName} = getComputedStyle(element)
      return transitionDuration !== "0s" || animationName !== "none"
    }).length"""
    assert page.evaluate(moving) == 0


# Marks without words: each differs from the ground it stands on, whatever colours the reader has.
DRAWN = """() => [...document.querySelectorAll(".chart-drawing :is(path, line, circle, rect, polyline)")].map(mark => {
  const {fill, stroke, display} = getComputedStyle(mark)
  return {fill, stroke, display, ground: getComputedStyle(document.body).backgroundColor, html: mark.outerHTML.slice(0, 120)}
}).filter(({fill, stroke, display, ground}) => display !== "none"
  && [fill, stroke].every(colour => colour === "none" || colour === ground)).map(({html}) => html)"""
UNFRAMED = """() => [...document.querySelectorAll(".state, .staff-label, .edition-label")].filter(label => {
  const {borderTopWidth, borderTopStyle} = getComputedStyle(label)
  return label.checkVisibility() && (borderTopStyle === "none" || parseFloat(borderTopWidth) === 0)
}).map(label => label.outerHTML)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_readers_own_colours_leave_everything_legible(scheme: str, visit: Callable[..., Visit]) -> None:
    """Text needs no test: the browser itself gives it the reader's colours."""
    window = visit(width=320, scheme=scheme, forced_colors="active", reduced_motion="reduce")
    for url in ("index.html", PAGE, "figures.html", "timeline.html", "visits/index.html", "programme/risks.html"):
        page = window.open(url)
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert page.evaluate(DRAWN) == [], url
        assert page.evaluate(UNFRAMED) == [], url
        assert page.evaluate(EVERY_CONTROL) == [], url
