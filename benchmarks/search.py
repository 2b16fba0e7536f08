"""What a first query costs its reader, in this handbook and in made-up ones: bytes and time, in a real browser.

The table goes to benchmarks/search.md. Each query is the first of a reader who has just opened the
home page, in a browser that has kept nothing.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Response, sync_playwright

from handbook.build.mkdocs.build import build, quieten
from handbook.model.editions import Edition
from tests.browser import install
from tests.browser.conftest import Visit, serving

from .corpus import Corpus
from .trees import write_ours

ROOT = Path(__file__).parent.parent
TABLE = Path(__file__).parent / "search.md"
ROUNDS = 5
# The milliseconds that a reader may wait for the first results, in the middle.
SOONEST = 100
# Into a handbook of made-up words: a rare one, several, the commonest, a beginning, a slip.
MADE_UP = ("fikepafux", "lofikux nizolex", "mukatizex remax padax", "gavakix bedox menux", "koka", "nerzzux")
OURS = ("turnover", "graded care profile", "children in care", "24/7", "strategy for workforce", "neglekt")

_WATCH = """() => {
  const status = document.querySelector(".search-status")
  const note = () => { if (status.textContent.includes("“")) window.shownAt ||= performance.now() }
  new MutationObserver(note).observe(status, {childList: true})
}"""
_LOADED = """() => Math.max(...performance.getEntriesByType("resource")
  .filter(({name}) => /\\/(?:engine|heads|words)/.test(name)).map(({responseEnd}) => responseEnd))"""
_EXTRACTS = "() => [...document.querySelectorAll('.search-text')].slice(0, 3).every(extract => extract.textContent)"
_ANSWERED = "query => document.getElementById('__results').dataset.query === query"


@dataclass(frozen=True)
class First:
    """A first query: every file that it loaded with its bytes, packed as the server packs them, and the results.

    `waited` is the time in milliseconds from the last file that the results rest on to the first results.
    """

    files: dict[str, int]
    results: int
    waited: float

    @property
    def bytes(self) -> int:
        return sum(self.files.values())


def first_query(browser: Browser, address: str, query: str) -> First:
    """What a reader waits for who has just opened the home page, and searches."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        visit = Visit(context, address)
        answers: list[Response] = []
        page = visit.open("index.html")
        page.wait_for_load_state("networkidle")
        page.on("response", lambda answer: answers.append(answer))
        page.evaluate(_WATCH)
        page.get_by_label("Search the handbook").fill(query)
        page.wait_for_function(_ANSWERED, arg=query)
        page.wait_for_function(_EXTRACTS)
        page.wait_for_load_state("networkidle")
        return First(
            files={answer.url.rpartition("/")[2]: len(gzip.compress(answer.body(), 5)) for answer in answers},
            results=page.locator(".search-link").count(),
            waited=page.evaluate("window.shownAt") - page.evaluate(_LOADED),
        )


def main() -> int:
    """Measures, and writes the table. The exit code is 1 where the first results take too long."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=main.__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[1000, 3000], help="how large the made-up ones are")
    options = parser.parse_args()
    chromium = install.find()
    assert chromium, install.HOW
    quieten()
    rows = []
    with tempfile.TemporaryDirectory(prefix="handbook-search-") as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(install.QUIET))
        site = build(ROOT, Edition.INTERNAL, Path(scratch) / "ours")
        rows.append(_row("this handbook", site, browser, OURS))
        for pages in options.pages:
            tree = Path(scratch) / str(pages)
            write_ours(Corpus(pages), tree)
            site = build(tree, Edition.INTERNAL)
            rows.append(_row(f"{pages:,} pages", site, browser, MADE_UP))
    TABLE.write_text(_table(rows), "utf-8")
    print(TABLE.read_text("utf-8"))
    late = [row[0] for row in rows if float(row[5]) >= SOONEST]
    if late:
        print(f"The first results took {SOONEST} ms or more in {', '.join(late)}.")
    return 1 if late else 0


def _row(name: str, site: Path, browser: Browser, queries: Iterable[str]) -> list[str]:
    with serving(site) as address:
        firsts = [first_query(browser, address, query) for query in queries for _ in range(ROUNDS)]
    sizes = [first.bytes / 1000 for first in firsts]
    waited = [first.waited for first in firsts]
    heads = firsts[0].files["heads.js"] / 1000
    parts = len(list((site / "assets/search").iterdir()))
    late = statistics.quantiles(waited, n=20)[-1]
    return [
        name,
        str(parts),
        f"{heads:.0f}",
        f"{statistics.median(sizes):.0f}",
        f"{max(sizes):.0f}",
        f"{statistics.median(waited):.0f}",
        f"{late:.0f}",
    ]


def _table(rows: list[list[str]]) -> str:
    head = [
        "Handbook",
        "Parts",
        "Heads, kB",
        "First query, kB",
        "The heaviest, kB",
        "First results, ms",
        "95th percentile",
    ]
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] + ["---:"] * (len(head) - 1), *rows)]
    about = (
        "Everything that a first query loads, the engine included, packed as the server packs it; and the time from the "
        f"last file that the results rest on to the first results. {len(MADE_UP)} queries, {ROUNDS} times each, in "
        "Chromium. Made by `python -m benchmarks.search`. The made-up words pack worse than English."
    )
    return "\n".join(["# What a first query costs its reader", "", about, "", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())
