"""Pictures of pages of the internal edition, to look at, and the README's picture among them.

Run as `python -m tests.browser.screenshots FOLDER [PAGE …]` after `handbook build internal`. Each page
is taken at desktop and phone width, in light and in dark.
"""

from __future__ import annotations

import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from ..conftest import ROOT
from . import install
from .conftest import Quiet

PAGES = ("index.html", "workstreams/neglect.html", "figures.html", "timeline.html", "programme/risks.html")
FORMS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
README_PICTURE = ROOT / "docs/assets/home.png"


def take(browser: Browser, address: str, folder: Path, pages: list[str]) -> None:
    """Saves a picture of each page in each form, and the README's."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, scheme in FORMS:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        for url in pages:
            page.goto(f"{address}/{url}")
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
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install.find(), args=list(install.QUIET))
        take(browser, f"http://127.0.0.1:{server.server_port}", Path(arguments[0]), arguments[1:] or list(PAGES))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
