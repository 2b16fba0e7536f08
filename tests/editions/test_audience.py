"""Every odd way of writing front matter ends in an error, and its page in no edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.build.mkdocs.build import BuildFailed, build
from handbook.editions.check import check
from handbook.model.editions import Edition
from handbook.model.problems import Severity
from tests.conftest import copy_example
from tests.loading.test_front_matter import GOOD, ODD

# One form of each family is also built by MkDocs, which must then publish nothing.
BUILT = ("byte-order mark", "never closed", "capitals", "twice", "missing")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_example(tmp_path_factory.mktemp("audience") / "handbook")


@pytest.fixture
def page(tree: Path) -> Iterator[Path]:
    """A page to write, which is gone afterwards."""
    path = tree / "docs/workstreams/odd.md"
    yield path
    path.unlink()


def test_there_are_at_least_forty() -> None:
    assert len(set(ODD.values())) >= 40
    assert set(BUILT) <= set(ODD)


def test_the_plain_form_is_in_its_edition(tree: Path, page: Path) -> None:
    page.write_text(GOOD, "utf-8")
    found = check(tree)
    assert not found.errors
    shown = [edition for edition, written in found.editions.items() if "workstreams/odd.md" in written.pages]
    assert shown == [Edition.INTERNAL]


@pytest.mark.parametrize("audience", ["internal", "partner"])
@pytest.mark.parametrize("form", ODD)
def test_an_odd_form_is_an_error_and_in_no_edition(form: str, audience: str, tree: Path, page: Path) -> None:
    text = ODD[form]
    for case in (str.lower, str.capitalize, str.upper):
        text = text.replace(case("internal"), case(audience))
    page.write_bytes(text.encode())
    found = check(tree)
    assert [problem for problem in found.errors if problem.path == "docs/workstreams/odd.md"]
    assert all(problem.severity is Severity.ERROR for problem in found.errors)
    assert not any("workstreams/odd.md" in written.pages for written in found.editions.values())


@pytest.mark.parametrize("form", BUILT)
def test_an_odd_form_stops_a_build_before_anything_is_written(
    form: str, tree: Path, page: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page.write_bytes(ODD[form].encode())
    for edition in Edition:
        caplog.clear()
        with pytest.raises(BuildFailed):
            build(tree, edition, tmp_path / edition)
        assert "docs/workstreams/odd.md:" in caplog.text
        assert not (tmp_path / edition).exists()
