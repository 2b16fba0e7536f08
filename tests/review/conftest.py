"""What the tests of changes share: a repository to work in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.repository import Repository


@pytest.fixture
def work(tmp_path: Path) -> Repository:
    """The example handbook on a branch `work`, with `main` to compare with."""
    return Repository(tmp_path / "handbook")
