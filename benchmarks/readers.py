"""What a page costs its reader: its weight, and what Lighthouse says of it on a phone. Run by `make report`.

The partner edition is published in a scratch folder and served by nginx as in deploy/, on this
machine. One page of each kind is opened. The table goes to benchmarks/readers.md.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handbook.build.mkdocs.build import quieten
from handbook.loading.handbook import read_handbook
from handbook.model.editions import Edition
from handbook.model.front_matter import PageKind
from handbook.release.publish import publish
from tests.browser import install
from tests.deploy.server import serving

ROOT = Path(__file__).parent.parent
LIGHTHOUSE = Path(__file__).parent / "lighthouse/node_modules/.bin/lighthouse"
TABLE = Path(__file__).parent / "readers.md"
CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Practices",
    "seo": "SEO",
}
ROUNDS = 3
TRIES = 3
# What is asked of every page: the least score of each category, and the heaviest first view in bytes.
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
HEAVIEST = 150_000


@dataclass(frozen=True)
class Opened:
    """One page as Lighthouse saw it: scores out of 100, layout shift, and the bytes that came over the wire."""

    kind: str
    path: str
    scores: dict[str, int]
    shift: float
    weights: dict[str, int]
    failed: tuple[str, ...]

    @property
    def weight(self) -> int:
        return sum(self.weights.values())

    @property
    def good(self) -> bool:
        return all(self.scores[name] >= least for name, least in LEAST.items()) and (
            self.shift == 0 and self.weight <= HEAVIEST
        )


def main() -> int:
    """Measures, writes the table, and gives 1 when a page is not what it should be."""
    if not LIGHTHOUSE.exists():
        print("Lighthouse is not installed. Run make report, which installs it (it needs Node.js and npm).")
        return 1
    quieten()
    with tempfile.TemporaryDirectory(prefix="handbook-report-") as scratch:
        root = _copy(Path(scratch) / "handbook")
        publish(root, list(Edition), (), lambda _: None)
        with serving(root / "site", Path(scratch) / "nginx") as server:
            pages = [_opened(server.address(Edition.PARTNER), kind, path) for kind, path in _one_of_each(root)]
    TABLE.write_text(_table(pages), "utf-8")
    print(TABLE.read_text("utf-8"))
    return 0 if all(page.good for page in pages) else 1


def _copy(target: Path) -> Path:
    """A copy of the handbook, so that what is published on this machine stays as it is."""
    for name in ("data", "docs", "overrides"):
        shutil.copytree(ROOT / name, target / name)
    (target / "macros").symlink_to(ROOT / "macros", target_is_directory=True)
    for name in ("mkdocs.yml", "mkdocs.partner.yml"):
        shutil.copy(ROOT / name, target)
    return target


def _one_of_each(root: Path) -> Iterator[tuple[str, str]]:
    """The longest partner page of each kind, which is the hardest one. Lighthouse opens no page for a wrong address."""
    handbook, _ = read_handbook(root)
    pages = [page for page in handbook.docs.pages.values() if Edition.PARTNER.shows(page.audience)]
    for kind in PageKind:
        if same := [page for page in pages if page.header.kind == kind]:
            yield kind, max(same, key=lambda page: len((root / "docs" / page.path).read_bytes())).url


def _opened(address: str, kind: str, path: str) -> Opened:
    runs = [_lighthouse(f"{address}/{path}") for _ in range(ROUNDS)]
    scores = {
        name: round(statistics.median(run["categories"][name]["score"] * 100 for run in runs)) for name in CATEGORIES
    }
    audits = runs[0]["audits"]
    weights: dict[str, int] = {}
    for request in audits["network-requests"]["details"]["items"]:
        what = request.get("resourceType", "Other")
        weights[what] = weights.get(what, 0) + request["transferSize"]
    failed = [
        audit["title"]
        for category in runs[0]["categories"].values()
        for ref in category["auditRefs"]
        if ref["weight"] and (audit := audits[ref["id"]])["score"] not in (1, None)
    ]
    shift = max(run["audits"]["cumulative-layout-shift"]["numericValue"] for run in runs)
    return Opened(kind, path, scores, shift, weights, tuple(dict.fromkeys(failed)))


def _lighthouse(url: str) -> dict:
    chromium = install.find()
    assert chromium, install.HOW
    command = [str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--chrome-flags=" + " ".join(("--headless=new", *install.QUIET))]
    # It asks to be run again where it missed the start of a page, as it does on a busy machine.
    for _ in range(TRIES):
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=300, env={**os.environ, "CHROME_PATH": chromium}
        )
        if not done.returncode:
            break
    else:
        raise SystemExit(f"Lighthouse failed at {url}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def _table(pages: list[Opened]) -> str:
    kinds = sorted({what for page in pages for what in page.weights})
    head = [
        "Kind of page",
        "Address",
        *CATEGORIES.values(),
        "Layout shift",
        "First view, kB",
        *(f"{kind}, kB" for kind in kinds),
    ]
    rows = [
        [
            page.kind,
            f"`{page.path}`",
            *(str(page.scores[name]) for name in CATEGORIES),
            f"{page.shift:.3f}",
            f"{page.weight / 1000:.1f}",
            *(f"{page.weights.get(kind, 0) / 1000:.1f}" for kind in kinds),
        ]
        for page in pages
    ]
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
    below = [f"- {page.path}: {what}" for page in pages for what in page.failed]
    return "\n".join(
        [
            "# What a page costs its reader",
            "",
            f"The partner edition on this machine, by Lighthouse for a phone (slow processor, slow 4G), the median of {ROUNDS} runs. "
            "The first view is everything that came over the wire, packed as the server packs it, with its headers.",
            "",
            *lines,
            "",
            *(["Not full marks:", "", *below, ""] if below else []),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
