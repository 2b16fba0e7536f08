"""Charts in a real browser: words that can be read at every width, and numbers that can be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.loading.handbook import read_handbook
from handbook.model.editions import Edition
from tests.browser.conftest import Visit, given

DRAWING = ("chart", "event_chart", "action_chart", "register")


def pages(root: Path, edition: Edition) -> list[str]:
    """The pages of an edition of a handbook that call a macro which draws."""
    handbook, _ = read_handbook(root)
    return [
        page.url
        for page in handbook.docs.pages.values()
        if edition.shows(page.audience) and any(call.name in DRAWING for call in page.template.calls(edition))
    ]


# What is wrong with the words of a page's drawings: too small, cut off, or one over another.
FAULTS = """() => [...document.querySelectorAll('.chart-drawing')].flatMap(drawing => {
  const frame = drawing.getBoundingClientRect()
  const words = [...drawing.querySelectorAll('text')].map(text => ({said: text.textContent, box: text.getBoundingClientRect(),
    size: parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM().a)}))
  const faults = words.filter(({size}) => size < 15.5).map(({said, size}) => `${said} is ${size} px`)
  for (const [index, {said, box}] of words.entries()) {
    if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 6)
      faults.push(`${said} leaves its frame in ${drawing.id}`)
    for (const other of words.slice(index + 1)) {
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
      const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
      if (across > 0 && down > box.height / 3) faults.push(`${said} is over ${other.said} in ${drawing.id}`)
    }
  }
  return faults
})"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("edition", Edition)
def test_the_words_of_every_drawing_can_be_read(
    edition: Edition, width: int, visit: Callable[..., Visit], site_root: Path
) -> None:
    window = visit(edition, width=width)
    drawn = 0
    for url in pages(site_root, edition):
        page = window.open(url)
        drawn += page.locator(".chart-drawing").count()
        assert page.evaluate(FAULTS) == [], url
    assert drawn >= 8


def test_words_that_are_shrunk_or_cut_off_are_found(visit: Callable[..., Visit]) -> None:
    page = visit(width=320).open("workstreams/staffing.html")
    given(page, ".chart-drawing { width: 5rem } .chart-value { font-size: 9px }")
    found = page.evaluate(FAULTS)
    assert any("px" in fault for fault in found) and any("leaves" in fault for fault in found)


def test_a_drawing_is_named_and_described_and_its_numbers_open_by_key(visit: Callable[..., Visit]) -> None:
    page = visit(width=320).open("workstreams/staffing.html")
    drawing = page.get_by_role("img", name="Staff turnover", exact=True)
    assert "down 5.60 percentage points" in page.locator(f"#{drawing.get_attribute('aria-describedby')}").inner_text()
    summary = page.locator(".chart", has=drawing).locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".chart", has=drawing).get_by_role("row").filter(has_text="18.40%").is_visible()


def test_on_paper_the_numbers_are_open(visit: Callable[..., Visit]) -> None:
    page = visit().open("workstreams/staffing.html")
    page.emulate_media(media="print")
    assert page.locator(".chart-numbers .records").first.is_visible()


def test_without_colours_of_its_own_a_drawing_takes_the_readers(visit: Callable[..., Visit]) -> None:
    page = visit(forced_colors="active", scheme="dark").open("workstreams/index.html")
    colours = page.evaluate(
        """() => Object.fromEntries(['done', 'continuing', 'planned'].map(name => {
          const style = getComputedStyle(document.querySelector('.chart-' + name))
          return [name, [style.fill, style.stroke, style.strokeDasharray]] }))"""
    )
    assert len({tuple(drawn) for drawn in colours.values()}) == 3
    assert {stroke for _, stroke, _ in colours.values()} == {page.evaluate("getComputedStyle(document.body).color")}
