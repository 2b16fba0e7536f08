"""What each macro writes, as golden files: a call, a line of dashes, and what it gives.

A golden file is named for its macro, and what it shows after a dot. The call is made from the
example's page on neglect; with `.second` in its name, after the example's second report. Run with UPDATE_CASES=1 to fill in a new one, and read it.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from handbook.editions.renderer import write
from handbook.loading.handbook import Handbook, read_handbook
from handbook.loading.jinja_syntax import parse_template
from handbook.loading.macro_package import load_macros
from handbook.loading.rendered_edition import RenderedEdition
from handbook.loading.template import evaluate
from handbook.macros.view import SiteContext, View
from handbook.markdown.source import MarkdownSource
from handbook.model.dependencies import recording
from handbook.model.editions import Edition
from tests.conftest import ROOT

GOLDEN = Path(__file__).parent / "golden"
MACROS = load_macros(ROOT)
PAGE = "workstreams/neglect.md"
BREAK = "\n----\n"


@pytest.fixture(scope="module")
def editions(unchanged: Path, two_reports: Path) -> dict[bool, dict[Edition, RenderedEdition]]:
    """The editions of the example, and, under True, after its second report."""
    made = {}
    for second, root in ((False, unchanged), (True, two_reports)):
        handbook, problems = read_handbook(root)
        assert not problems
        made[second] = {edition: written(handbook, edition) for edition in Edition}
    return made


def written(handbook: Handbook, edition: Edition) -> RenderedEdition:
    result, problems = write(handbook, edition)
    assert not problems
    return result


def gives(call: str, edition: RenderedEdition) -> str:
    """The Markdown that `call` makes on the example's page about neglect."""
    uses = {
        key: tuple(path for path in edition.reads if key in edition.reads[path])
        for reads in edition.reads.values()
        for key in reads
    }
    view = View(SiteContext(edition.store, edition.pages, uses), edition.pages[PAGE])
    template, problems = parse_template(call, "page.md")
    assert not problems
    result = MarkdownSource()
    with recording():
        macros = {name: partial(view.call, macro) for name, macro in edition.handbook.macros.items()}
        failed = evaluate(template, edition.store.edition, macros, result)
    assert not failed, failed
    return result.markdown


def gives_what_it_says(path: Path, editions: dict[Edition, RenderedEdition]) -> None:
    """Holds a golden file against what its call gives, or fills it in."""
    call, _, wanted = path.read_text("utf-8").partition(BREAK)
    edition = Edition.PARTNER if path.stem.endswith(".partner") else Edition.INTERNAL
    given = gives(call, editions[edition]).rstrip("\n") + "\n"
    if os.environ.get("UPDATE_CASES"):
        path.write_text(f"{call.rstrip()}{BREAK}{given}", "utf-8")
        return
    assert given == wanted


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.md")), ids=lambda path: path.stem)
def test_a_macro_gives_what_its_golden_file_says(
    path: Path, editions: dict[bool, dict[Edition, RenderedEdition]]
) -> None:
    gives_what_it_says(path, editions[".second" in path.stem])


@pytest.mark.parametrize("name", [name for name, macro in MACROS.items() if macro.is_engine])
def test_every_macro_has_a_golden_file(name: str) -> None:
    assert any(path.stem.partition(".")[0] == name for path in GOLDEN.glob("*.md"))
