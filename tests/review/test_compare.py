"""What changed, in golden cases: edits to the example handbook before and after, and what is told of it.

Write a new case without `text` and `markdown`, run with UPDATE_CASES=1, and read what was filled in.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from handbook.editions.check import check, read
from handbook.macros import wording
from handbook.model.coverage import uses_of
from handbook.model.dependencies import on_record
from handbook.model.editions import Edition
from handbook.model.figures import Figure
from handbook.review.change import Changes
from handbook.review.compare import compare
from handbook.review.formats import as_html, as_markdown, as_text
from handbook.review.git_history import Start
from tests.conftest import copy_example
from tests.test_cases import apply

CASES = Path(__file__).parent / "cases"
SINCE = Start("main", "0123456789abcdef")


@pytest.fixture
def trees(tmp_path: Path) -> tuple[Path, Path]:
    return copy_example(tmp_path / "before"), tmp_path / "after"


def compared(before: Path, after: Path) -> Changes:
    now = check(after)
    assert not now.errors, "\n".join(map(str, now.errors))
    return compare(read(before), now, SINCE)


def changed_by(case: dict[str, Any], trees: tuple[Path, Path]) -> Changes:
    before, after = trees
    for edit in case.get("before", []):
        apply(edit, before / edit["file"])
    assert not check(before).errors
    shutil.copytree(before, after, symlinks=True)
    for edit in case["after"]:
        apply(edit, after / edit["file"])
    return compared(before, after)


def load(name: str) -> dict[str, Any]:
    return yaml.safe_load((CASES / f"{name}.yml").read_text("utf-8"))


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yml")), ids=lambda path: path.stem)
def test_case(path: Path, trees: tuple[Path, Path]) -> None:
    text = path.read_text("utf-8")
    case = yaml.safe_load(text)
    changes = changed_by(case, trees)
    said = {"text": as_text(changes), "markdown": as_markdown(changes)}
    if os.environ.get("UPDATE_CASES"):
        blocks = "".join(f"{form}: |\n" + re.sub(r"^(?=.)", "  ", told, flags=re.M) for form, told in said.items())
        path.write_text(re.sub(r"\ntext: \|.*", "", text, flags=re.DOTALL).rstrip() + "\n" + blocks, "utf-8")
        return
    assert said == {form: case[form] for form in said}
    # HTML tells the same: every heading and every thing that changed.
    html = as_html(changes)
    for section in changes.sections:
        assert section.title in html
        assert html.count("<article>") == sum(len(section.items) for section in changes.sections)


def test_a_handbook_did_not_change_against_itself(site_root: Path) -> None:
    now = check(site_root)
    changes = compare(read(site_root), now, SINCE)
    assert not changes.seen and not changes.sections and not changes.shown
    assert as_text(changes) == (
        "What changed since main (0123456789)\n\nReaders see no change in words, figures, pages or images.\n"
    )


LOUD = ("internal-block-opened", "page-opened-as-it-moved", "number-kept-from-partners")


@pytest.mark.parametrize("name", LOUD)
def test_what_was_internal_is_told_first_and_loudly(name: str, trees: tuple[Path, Path]) -> None:
    changes = changed_by(load(name), trees)
    assert as_text(changes).split("\n")[2].startswith("!!! WARNING: INTERNAL NOW, OPEN TO PARTNERS")
    assert as_markdown(changes).split("\n")[2] == "> [!CAUTION]"
    html = as_html(changes)
    assert html.index('class="warning"') < html.index("<article>")


@pytest.mark.parametrize("name", ["page-moved", "page-added-and-removed", "figure-corrected"])
def test_nobody_is_alarmed_without_need(name: str, trees: tuple[Path, Path]) -> None:
    changes = changed_by(load(name), trees)
    for told in (as_text(changes), as_markdown(changes), as_html(changes)):
        assert "WARNING" not in told and "CAUTION" not in told and 'class="warning"' not in told


def test_the_warning_comes_from_the_comparison_of_audiences(
    trees: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the guard taken away the warning is gone: nothing else could have raised it."""
    monkeypatch.setattr("handbook.review.compare.widened", lambda before, now: [])
    assert "WARNING" not in as_text(changed_by(load(LOUD[0]), trees))


def test_a_page_that_moved_is_loud_only_because_its_old_path_is_followed(
    trees: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.review.exposure.moved_pages", lambda before, now: {})
    changes = changed_by(load(LOUD[1]), trees)
    assert not changes.leaks and len(changes.firsts) == 1


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("pair")
    return copy_example(folder / "before"), copy_example(folder / "after")


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(
        [("trained", "neglect.yml", "700"), ("turnover", "staff.yml", "19.60"), ("overspend", "staff.yml", "3")]
    ),
    st.integers(30, 90),
)
def test_a_changed_figure_names_exactly_the_pages_that_use_it(
    pair: tuple[Path, Path], figure: tuple[str, str, str], value: int
) -> None:
    name, file, old = figure
    path = pair[1] / "data/figures" / file
    text = path.read_text("utf-8")
    try:
        path.write_text(text.replace(f'value: "{old}"', f'value: "{value}"'), "utf-8")
        changes = compared(*pair)
        written = check(pair[1]).editions
    finally:
        path.write_text(text, "utf-8")
    (item,) = (item for section in changes.sections if section.title == "Figures" for item in section.items)
    reading = {
        page
        for edition in item.editions
        for page in uses_of(written[edition].reads).get(on_record(Figure.kind, name), ())
    }
    titles = [written[Edition.INTERNAL].pages[page].header.title for page in sorted(reading)]
    assert item.notes == (f"Shown, without an edit, on: {'; '.join(titles)}.",)
    # The number goes with its qualifier and its unit, before and after.
    record = check(pair[0]).editions[Edition.INTERNAL].store.get(Figure, name)
    assert item.changes[0].old.startswith(wording.full(record, record.latest))
    following = next(section for section in changes.sections if section.title.startswith("Pages that change"))
    assert {item.place for item in following.items} == {f"docs/{page}" for page in reading}
    assert compared(pair[0], pair[0]).sections == ()


def test_a_comment_is_never_longer_than_one_may_be(trees: tuple[Path, Path]) -> None:
    words = ["".join(letters) for letters in itertools.product("abcdef", repeat=3)]
    many = "".join(f"\n## Part {word}\n\n{f'A long sentence about part {word}, ' * 12}and so on.\n" for word in words)
    case = {"after": [{"file": "docs/internal/notes.md", "add": many}]}
    changes = changed_by(case, trees)
    assert len(as_text(changes)) > 65_536 > len(as_markdown(changes).encode("utf-16-le")) // 2
    assert as_markdown(changes).endswith("Run `handbook diff` to see all of it.\n")


def test_the_page_of_changes_asks_for_nothing_and_fits_every_screen(
    browser: Browser, trees: tuple[Path, Path], tmp_path: Path
) -> None:
    page_of_changes = tmp_path / "changes.html"
    page_of_changes.write_text(as_html(changed_by(load("markup-in-records"), trees)), "utf-8")
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.on("console", lambda message, said=said: said.append(message.text))
        page.goto(page_of_changes.as_uri())
        assert asked == [page_of_changes.as_uri()] and not said
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator("script, img, iframe, link, main a:not([href^='#'])").count() == 0
        gone, come = page.locator("del").first, page.locator("ins").first
        assert gone.inner_text() == "Staff leave, and children meet new people again and again."
        assert come.inner_text().startswith("@everyone <b>all</b> well ![x]")
        decoration = "element => getComputedStyle(element).textDecorationLine"
        assert (gone.evaluate(decoration), come.evaluate(decoration)) == ("line-through", "underline")
        page.close()
