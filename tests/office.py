"""Finding LibreOffice for the tests that open what we write with it, and installing it where there is none.

Run as `python -m tests.office`. Exit code 1, and how to mend it, where neither works.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

HOW = (
    "These tests need LibreOffice Writer and Calc, and they could not be installed. Install them "
    "(on Debian or Ubuntu: sudo apt-get install libreoffice-writer-nogui libreoffice-calc-nogui)."
)


def find() -> str | None:
    """The path of LibreOffice on this machine."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def install() -> str | None:
    """Installs LibreOffice by apt, as root, and gives its path."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        packages = ("libreoffice-writer-nogui", "libreoffice-calc-nogui")
        for command in (("update",), ("install", "-y", "--no-install-recommends", *packages)):
            print(f"Running apt-get {' '.join(command)}", flush=True)
            subprocess.run(["apt-get", "-qq", *command], check=False, env=environment, timeout=900)
    return find()


def as_pdf(file: Path, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a file, in `folder`."""
    return _convert(file, folder, "pdf")


def as_cells(file: Path, folder: Path) -> list[list[tuple[str, str]]]:
    """The rows that LibreOffice reads from a CSV file: of each cell its type, or formula, and its text."""
    # Comma, quotes and UTF-8, which its dialogue takes from the mark at the start of the file and no dialogue asks here.
    sheet = ElementTree.parse(_convert(file, folder, "fods", "--infilter=CSV:44,34,76")).getroot()
    return [
        [cell for node in row.iter(f"{_TABLE}table-cell") for cell in [_cell(node)] * _repeated(node)]
        for row in sheet.iter(f"{_TABLE}table-row")
    ]


_OPEN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT = _OPEN % "table", _OPEN % "office", _OPEN % "text"


def _cell(node: ElementTree.Element) -> tuple[str, str]:
    kind = "formula" if node.get(f"{_TABLE}formula") else node.get(f"{_OFFICE}value-type", "")
    value = node.get(f"{_OFFICE}date-value") or node.get(f"{_OFFICE}value")
    return kind, value or "\n".join("".join(text.itertext()) for text in node.iter(f"{_TEXT}p"))


def _repeated(node: ElementTree.Element) -> int:
    """How many cells it stands for. What fills a sheet to its end stands for one."""
    count = int(node.get(f"{_TABLE}number-columns-repeated", "1"))
    return count if count < 1000 else 1


def _convert(file: Path, folder: Path, to: str, *options: str) -> Path:
    office = find()
    assert office, HOW
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", *options, "--convert-to", to, "--outdir", str(folder), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    made = folder / f"{file.stem}.{to}"
    assert made.is_file(), f"{HOW}\n{done.stdout}{done.stderr}"
    return made


if __name__ == "__main__":
    found = find() or install()
    print(f"LibreOffice for the tests: {found}" if found else HOW)
    sys.exit(0 if found else 1)
