"""Pictures of the pages, to look at, and the README's picture among them.

Run as `make screenshots`, or as `python -m tests.content.screenshots FOLDER [PAGE …]` after
`handbook build internal`. Without pages, it takes enough of them to show every kind of page and
every macro. Each is taken at desktop and phone width, in light and in dark.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from handbook.loading.handbook import read_handbook
from handbook.loading.menu import place
from handbook.loading.page import Page
from handbook.model.editions import Edition
from tests.browser import install
from tests.browser.conftest import Quiet
from tests.conftest import ROOT

FORMS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
README_PICTURE = ROOT / "docs/assets/home.png"
WRONG_ADDRESS = "404.html"


def showing_everything(pages: Iterable[Page]) -> list[Page]:
    """The first pages that, taken together, have every kind of page and every macro."""
    shown: set[str] = set()
    chosen = []
    for page in pages:
        parts = {f"a {page.header.kind} page", *(call.name for call in page.template.calls(Edition.INTERNAL))}
        if not parts <= shown:
            chosen.append(page)
            shown |= parts
    return chosen


def take(browser: Browser, address: str, folder: Path, urls: list[str]) -> None:
    """Saves a picture of each page in each form, and the README's."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, scheme in FORMS:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        for url in urls:
            answer = page.goto(f"{address}/{url}")
            assert answer is not None and answer.ok, f"{url}: {answer and answer.status}"
            page.evaluate("document.fonts.ready")
            page.screenshot(
                path=folder / f"{url.replace('/', '-').removesuffix('.html')}-{width}-{scheme}.png", full_page=True
            )
        context.close()
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/index.html")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=README_PICTURE)


def main(arguments: list[str]) -> int:
    site = ROOT / "build/internal"
    if not arguments or not (site / "index.html").is_file():
        print(__doc__)
        return 1
    handbook, _ = read_handbook(ROOT)
    published = [page for page in handbook.docs.pages.values() if (site / page.url).is_file()]
    pages = sorted(published, key=lambda page: place(page, handbook.settings))
    urls = arguments[1:] or [*(page.url for page in showing_everything(pages)), WRONG_ADDRESS]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install.find(), args=list(install.QUIET))
        take(browser, f"http://127.0.0.1:{server.server_port}", Path(arguments[0]), urls)
        browser.close()
    print(f"{len(urls)} pages, each in {len(FORMS)} forms, are in {arguments[0]}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
