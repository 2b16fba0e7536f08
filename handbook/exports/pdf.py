"""Printing a document to PDF with Chromium, the one program at hand that lays it out as readers see it.

It makes a tagged PDF with bookmarks from the headings, and links that lead within it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_QUIET = ("--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
_LONGEST = 600  # seconds; a handbook of a thousand pages takes about two minutes


class NotPrinted(Exception):
    """No PDF was made. The message says why and what to do."""


def print_pdf(html: str, site: Path) -> bytes:
    """The PDF of a document that stands at the root of the site in the folder `site`. Raises NotPrinted."""
    chromium = _chromium()
    with tempfile.TemporaryDirectory(prefix="handbook-pdf-") as folder:
        place = Path(folder) / "site"
        shutil.copytree(site, place)
        page, made = place / "booklet.html", Path(folder) / "booklet.pdf"
        page.write_text(html, "utf-8")
        # Chromium's own sandbox does not run as root, as in a container.
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [chromium, *_QUIET, *root, f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"]
        command += ["--generate-pdf-document-outline", f"--print-to-pdf={made}", page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=_LONGEST)
        except subprocess.TimeoutExpired:
            raise NotPrinted(f"The PDF was not made: Chromium took longer than {_LONGEST // 60} minutes.") from None
        if not made.is_file():
            said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise NotPrinted(f"The PDF was not made. Chromium at {chromium} failed: {said}")
        return made.read_bytes()


def _chromium() -> str:
    if named := os.environ.get("HANDBOOK_CHROMIUM"):
        if shutil.which(named):
            return named
        raise NotPrinted(f"The PDF was not made: HANDBOOK_CHROMIUM names no program (found {named}). Mend it.")
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    raise NotPrinted(
        "The PDF was not made: it needs Chromium, Chrome or Edge. Install one (on Debian: apt-get install chromium), "
        "or say where it is with HANDBOOK_CHROMIUM."
    )
