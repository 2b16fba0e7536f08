"""What the tests of this handbook's content share: the handbook at the root, and each edition of it built once.

Nothing here or beside it knows which council's handbook that is. What only this one has stands in `expected/`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.model.editions import Edition
from tests.browser.conftest import served, visit
from tests.conftest import ROOT, Once, build_site, export_site

# The browser tests' windows, which here open the editions below.
__all__ = ["served", "visit"]


@pytest.fixture(scope="session")
def site_root() -> Path:
    """The handbook that `built` and `exported` are made of here: the one at the root."""
    return ROOT


@pytest.fixture(scope="session")
def built(once: Once) -> Callable[[Edition], Path]:
    """Each edition of the handbook at the root, built once by plain `mkdocs build --strict`."""
    return lambda edition: once(f"handbook-{edition}", lambda folder: build_site(ROOT, edition, folder))


@pytest.fixture(scope="session")
def exported(once: Once) -> Callable[[Edition], Path]:
    """Each edition of the handbook at the root, exported once by the command."""
    return lambda edition: once(f"handbook-export-{edition}", lambda folder: export_site(ROOT, edition, folder))
