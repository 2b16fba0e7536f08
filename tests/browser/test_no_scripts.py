"""Without scripts: the same text, the way to every page by links alone, and an A to Z in place of the search."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from handbook.model.editions import Edition
from tests.browser.conftest import Visit

TEXT = "document.querySelector('main').innerText"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Links(HTMLParser):
    """Collects where the links of a page lead within the site."""

    def __init__(self, page: str):
        super().__init__()
        self.page, self.found = page, set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href") or ""
        if tag == "a" and href and "://" not in href:
            self.found.add(normpath(join(dirname(self.page), href.partition("#")[0])) if href[0] != "#" else self.page)


def links(site: Path, page: str) -> set[str]:
    parser = Links(page)
    parser.feed((site / page).read_text("utf-8"))
    return parser.found


def pages(site: Path) -> set[str]:
    """The pages of a site, without the one that has no address of its own and those that only lead on to another."""
    found = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if 'http-equiv="refresh"' not in path.read_text("utf-8")
    }
    assert len(found) > 25
    return found - {"404.html"}


@pytest.mark.parametrize("edition", Edition)
def test_links_alone_lead_to_every_page(edition: Edition, built: Callable[[Edition], Path]) -> None:
    site = built(edition)
    seen, waiting = set[str](), {"index.html"}
    while waiting:
        page = waiting.pop()
        seen.add(page)
        waiting |= {link for link in links(site, page) if link.endswith(".html")} - seen
    assert pages(site) == seen
    assert pages(site) <= links(site, "a-to-z.html"), "the A to Z has them all"


@pytest.mark.parametrize("edition", [Edition.INTERNAL, pytest.param(Edition.PARTNER, marks=pytest.mark.long)])
def test_every_page_says_the_same_without_scripts(
    edition: Edition, visit: Callable[..., Visit], built: Callable[[Edition], Path]
) -> None:
    with_scripts, without = visit(edition, width=320), visit(edition, width=320, java_script_enabled=False)
    wrong = []
    for url in sorted(pages(built(edition))):
        page = without.open(url)
        if page.evaluate(TEXT) != with_scripts.open(url).evaluate(TEXT):
            wrong.append(f"{url} says something else")
        if page.evaluate(OVERFLOW) > 0:
            wrong.append(f"{url} is wider than the window")
        if page.locator(".search").is_visible() or page.locator(".settings").is_visible():
            wrong.append(f"{url} shows a control that needs a script")
    assert not wrong


@pytest.mark.parametrize("width", [320, 1280])
def test_the_a_to_z_stands_in_place_of_the_search(width: int, visit: Callable[..., Visit]) -> None:
    page = visit(Edition.PARTNER, width=width, java_script_enabled=False).open("workstreams/neglect.html")
    page.locator("header").get_by_role("link", name="A to Z").click()
    page.locator(".letters").get_by_role("link", name="H", exact=True).click()
    page.get_by_role("link", name="HELPLINE", exact=True).click()
    page.wait_for_url("**/workstreams/early-help.html")
    with_scripts = visit(Edition.PARTNER, width=width).open("workstreams/neglect.html")
    assert with_scripts.locator("header").get_by_role("link", name="A to Z").count() == 0
