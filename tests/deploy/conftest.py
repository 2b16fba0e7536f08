"""What the tests of deploy/ share: the example published once, and served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Once, copy_example, override, run
from tests.deploy.server import Server, edit, serving


@pytest.fixture(scope="session")
def published(once: Once) -> Path:
    """The example handbook with both editions published. Tests change nothing in it."""

    def make(root: Path) -> None:
        done = run("handbook.cli", "build", "all", cwd=copy_example(root))
        assert done.returncode == 0, done.stdout + done.stderr

    return once("published", make)


@pytest.fixture(scope="session")
def server(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """nginx serving both editions of the example."""
    with serving(published / "site", tmp_path_factory.mktemp("nginx") / "conf") as started:
        yield started


@pytest.fixture(scope="session")
def sites(once: Once) -> list[Path]:
    """Three builds of the example's partner edition that differ in every page, in a style and in what is searched."""
    folder = once("sites", _three_sites)
    return [folder / str(number) for number in range(3)]


def _three_sites(folder: Path) -> None:
    root = copy_example(folder / "handbook")
    content = override(root, "assets/stylesheets/content.css")
    for number in range(3):
        with content.open("a") as style:
            style.write(f"/* {number} */\n")
        edit(root / "data/handbook.yml", {"^title: .*": f"title: Example {number}"})
        edit(root / "docs/glossary.md", {"^title: .*": f"title: Words of example {number}"})
        site = folder / str(number)
        done = run("mkdocs", "build", "--strict", "-q", "-f", "mkdocs.partner.yml", "-d", site, cwd=root)
        assert done.returncode == 0, done.stderr
