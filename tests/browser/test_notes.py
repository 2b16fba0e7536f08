"""The note of a figure: by mouse, finger and keyboard, on any screen, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from handbook.model.editions import Edition
from tests.browser.conftest import Visit

PAGE = "workstreams/staffing.html"
# Where the mark of a figure stands, and the word that it belongs to.
MARKS = """marks => marks.map(mark => {
  const range = document.createRange()
  range.selectNodeContents(mark.previousSibling)
  const [words, button] = [range.getBoundingClientRect(), mark.getBoundingClientRect()]
  return {apart: button.left < words.right - 1 || button.top > words.bottom, size: Math.min(button.width, button.height)}
})"""
OUTSIDE = """note => {
  const box = note.getBoundingClientRect()
  return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight
}"""


def note_of(page: Page, index: int = 0) -> tuple:
    return page.locator(".figure-mark").nth(index), page.locator(".figure-note").nth(index)


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_a_mark_stays_with_its_word(width: int, visit: Callable[..., Visit]) -> None:
    page = visit(width=width).open(PAGE)
    for room in range(width - 40, width, 7):
        page.set_viewport_size({"width": room, "height": 800})
        marks = page.locator(".figure-mark").evaluate_all(MARKS)
        assert marks and not any(mark["apart"] for mark in marks), room
        assert all(mark["size"] >= 24 for mark in marks)


def test_a_note_opens_under_a_mouse_and_goes_with_it(visit: Callable[..., Visit]) -> None:
    page = visit().open(PAGE)
    mark, note = note_of(page)
    page.locator(".figure").first.hover()
    note.wait_for(state="visible")
    note.hover()
    page.wait_for_timeout(500)
    assert note.is_visible(), "the mouse can move onto the note"
    page.mouse.move(5, 5)
    note.wait_for(state="hidden")
    page.locator(".figure").first.hover()
    note.wait_for(state="visible")
    mark.click()
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    assert note.is_visible(), "a click keeps it"
    page.keyboard.press("Escape")
    assert note.is_hidden()


def test_a_note_opens_at_the_keyboard_and_escape_gives_the_focus_back(visit: Callable[..., Visit]) -> None:
    page = visit().open(PAGE)
    mark, note = note_of(page)
    page.locator("main a").first.focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if mark.evaluate("mark => mark === document.activeElement"):
            break
    assert note.is_visible()
    page.keyboard.press("Tab")
    assert note.locator("a").evaluate("link => link === document.activeElement"), "the note's link comes next"
    page.keyboard.press("Escape")
    assert note.is_hidden()
    assert mark.evaluate("mark => mark === document.activeElement")
    page.keyboard.press("Enter")
    assert note.is_visible()
    page.keyboard.press("Enter")
    assert note.is_hidden()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.locator("main a").last.focus()
    page.keyboard.press("Escape")
    assert note.is_hidden()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_note_is_never_off_the_screen(width: int, visit: Callable[..., Visit]) -> None:
    page = visit(width=width, has_touch=True).open(PAGE)
    marks = page.locator(".figure-mark").count()
    assert marks > 3
    for index in range(marks):
        mark, note = note_of(page, index)
        mark.scroll_into_view_if_needed()
        mark.tap()
        note.wait_for(state="visible")
        assert not note.evaluate(OUTSIDE)
        assert page.locator(".figure-note:popover-open").count() == 1
        page.keyboard.press("Escape")


def test_without_scripts_a_note_opens_and_leads_to_its_entry(visit: Callable[..., Visit]) -> None:
    page = visit(Edition.PARTNER, java_script_enabled=False).open(PAGE)
    mark, note = note_of(page)
    mark.click()
    assert note.is_visible()
    note.get_by_role("link").click()
    page.wait_for_url("**/figures.html#turnover")
