"""Real builds by plain MkDocs: the same bytes each time, no other host, and nothing wiped by a mistake."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.loading.handbook import read_handbook
from handbook.model.editions import Edition
from tests.conftest import ROOT, build_site, run

# Fails a build that reaches for the network: no name but this machine's own may be looked up.
NO_NETWORK = """
import socket

def refuse(*args, **kwargs):
    raise SystemExit(f"reached for the network: {args}")

socket.socket.connect = refuse
socket.getaddrinfo = refuse
"""


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below `folder` with a hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("edition", Edition)
def test_two_builds_are_the_same_byte_for_byte(
    edition: Edition, built: Callable[[Edition], Path], site_root: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    build_site(site_root, edition, again)
    assert fingerprint(again) == fingerprint(built(edition))


def test_a_build_reaches_for_no_other_host(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = run("mkdocs", "build", "--strict", cwd=example)
    assert done.returncode == 0, done.stderr
    # The guard itself fires.
    reach = [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
    reached = subprocess.run(reach, capture_output=True, text=True)
    assert "reached for the network" in reached.stderr


@pytest.mark.parametrize("edition", Edition)
def test_a_page_is_built_for_each_page_of_the_edition(
    edition: Edition, built: Callable[[Edition], Path], site_root: Path
) -> None:
    handbook, problems = read_handbook(site_root)
    assert not problems
    wanted = {page.url for page in handbook.docs.pages.values() if edition.shows(page.audience)}
    moved = {"workstreams/carers.html"}
    assert moved == {
        f"{old.removesuffix('.md')}.html" for page in handbook.docs.pages.values() for old in page.header.redirect_from
    }
    found = {path.relative_to(built(edition)).as_posix() for path in built(edition).rglob("*.html")}
    assert found == wanted | moved | {"404.html"}


def test_an_engine_without_the_plugin_publishes_no_page_for_partners(example: Path) -> None:
    config = (example / "mkdocs.partner.yml").read_text().replace("  handbook:\n    edition: partner\n", "")
    bare = (example / "mkdocs.yml").read_text().replace("  handbook:\n    edition: internal\n", "")
    (example / "mkdocs.yml").write_text(bare)
    (example / "mkdocs.partner.yml").write_text(config.replace("plugins:\n", ""))
    run("mkdocs", "build", "-f", "mkdocs.partner.yml", cwd=example)
    assert not [path for path in (example / "build/partner").rglob("*.html") if path.name != "404.html"]


def test_a_copy_is_not_built_by_the_code_of_another(example: Path) -> None:
    shutil.copytree(ROOT / "handbook", example / "handbook", ignore=shutil.ignore_patterns("__pycache__"))
    (example / "elsewhere").mkdir()
    done = run("mkdocs", "build", "-f", example / "mkdocs.yml", cwd=example / "elsewhere")
    assert done.returncode == 1
    assert "would be built by the code in" in done.stderr
    assert "Traceback" not in done.stderr
