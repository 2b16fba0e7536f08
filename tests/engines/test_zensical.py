"""The export on Zensical: the same words on every page. Our own configuration, which it cannot honour, publishes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.model.editions import Edition
from tests.conftest import copy_full_example
from tests.engines.conftest import Run
from tests.visible import visible_words

pytestmark = pytest.mark.long


@pytest.mark.parametrize("edition", Edition)
def test_every_page_of_the_export_shows_the_same_words(
    edition: Edition,
    engine: Callable[..., Run],
    exported: Callable[[Edition], Path],
    built: Callable[[Edition], Path],
    tmp_path: Path,
) -> None:
    folder = tmp_path / "export"
    shutil.copytree(exported(edition), folder)
    done = engine("zensical", "zensical")("build", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path.relative_to(folder / "docs").with_suffix(".html") for path in (folder / "docs").rglob("*.md")}
    assert len(pages) > 20
    for page in pages:
        theirs, ours = (visible_words((site / page).read_text("utf-8")) for site in (folder / "site", built(edition)))
        assert theirs == ours, page


def test_our_own_partner_configuration_publishes_no_page(engine: Callable[..., Run], tmp_path: Path) -> None:
    root = copy_full_example(tmp_path / "handbook")
    engine("zensical", "zensical")("build", "-f", "mkdocs.partner.yml", cwd=root)
    pages = [path.relative_to(root).as_posix() for path in root.glob("build/**/*.html")]
    assert not [path for path in pages if not path.endswith("404.html")]
