"""A site under its content security policy: nothing inline in any page, and nothing refused by a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from handbook.model.editions import Edition
from tests.browser.conftest import Visit
from tests.browser.test_search import results
from tests.deploy.server import Server, serving

# What a page loads or is sent to by, and what may stand there: a place of this site.
LOADED = {"src", "href", "action", "formaction", "data", "poster", "srcset", "data-engine", "data-index"}


class Inline(HTMLParser):
    """Collects what the policy would refuse."""

    def __init__(self, page: str):
        super().__init__()
        self.page, self.found = page, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        wrong = [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or tag in ("base", "iframe", "object", "embed") or tag == "script" and "src" not in given:
            wrong.append(tag)
        for name in LOADED & given.keys():
            parts = urlsplit(given[name] or "")
            # A link may lead elsewhere; nothing may be loaded from there.
            if parts.scheme and not (tag == "a" and parts.scheme in ("https", "http")):
                wrong.append(f"{name}={given[name]}")
        self.found += [f"{self.page}: {tag} {what}" for what in wrong]


def inline(page: str, html: str) -> list[str]:
    parser = Inline(page)
    parser.feed(html)
    parser.close()
    return parser.found


@pytest.mark.parametrize("edition", Edition)
def test_no_page_has_anything_inline(edition: Edition, built: Callable[[Edition], Path]) -> None:
    pages = sorted(built(edition).rglob("*.html"))
    assert len(pages) > 20
    assert not [found for page in pages for found in inline(str(page), page.read_text("utf-8"))]


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color: red'>",
        "<p onclick='go()'>",
        "<script>go()</script>",
        "<style>p {}</style>",
        "<a href='javascript:go()'>",
        "<img src='https://elsewhere.example/x.png'>",
        "<img src='data:image/png;base64,AA=='>",
        "<iframe src='x.html'>",
        "<base href='/x/'>",
    ],
)
def test_what_is_inline_is_found(html: str) -> None:
    assert inline("page", html)


@pytest.fixture(scope="module")
def real(built: Callable[[Edition], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """nginx serving both editions of the full example."""
    work = tmp_path_factory.mktemp("real")
    (work / "site").mkdir()
    for edition in Edition:
        (work / f"site/{edition}").symlink_to(built(edition))
    with serving(work / "site", work / "conf") as server:
        yield server


@pytest.fixture
def window(browser: Browser, real: Server) -> Iterator[Callable[[Edition], Visit]]:
    """Opens a window, signed in, that keeps account of everything its policy refuses."""
    contexts = []

    def start(edition: Edition) -> Visit:
        context = browser.new_context()
        contexts.append(context)
        context.add_cookies([{"name": "session", "value": "staff", "url": real.address(edition)}])
        context.add_init_script(
            "window.refused = [];"
            "document.addEventListener('securitypolicyviolation', e => refused.push(e.violatedDirective))"
        )
        return Visit(context, real.address(edition))

    yield start
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("edition", Edition)
def test_the_browser_refuses_nothing(edition: Edition, window: Callable[[Edition], Visit]) -> None:
    visit = window(edition)
    paths = ["index.html", "workstreams/neglect.html", "figures.html", "glossary.html", "timeline.html", "sources.html"]
    if edition is Edition.INTERNAL:
        paths += ["internal/coverage.html", "editing/write-a-page.html", "editing/decisions/index.html"]
    for path in paths:
        page = visit.open(path)
        assert page.evaluate("refused") == [], path
        # Styles, scripts and the font came and do their work.
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Source Sans 3')
        assert page.evaluate("document.fonts.ready.then(fonts => fonts.size)")
        assert page.evaluate("document.documentElement.className") == "js"
    assert results(page, "turnover") and page.locator(".search-result mark").count()
    assert page.evaluate("refused") == []
    with page.expect_navigation():
        page.locator(".search-link").first.click()
    with page.expect_navigation():
        page.evaluate("document.querySelector('.search-form').submit()")
    assert page.evaluate("refused") == []
    assert not visit.errors and not visit.elsewhere


@pytest.mark.browser
def test_the_browser_refuses_what_is_inline(window: Callable[[Edition], Visit]) -> None:
    """The policy broken on purpose in the page, so that the test above is known to see it."""
    visit = window(Edition.PARTNER)
    page = visit.open("index.html")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\" onclick=\"go()\">x</p>')")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/x.png'}))")
    for _ in range(100):
        if page.evaluate("refused.length") >= 4:
            break
        page.wait_for_timeout(50)
    assert {"style-src-attr", "script-src-elem", "img-src"} <= set(page.evaluate("refused"))
    assert page.evaluate("window.ran") is None
    assert visit.errors


@pytest.mark.browser
def test_search_works_on_the_page_that_is_not_there(window: Callable[[Edition], Visit]) -> None:
    visit = window(Edition.PARTNER)
    page = visit.page
    answer = page.goto(f"{visit.address}/workstreams/nowhere.html")
    assert answer is not None and answer.status == 404
    results(page, "neglect")
    page.locator(".search-link").first.click()
    page.wait_for_url("**/*neglect.html*", timeout=5000)
    assert page.get_by_role("heading", level=1).is_visible()
