"""Finding LibreOffice for the tests that open what we write with it, and installing it where there is none.

Run as `python -m tests.office`. Exit code 1, and how to mend it, where neither works.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOW = (
    "These tests need LibreOffice Writer, and it could not be installed. Install it "
    "(on Debian or Ubuntu: sudo apt-get install libreoffice-writer-nogui)."
)


def find() -> str | None:
    """The path of LibreOffice on this machine."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def install() -> str | None:
    """Installs LibreOffice by apt, as root, and gives its path."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        packages = "libreoffice-writer-nogui"
        for command in (("update",), ("install", "-y", "--no-install-recommends", packages)):
            print(f"Running apt-get {' '.join(command)}", flush=True)
            subprocess.run(["apt-get", "-qq", *command], check=False, env=environment, timeout=900)
    return find()


def as_pdf(file: Path, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a file, in `folder`."""
    office = find()
    assert office, HOW
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    made = folder / f"{file.stem}.pdf"
    assert made.is_file(), done.stdout + done.stderr
    return made


if __name__ == "__main__":
    found = find() or install()
    print(f"LibreOffice for the tests: {found}" if found else HOW)
    sys.exit(0 if found else 1)
