"""Whatever every page depends on is part of the environment's hash."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from handbook.cache import environment as module
from handbook.cache.environment import can_be_cached, environment
from handbook.model.locations import THEME
from tests.conftest import copy_example, override


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example with overrides of its own."""
    root = copy_example(tmp_path / "handbook")
    for path in ("main.html", "assets/stylesheets/print.css"):
        override(root, path)
    return root


@pytest.mark.parametrize(
    "path",
    [
        "macros/__init__.py",
        "overrides/main.html",
        "overrides/assets/stylesheets/print.css",
        "mkdocs.yml",
        "mkdocs.partner.yml",
        "data/handbook.yml",
    ],
)
def test_a_change_of_a_file_is_seen(root: Path, path: str) -> None:
    before = environment(root)
    (root / path).write_bytes((root / path).read_bytes() + b"\n")
    assert environment(root) != before


def test_a_change_of_the_engines_theme_is_seen(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = tmp_path / "engine"
    shutil.copytree(THEME, engine / "theme")
    monkeypatch.setattr(module, "ENGINE", engine)
    monkeypatch.setattr(module, "THEME", engine / "theme")
    before, code = environment(root), environment(root, with_theme=False)
    style = engine / "theme/assets/stylesheets/print.css"
    style.write_bytes(style.read_bytes() + b"\n")
    assert environment(root) != before
    override(root, "404.html")
    assert environment(root, with_theme=False) == code
    (engine / "new.py").touch()
    assert environment(root, with_theme=False) != code


def test_a_file_that_comes_or_goes_is_seen(root: Path) -> None:
    before = environment(root)
    (root / "macros/new.py").touch()
    assert environment(root) != before
    (root / "macros/new.py").unlink()
    assert environment(root) == before


def test_a_page_and_a_record_are_no_part_of_it(root: Path) -> None:
    before = environment(root)
    for path in ("docs/index.md", "data/people.yml"):
        (root / path).write_bytes((root / path).read_bytes() + b"\n")
    assert environment(root) == before


def test_another_version_of_a_library_is_seen(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    (tmp_path / "markdown-1.0.dist-info").mkdir()
    before = environment(root)
    (tmp_path / "markdown-1.0.dist-info").rename(tmp_path / "markdown-1.1.dist-info")
    assert environment(root) != before


def test_another_python_is_seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = environment(root)
    monkeypatch.setattr(sys, "version", "4.0")
    assert environment(root) != before


def test_another_day_is_seen(root: Path) -> None:
    assert environment(root) != environment(root, date(2021, 9, 1))


def test_nothing_is_cached_beside_code_that_may_read_anything(root: Path) -> None:
    assert can_be_cached(root)
    (root / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text() + "hooks:\n  - hook.py\n")
    assert not can_be_cached(root)
