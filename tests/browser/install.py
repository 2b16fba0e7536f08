"""Finding a headless Chromium for the browser tests, and installing one where there is none.

Run as `python -m tests.browser.install`. Exit code 1, and how to mend it, where neither works.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOW = (
    "The browser tests need Chromium, and it could not be installed. Install it (on Debian or Ubuntu: "
    "sudo apt-get install chromium), or let Playwright do it: .venv/bin/python -m playwright install chromium"
)


def find() -> str | None:
    """The path of a Chromium on this machine: the system's, or else Playwright's own."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Installs Chromium, by Playwright or else by apt, and gives its path."""
    _try(sys.executable, "-m", "playwright", "install", "chromium")
    if find() is None and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        _try("apt-get", "update", "-qq")
        _try("apt-get", "install", "-y", "-qq", "chromium")
    return find()


def _try(*command: str) -> None:
    print(f"Running {' '.join(command)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, check=False, env=environment, timeout=600)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error)


if __name__ == "__main__":
    found = find() or install()
    print(f"Chromium for the browser tests: {found}" if found else HOW)
    sys.exit(0 if found else 1)
