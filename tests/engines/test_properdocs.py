"""The same tree on ProperDocs: every file of both editions, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.model.editions import Edition
from tests.build.test_build import fingerprint
from tests.conftest import CONFIGS
from tests.engines.conftest import Run

# What the decision "Free to move" says a move takes: from the first line on, ProperDocs answers for MkDocs.
BUILD = """
import properdocs.replacement
import mkdocs
from handbook.cli import main

assert mkdocs.__name__ == "properdocs"
raise SystemExit(main(["build", "all"]))
"""


@pytest.mark.parametrize("edition", Edition)
def test_both_editions_are_the_same_byte_for_byte(
    edition: Edition, engine: Callable[..., Run], built: Callable[[Edition], Path], site_root: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    done = engine("properdocs", "properdocs")("build", "--strict", "-f", CONFIGS[edition], "-d", site, cwd=site_root)
    assert done.returncode == 0, done.stderr
    assert len(fingerprint(site)) > 30
    assert fingerprint(site) == fingerprint(built(edition))


def test_the_handbook_command_works_on_it(engine: Callable[..., Run], example: Path) -> None:
    done = engine("properdocs", "python")("-c", BUILD, cwd=example)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (example / "site/partner/index.html").is_file()
