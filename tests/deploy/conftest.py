"""What the tests of deploy/ share: the example published once, and served."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..conftest import ROOT, copy_example, run
from .server import Server, edit, serving


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example handbook with both editions published. Tests change nothing in it."""
    root = copy_example(tmp_path_factory.mktemp("published") / "handbook")
    done = run("macros.cli", "build", "all", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture(scope="session")
def server(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """nginx serving both editions of the example."""
    with serving(published / "site", tmp_path_factory.mktemp("nginx") / "conf") as started:
        yield started


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three builds of the example's partner edition that differ in every page, in a style and in what is searched."""
    root = copy_example(tmp_path_factory.mktemp("sites") / "handbook")
    (root / "overrides").unlink()
    shutil.copytree(ROOT / "overrides", root / "overrides")
    built = []
    for number in range(3):
        with (root / "overrides/assets/stylesheets/content.css").open("a") as style:
            style.write(f"/* {number} */\n")
        edit(root / "data/handbook.yml", {"^title: .*": f"title: Example {number}"})
        edit(root / "docs/glossary.md", {"^title: .*": f"title: Words of example {number}"})
        folder = root.parent / str(number)
        done = run("mkdocs", "build", "--strict", "-q", "-f", "mkdocs.partner.yml", "-d", folder, cwd=root)
        assert done.returncode == 0, done.stderr
        built.append(folder)
    return built
