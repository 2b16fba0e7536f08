"""Every page of both editions in a real browser, under the real content policy: nothing breaks, nothing is refused or
fetched elsewhere, nothing overflows, and axe finds nothing that keeps people out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.model.editions import Edition
from tests.browser.axe import faults
from tests.browser.conftest import HEADERS, Visit
from tests.browser.test_no_scripts import OVERFLOW, pages

FORMS = [
    pytest.param(width, scheme, marks=[] if (width, scheme) in ((1280, "dark"), (320, "light")) else pytest.mark.long)
    for width in (1280, 375, 320)
    for scheme in ("light", "dark")
]


@pytest.mark.parametrize(("width", "scheme"), FORMS)
@pytest.mark.parametrize("edition", Edition)
def test_every_page_is_sound(
    edition: Edition, width: int, scheme: str, visit: Callable[..., Visit], built: Callable[[Edition], Path]
) -> None:
    window = visit(edition, width=width, scheme=scheme)
    wrong = []
    for url in sorted({*pages(built(edition)), "404.html"}):
        page = window.open(url)
        if page.evaluate(OVERFLOW) > 0:
            wrong.append(f"{url} is wider than the window")
        if page.locator("h1").count() != 1:
            wrong.append(f"{url} has {page.locator('h1').count()} main headings")
        bar = page.locator(".edition").inner_text()
        if ("Internal" in bar) != (edition is Edition.INTERNAL):
            wrong.append(f"{url} has the bar {bar!r}")
        wrong += [f"{url}: {fault}" for fault in faults(page)]
    assert not wrong, "\n".join(wrong)
    assert not window.errors
    assert not window.elsewhere


def test_the_policy_allows_the_sites_own_files_and_nothing_else() -> None:
    policy = dict(part.split(" ", 1) for part in dict(HEADERS)["Content-Security-Policy"].split("; "))
    assert {*policy.values()} == {"'none'", "'self'"}, "nothing inline, no other host, nothing of the kind of data:"
    for name in ("default-src", "base-uri", "frame-ancestors"):
        assert policy[name] == "'none'", "whatever is not named, an object among it, is refused"
    assert policy["script-src"] == policy["style-src"] == "'self'"


def test_what_the_policy_refuses_is_seen(visit: Callable[..., Visit]) -> None:
    """The policy broken on purpose, so that the test of every page is known to see it."""
    window = visit()
    page = window.open("index.html")
    assert not window.errors
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/x.png'}))")
    page.wait_for_timeout(100)
    said = "\n".join(window.errors)
    assert "refused style-src-attr" in said and "refused img-src https://elsewhere.example" in said


@pytest.mark.parametrize("edition", Edition)
def test_a_figure_opens_its_note_by_key_and_closes_with_escape(edition: Edition, visit: Callable[..., Visit]) -> None:
    page = visit(edition, width=320).open("workstreams/neglect.html")
    mark = page.locator(".figure-mark").first
    mark.focus()
    page.keyboard.press("Enter")
    note = page.locator(".figure-note").first
    assert note.is_visible()
    assert "Example report, 21 December 2021, paragraph 1" in note.inner_text()
    page.keyboard.press("Escape")
    assert note.is_hidden()
    assert mark.evaluate("mark => mark === document.activeElement")


def test_without_scripts_the_page_is_readable_and_the_menu_works(visit: Callable[..., Visit]) -> None:
    page = visit(width=390, java_script_enabled=False).open("workstreams/neglect.html")
    assert page.get_by_role("heading", name="Position as reported").is_visible()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Early help").click()
    page.wait_for_url("**/workstreams/early-help.html")


def test_partners_are_not_asked_to_stay_out_of_search_engines(visit: Callable[..., Visit]) -> None:
    robots = "meta[name=robots]"
    assert visit(Edition.INTERNAL).open("index.html").locator(robots).get_attribute("content") == "noindex"
    assert visit(Edition.PARTNER).open("index.html").locator(robots).count() == 0
