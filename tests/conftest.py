"""What tests share: the example handbook, with more or less in it, and each edition of the full one built once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from handbook.files.lock import locked
from handbook.model.editions import Edition
from handbook.model.locations import OVERRIDES, THEME
from tests.browser import install

# How long one example takes says more of what else the machine is doing than of the code.
hypothesis.settings.register_profile("handbook", deadline=None)
hypothesis.settings.load_profile("handbook")

ROOT = Path(__file__).parent.parent
EXAMPLE = Path(__file__).parent / "example"
# What a first and a second report add to the example. The second is made up whole.
TWO_REPORTS = Path(__file__).parent / "two_reports"

# What the full example adds to the example: records, pages, figures and blocks of every kind. Made up whole.
FULL_EXAMPLE = Path(__file__).parent / "full_example"

# What the example takes from the project, so that it is built as the project is.
_SHARED_FILES = ("mkdocs.yml", "mkdocs.partner.yml")


CONFIGS = {Edition.INTERNAL: "mkdocs.yml", Edition.PARTNER: "mkdocs.partner.yml"}

# Makes a folder of a name with a function, once for all workers, and gives its path. See the fixture.
Once = Callable[[str, Callable[[Path], None]], Path]


def copy_example(target: Path) -> Path:
    """A copy of the example handbook, with macros of its own, that MkDocs can build."""
    shutil.copytree(EXAMPLE, target, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _SHARED_FILES:
        shutil.copy(ROOT / name, target)
    (target / OVERRIDES).mkdir()
    return target


def override(root: Path, path: str) -> Path:
    """A copy of a file of the theme in the overrides of a handbook, for a test to change. Its path."""
    file = root / OVERRIDES / path
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(THEME / path, file)
    return file


def copy_with_reports(target: Path, count: int) -> Path:
    """The example with pages for reports: of one report, or of two."""
    copy_example(target)
    for layer in ("first", "second")[:count]:
        shutil.copytree(TWO_REPORTS / layer, target, dirs_exist_ok=True)
    return target


def copy_full_example(target: Path) -> Path:
    """The example with every kind of record, page and macro, as a handbook in use has them."""
    copy_example(target)
    (target / "docs/risks.md").unlink()
    shutil.copytree(FULL_EXAMPLE, target, dirs_exist_ok=True)
    return target


@pytest.fixture(scope="session")
def one_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example before its second report, for tests that change nothing in it."""
    return copy_with_reports(tmp_path_factory.mktemp("one-report") / "handbook", 1)


@pytest.fixture(scope="session")
def two_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example after its second report, for tests that change nothing in it."""
    return copy_with_reports(tmp_path_factory.mktemp("two-reports") / "handbook", 2)


@pytest.fixture(scope="session")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the example handbook, for tests that change nothing in it."""
    return copy_example(tmp_path_factory.mktemp("unchanged") / "handbook")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A fresh copy of the example handbook."""
    return copy_example(tmp_path / "handbook")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out of the measured coverage what would be slow to trace: tests that run a property on hundreds of examples."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.no_cover)


def run(*command: str | Path, cwd: Path, timeout: int = 120) -> subprocess.CompletedProcess[str]:
    """Runs a Python module's command as a person would, with this environment's Python."""
    return subprocess.run(
        [sys.executable, "-m", *map(str, command)], cwd=cwd, capture_output=True, text=True, timeout=timeout
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, one for each worker. A machine without one fails, and says how to mend that."""
    path = install.find()
    assert path, install.HOW
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(install.QUIET))
        yield started
        started.close()


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a folder of the given name with the given function, once for all workers, and gives its path."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"

    def made(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with locked(shared / f"{name}.lock", lambda: None):
            if not done.exists():
                assert not folder.exists(), f"{folder} was not finished: see the first failure that needed it"
                make(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def site_root(once: Once) -> Path:
    """The handbook that `built` and `exported` are made of: the full example. The tests in `content/` have another."""
    return once("full-example", copy_full_example)


@pytest.fixture(scope="session")
def built(once: Once, site_root: Path) -> Callable[[Edition], Path]:
    """Each edition of the full example, built once by plain `mkdocs build --strict`."""
    return lambda edition: once(f"site-{edition}", lambda folder: build_site(site_root, edition, folder))


@pytest.fixture(scope="session")
def exported(once: Once, site_root: Path) -> Callable[[Edition], Path]:
    """Each edition of the full example, exported once by the command."""
    return lambda edition: once(f"export-{edition}", lambda folder: export_site(site_root, edition, folder))


def build_site(root: Path, edition: Edition, folder: Path) -> None:
    """Build an edition of the handbook in `root` by plain `mkdocs build --strict`, and hold it to have no warning."""
    done = run("mkdocs", "build", "--strict", "-f", CONFIGS[edition], "-d", folder, cwd=root)
    assert done.returncode == 0, done.stderr
    assert "WARNING -" not in done.stderr, done.stderr


def export_site(root: Path, edition: Edition, folder: Path) -> None:
    """Export an edition of the handbook in `root` by the command."""
    done = run("handbook.cli", "export", edition, folder, cwd=root)
    assert done.returncode == 0, done.stderr
