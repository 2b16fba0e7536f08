"""A build with a cache makes what one without makes: every byte, and every message.

Edits are made one after the other on the example, and the cache lives through all of them. After each, the edition is
checked and built with the cache, and without.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook.build.mkdocs.build import build
from handbook.cache import build_cache as module
from handbook.cache.build_cache import BuildCache
from handbook.cache.fingerprints import Fingerprints
from handbook.editions import check as checking
from handbook.model.dependencies import DependencyKind
from handbook.model.editions import Edition
from tests.build.test_build import fingerprint
from tests.conftest import copy_example, override

NEGLECT = "docs/workstreams/neglect.md"
NOTES = "docs/internal/notes.md"
Edit = Callable[[Path, str], None]


def change(path: str, old: str, new: str) -> Edit:
    """Puts `new`, with a word made up for the edit in place of % and a number for §, where a pattern is found."""

    def edit(root: Path, word: str) -> None:
        file = root / path
        text = file.read_text("utf-8")
        file.write_text(
            re.sub(old, lambda found: found.expand(new.replace("%", word).replace("§", str(len(word)))), text, count=1),
            "utf-8",
        )

    return edit


def page(path: str, body: str = "") -> Edit:
    def edit(root: Path, word: str) -> None:
        header = f"title: A page about {word}\nsummary: What {word} is.\naudience: partner\nsources:\n  - report-2021\n"
        (root / path).write_text(f"---\n{header}---\n\n{body or word}\n", "utf-8")

    return edit


def move_sources(root: Path, word: str) -> None:
    [file] = (root / "docs").glob("sources*.md")
    file.rename(file.with_name(f"sources-{word}.md"))


def remove_page(root: Path, word: str) -> None:
    for file in (root / "docs/workstreams").glob("more-*.md"):
        file.unlink()
        return


EDITS: dict[str, Edit] = {
    "prose": change(NEGLECT, "(?m)^Staff learn .*?see", "Staff learn % to see"),
    "figure": change("data/figures/neglect.yml", 'value: "\\d+"', 'value: "7§"'),
    "figure's title": change("data/figures/neglect.yml", "title: .*", "title: Staff trained in %"),
    "title": change(NEGLECT, "title: .*", "title: Neglect and %"),
    "order": change(NEGLECT, "order: .*", "order: 3§"),
    "front matter": change(NEGLECT, "summary: .*", "summary: Seeing % early."),
    "audience": change(NOTES, "audience: \\w+", "audience: partner"),
    "audience back": change(NOTES, "audience: \\w+", "audience: internal"),
    "page added": lambda root, word: page(f"docs/workstreams/more-{word}.md")(root, word),
    "last page of a folder": lambda root, word: page(f"docs/workstreams/zeal-{word}.md")(root, word),
    "page that reads": page("docs/workstreams/more-9.md", '{{ figure("trained") }} and {{ term("neglect-tool") }}.'),
    "page about the handbook": page("docs/about/contact.md"),
    "page moved": move_sources,
    "page removed": remove_page,
    "glossary": change("data/glossary.yml", "name: .*", "name: Neglect Assessment Tool %"),
    "glossary's meaning": change("data/glossary.yml", "meaning: .*", "meaning: A way to see %."),
    "body": change("data/bodies.yml", "name: .*", "name: Example Council %"),
    "person": change("data/people.yml", "name: .*", "name: Staff %"),
    "person on a page": change("data/people.yml", "name: .*", "name: Staff learn"),
    "template": change("overrides/main.html", "(?s)^", "{#- % -#}\n"),
    "footer": change("overrides/partials/footer.html", "It shows", "% It shows"),
    "style": change("overrides/assets/stylesheets/print.css", "(?s)^", "/* % */\n"),
    "settings": change("data/handbook.yml", "title: .*", "title: Example handbook %"),
    "configuration": change("mkdocs.yml", "toc_depth: \\d", "toc_depth: 2"),
    "theme option": change("mkdocs.yml", "language: en", "language: fr"),
    "broken link": change(NOTES, "(?m)^## Coverage", "[%](nowhere-%.md)\n\n## Coverage"),
    "mended link": change(NOTES, r"\[\w+\]\(nowhere.*\)\n", ""),
    "number typed": change(NOTES, "(?m)^## Coverage", "There were 88§ of them.\n\n## Coverage"),
    "number taken away": change(NOTES, "There were .*\n", ""),
    "heading": change(NOTES, "## \\w+", "## Coverage%"),
    "link to a heading": change("docs/index.md", r"neglect.md(#\w+)?", "neglect.md#what-it-is"),
    "no such heading": change("docs/index.md", r"neglect.md(#[\w-]+)?", "neglect.md#x%"),
    "remark": change("data/figures/neglect.yml", "(?s)^", "# %\n"),
    "nothing": lambda root, word: None,
}


def tree(folder: Path) -> Path:
    """The example with overrides, which edits can change, and a page about itself."""
    root = copy_example(folder)
    (root / "docs/about").mkdir()
    page("docs/about/index.md")(root, "example")
    with (root / "data/handbook.yml").open("a", encoding="utf-8") as settings:
        settings.write("  - folder: about\n    title: About\n")
    for path in ("main.html", "partials/footer.html", "assets/stylesheets/print.css"):
        override(root, path)
    return root


def outcome(root: Path, edition: Edition, keeps: bool) -> tuple[list[str], dict[str, str]]:
    """Every problem that a check tells, and every file of the site, if it can be built."""
    found = checking.check(root, cache=BuildCache.of(root) if keeps else None)
    folder = root / f"built-{'kept' if keeps else 'afresh'}" / edition
    told = list(map(str, found.problems))
    return told, {} if found.errors else fingerprint(build(root, edition, folder, use_cache=keeps))


def assert_same(root: Path, edition: Edition, after: list[str]) -> None:
    kept, afresh = outcome(root, edition, True), outcome(root, edition, False)
    assert kept[0] == afresh[0], after
    different = {path for path in kept[1].keys() | afresh[1].keys() if kept[1].get(path) != afresh[1].get(path)}
    assert not different, (after, different)


def run_sequence(folder: Path, edits: list[str], edition: Edition) -> None:
    root = tree(folder / "handbook")
    assert_same(root, edition, [])
    for number, name in enumerate(edits):
        EDITS[name](root, "x" * (number + 1))
        assert_same(root, edition, edits[: number + 1])


SEQUENCES = st.lists(st.sampled_from(list(EDITS)), min_size=1, max_size=4)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=6, deadline=None, suppress_health_check=QUIET, derandomize=True)
@given(edits=SEQUENCES, edition=st.sampled_from(list(Edition)))
def test_any_edits(edits: list[str], edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> None:
    run_sequence(tmp_path_factory.mktemp("edits"), edits, edition)


@pytest.mark.long
@settings(max_examples=200, deadline=None, suppress_health_check=QUIET)
@given(edits=SEQUENCES, edition=st.sampled_from(list(Edition)))
def test_many_edits(edits: list[str], edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> None:
    run_sequence(tmp_path_factory.mktemp("edits"), edits, edition)


def test_every_edit_in_turn(tmp_path: Path) -> None:
    names = list(EDITS)
    Random(1).shuffle(names)
    run_sequence(tmp_path, names, Edition.INTERNAL)


# For each kind of thing that is read, an edit that would be missed if it were not part of what is compared.
NEEDED = {
    (DependencyKind.SOURCE_TEXT,): "prose",
    (DependencyKind.RECORD,): "figure",
    (DependencyKind.PAGE, DependencyKind.LINK): "title",
    (DependencyKind.MACRO_PAGE, DependencyKind.LINK): "page moved",
    (DependencyKind.USERS,): "page that reads",
    (DependencyKind.QUESTION,): "person on a page",
    (DependencyKind.CONTENT,): "prose",
    (DependencyKind.FOLDER,): "last page of a folder",
    (DependencyKind.MENU,): "page added",
    # In a handbook this small the menu of every page has it too, and so it must miss both.
    (DependencyKind.MENU, DependencyKind.FOOTER): "page about the handbook",
}


@pytest.mark.parametrize("kinds", NEEDED)
def test_without_a_kind_of_dependency_an_edit_is_missed(
    kinds: tuple[DependencyKind, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Fingerprints.__call__
    monkeypatch.setattr(
        Fingerprints,
        "__call__",
        lambda self, dependency: "same" if dependency.kind in kinds else whole(self, dependency),
    )
    with pytest.raises(AssertionError):
        run_sequence(tmp_path, [NEEDED[kinds]], Edition.INTERNAL)


@pytest.mark.parametrize("edit", ["settings", "footer", "style"])
def test_without_the_environment_an_edit_is_missed(edit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "environment", lambda *_: "same")
    with pytest.raises(AssertionError):
        run_sequence(tmp_path, [edit], Edition.INTERNAL)
