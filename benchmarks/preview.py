"""Measures how long an editor waits: from saving a page or a figure to the browser showing it.

    python -m benchmarks.preview                  30 edits at 1,000 pages, in Chromium
    python -m benchmarks.preview --pages 100 --edits 6

The preview is the real `handbook serve`. Pages and figures take turns, each edit is on another page,
and the place in the page is looked at after each.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Error, sync_playwright
from playwright.sync_api import Page as Window

from tests.browser import install

from .corpus import Bullets, Corpus, Figure, Page, Paragraph, Reported, slug, title_of
from .measure import Failed
from .trees import our_figure, path_of, source_id, write_ours

# What is asked of all edits together, in seconds.
MEDIAN, TAIL = 1.5, 2.5
_START = 300.0  # seconds that a first build may take
_LONGEST = 60.0  # seconds after which nobody waits for a change any more
_LOOK = 20  # milliseconds between two looks at the page
_DOWN = 700  # pixels to where the reader is in the page


@dataclass(frozen=True)
class Edit:
    """An edit, and how long it took to be shown."""

    kind: str
    seconds: float


def measure(pages: int, edits: int, folder: Path) -> list[Edit]:
    """Each edit's time. Raises Failed where the reader's place is lost."""
    corpus = Corpus(pages)
    write_ours(corpus, folder)
    found = []
    with _serving(folder) as address, _window() as window:
        for number in range(edits):
            page = corpus.page((number * 31 + 10) % pages)
            kind = "figure" if number % 2 else "page"
            window.goto(f"{address}/{path_of(page.number).removesuffix('.md')}.html")
            window.evaluate(f"scrollTo({{ top: {_DOWN}, behavior: 'instant' }})")
            # A reader reads before they write, and the browser has asked to be told by then.
            window.wait_for_timeout(1000)
            target, text, shown = (
                _figure_edit(corpus, page, folder, number) if kind == "figure" else _page_edit(page, folder, number)
            )
            began = time.perf_counter()
            target.write_text(text, "utf-8")
            _wait_for(window, shown)
            found.append(Edit(kind, time.perf_counter() - began))
            print(f"{number + 1:>3} {kind:<6} {found[-1].seconds:5.2f} s", file=sys.stderr, flush=True)
            window.wait_for_timeout(300)
            if window.evaluate("scrollY") != _DOWN:
                raise Failed(f"The place in {page.title} was lost.")
    return found


def _wait_for(window: Window, text: str) -> None:
    """Waits until a page shows a text. (The browser's driver, when it waits by itself, looks twice a second.)"""
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        try:
            if window.locator("main").filter(has_text=text).count():
                return
        except Error:
            pass  # The page is just being shown again.
        window.wait_for_timeout(_LOOK)
    raise Failed(f"What was saved was not shown within {_LONGEST:.0f} seconds ({text}).")


def report(found: list[Edit], pages: int, load: float) -> str:
    """The times as a table in Markdown, with what the machine was."""
    lines = [
        f"{len(found)} edits at {pages:,} pages, in Chromium on {os.cpu_count()} processors; the load was {load:.1f} at the start.",
        "",
        "| Saved | Edits | Median | 95th percentile | Longest |",
        "| --- | --: | --: | --: | --: |",
    ]
    for name, kinds in (("A page", ("page",)), ("A figure", ("figure",)), ("Either", ("page", "figure"))):
        times = sorted(edit.seconds for edit in found if edit.kind in kinds)
        if times:
            middle, tail = statistics.median(times), _tail(times)
            lines.append(f"| {name} | {len(times)} | {middle:.2f} s | {tail:.2f} s | {times[-1]:.2f} s |")
    return "\n".join(
        [*lines, "", f"Asked for: at most {MEDIAN} s at the median and {TAIL} s at the 95th percentile.", ""]
    )


def _tail(times: list[float]) -> float:
    return times[math.ceil(0.95 * len(times)) - 1]


def _page_edit(page: Page, folder: Path, number: int) -> tuple[Path, str, str]:
    """The file, its new text, and words that the browser then shows."""
    path = folder / "docs" / path_of(page.number)
    words = f"Newly said {slug(title_of(2000 + number))}."
    return path, f"{path.read_text('utf-8')}\n{words}\n", words


def _figure_edit(corpus: Corpus, page: Page, folder: Path, number: int) -> tuple[Path, str, str]:
    """The same for a figure that stands on the page."""
    figure = next(found for found in map(corpus.figure, _figures_on(page)) if found.unit != "%")
    *earlier, latest = figure.observations
    changed: Figure = replace(figure, observations=(*earlier, replace(latest, value=str(20_001 + 7 * number))))
    path = folder / "data/figures" / f"{source_id(figure.source)}.yml"
    mine = re.compile(rf"^{figure.id}:\n(?: .*\n)*", re.MULTILINE)
    return path, mine.sub(lambda _: our_figure(changed), path.read_text("utf-8")), f"{20_001 + 7 * number:,}"


def _figures_on(page: Page) -> Iterator[int]:
    for block in page.blocks:
        lines = [block.line] if isinstance(block, Paragraph) else block.items if isinstance(block, Bullets) else []
        for line in lines:
            yield from (part.figure for part in line if isinstance(part, Reported))


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """The address of the preview of the handbook in `folder`, once it has been built."""
    log = folder.parent / "serve.log"
    with log.open("w") as output:
        started = subprocess.Popen(
            [sys.executable, "-m", "handbook.cli", "serve", "--port", "0"], cwd=folder, stdout=output, stderr=output
        )
    try:
        end = time.monotonic() + _START
        while not (found := re.search(r"is at (http://\S+)/ ", log.read_text("utf-8"))):
            if started.poll() is not None or time.monotonic() > end:
                raise Failed(f"The preview did not start:\n{log.read_text('utf-8')}")
            time.sleep(0.1)
        yield found[1]
    finally:
        started.send_signal(signal.SIGINT)
        started.wait()


@contextmanager
def _window() -> Iterator[Window]:
    path = install.find()
    if path is None:
        raise Failed(install.HOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(install.QUIET))
        window = browser.new_page(viewport={"width": 1280, "height": 800})
        window.set_default_timeout(60_000)
        yield window
        browser.close()


def main() -> int:
    """Measures, and prints the table. Exit code 1 where it takes longer than is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.preview", description=main.__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--edits", type=int, default=30)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    try:
        with tempfile.TemporaryDirectory(prefix="handbook-preview-") as scratch:
            found = measure(options.pages, options.edits, Path(scratch) / "handbook")
    except Failed as error:
        print(error, file=sys.stderr)
        return 1
    print(report(found, options.pages, load))
    times = sorted(edit.seconds for edit in found)
    return 0 if statistics.median(times) <= MEDIAN and _tail(times) <= TAIL else 1


if __name__ == "__main__":
    sys.exit(main())
