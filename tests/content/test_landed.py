"""The landed handbook, tested like code: one result for each page and for each record."""

from __future__ import annotations

import pytest

from handbook.editions.check import Checked, check
from handbook.loading.handbook import read_handbook
from tests.conftest import ROOT

HANDBOOK, _ = read_handbook(ROOT)


@pytest.fixture(scope="module")
def found() -> Checked:
    return check(ROOT)


@pytest.mark.parametrize("path", HANDBOOK.docs.pages)
def test_page(path: str, found: Checked) -> None:
    problems = [str(problem) for problem in found.problems if problem.path == f"docs/{path}"]
    assert not problems, "\n".join([*problems, "See docs/editing/write-a-page.md"])


@pytest.mark.parametrize("name", HANDBOOK.records)
def test_record(name: str, found: Checked) -> None:
    place = HANDBOOK.records.place(HANDBOOK.records[name])
    problems = [str(problem) for problem in found.problems if problem.path == place.path]
    assert not problems, "\n".join([*problems, "See docs/editing/change-a-figure.md"])


def test_nothing_else_is_wrong(found: Checked) -> None:
    assert not found.problems
