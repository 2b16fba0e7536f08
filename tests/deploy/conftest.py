"""What the tests of deploy/ share: the example published once, and served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ..conftest import copy_example, run
from .server import Server, serving


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
