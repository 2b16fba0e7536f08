"""The addresses that pages had before lead on to them, in the editions that have the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.model.editions import Edition
from handbook.outputs.search.index import HEADS_FILE
from tests.conftest import copy_example, run

OLD = {"workstreams/neglect.md": ("old/deeper/neglect.md", "neglect.md"), "internal/notes.md": ("internal/remarks.md",)}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with redirects, built in both editions."""
    root = copy_example(tmp_path_factory.mktemp("redirects") / "handbook")
    for path, olds in OLD.items():
        page = root / "docs" / path
        listed = "".join(f"  - {old}\n" for old in olds)
        page.write_text(page.read_text().replace("---\n", f"---\nredirect_from:\n{listed}", 1))
    for config in ("mkdocs.yml", "mkdocs.partner.yml"):
        done = run("mkdocs", "build", "--strict", "-f", config, cwd=root)
        assert done.returncode == 0, done.stderr
    return root / "build"


@pytest.mark.parametrize("edition", Edition)
def test_an_old_address_leads_to_the_page(edition: Edition, tree: Path) -> None:
    page = (tree / edition / "old/deeper/neglect.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=../../workstreams/neglect.html">' in page
    assert '<link rel="canonical" href="../../workstreams/neglect.html">' in page
    assert 'This page is now at <a href="../../workstreams/neglect.html">Neglect</a>.' in page
    assert "<script" not in page
    assert 'url=workstreams/neglect.html"' in (tree / edition / "neglect.html").read_text()


def test_only_an_edition_that_has_the_page_has_its_old_address(tree: Path) -> None:
    assert (tree / "internal/internal/remarks.html").is_file()
    assert not (tree / "partner/internal").exists()


def test_the_internal_edition_says_so_there_too(tree: Path) -> None:
    internal, partner = ((tree / edition / "neglect.html").read_text() for edition in Edition)
    assert "noindex" in internal and '<strong class="edition-label">Internal</strong>' in internal
    assert "noindex" not in partner and "Internal" not in partner


def test_neither_search_nor_the_sitemap_lists_an_old_address(tree: Path) -> None:
    for name in (HEADS_FILE, "sitemap.xml"):
        assert "old/deeper" not in (tree / "internal" / name).read_text()
