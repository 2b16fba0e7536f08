"""The bytes of the partner site do not depend on internal content.

The partner edition is built of the full example, and then of valid copies of it in which what only
staff may see is deleted, added, moved or filled with noise. Every file must stay as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from handbook.build.mkdocs.build import build
from handbook.editions import template_context
from handbook.editions.check import check
from handbook.editions.navigation import menu_sections, navigation
from handbook.editions.renderer import write
from handbook.loading.handbook import read_handbook
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.editions import Audience, Edition
from handbook.model.parts import Record
from handbook.model.record_kinds import Term
from handbook.model.store import Store
from tests.conftest import copy_full_example, run
from tests.editions.mutations import MUTATIONS
from tests.editions.tree import Tree, copy_of

# The trees of `make test`. Between them they have every mutation.
HANDS = 4
LONG_TREES = 30


@dataclass(frozen=True)
class Baseline:
    """The full example as it is, and what it makes."""

    root: Path
    partner: dict[str, bytes] = field(repr=False)
    inside: list[Any] = field(repr=False)


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Baseline:
    root = copy_full_example(tmp_path_factory.mktemp("baseline") / "handbook")
    return Baseline(root, site(root, Edition.PARTNER), inside(root))


@pytest.fixture(scope="module")
def internal(baseline: Baseline) -> dict[str, bytes]:
    """The internal site of the full example as it is."""
    return site(baseline.root, Edition.INTERNAL)


def site(root: Path, edition: Edition) -> dict[str, bytes]:
    """Every file of an edition, as MkDocs builds it."""
    with TemporaryDirectory() as folder:
        return files_in(build(root, edition, Path(folder) / "site"))


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def inside(root: Path) -> list[Any]:
    """What the internal edition is made of: pages, headers, menu, files and words of its own."""
    handbook, _ = read_handbook(root)
    written, _ = write(handbook, Edition.INTERNAL)
    return [
        {path: written.markdown(path).markdown for path in written.pages},
        {path: page.header for path, page in written.pages.items()},
        navigation(written),
        {path: (root / "docs" / path).read_bytes() for path in handbook.docs.files},
        handbook.settings.editions[Edition.INTERNAL],
    ]


def difference(before: dict[str, bytes], after: dict[str, bytes]) -> str:
    """The files in which two sites differ, and how the page with most lines of it does. Empty for the same bytes."""
    differing = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    changes = {path: _changes(before.get(path), after.get(path)) for path in differing}
    if not changes:
        return ""
    path = max(differing, key=lambda path: (path.endswith(".html"), len(changes[path])))
    shown = "\n".join(line[:200] for line in changes[path][:20])
    return f"{len(differing)} files differ: {', '.join(differing[:8])}\n{path}:\n{shown}"


def _changes(before: bytes | None, after: bytes | None) -> list[str]:
    """The lines that a file lost and got."""
    if before is None or after is None:
        return ["(a new file)" if before is None else "(a file that is gone)"]
    old, new = (content.decode("utf-8", "replace").splitlines() for content in (before, after))
    lost, got = set(old) - set(new), set(new) - set(old)
    lines = [f"- {line}" for line in old if line in lost] + [f"+ {line}" for line in new if line in got]
    return lines or ["(the same lines in another order)"]


def mutate(tree: Tree, names: Sequence[str]) -> list[str]:
    """Makes the mutations, and gives the names of those that the tree had something for."""
    made = [name for name in names if MUTATIONS[name](tree) is not False]
    tree.settle()
    return made


def assert_partners_read_the_same(baseline: Baseline, tree: Tree, made: list[str]) -> None:
    """The tree is valid, differs inside, and makes the same partner site."""
    problems = check(tree.root).problems
    assert not problems, f"after {', '.join(made)}, the tree is not valid:\n" + "\n".join(map(str, problems))
    assert inside(tree.root) != baseline.inside, f"{', '.join(made)} change nothing that staff see"
    differs = difference(baseline.partner, site(tree.root, Edition.PARTNER))
    assert not differs, f"after {', '.join(made)}, the partner site is another: {differs}"


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_shows_to_staff(name: str, baseline: Baseline, tmp_path: Path) -> None:
    tree = Tree(copy_of(baseline.root, tmp_path / "handbook"), Random(name))
    assert mutate(tree, [name]) == [name], "it found nothing to change"
    assert inside(tree.root) != baseline.inside


@pytest.mark.parametrize("hand", range(HANDS))
def test_partners_read_the_same_bytes(hand: int, baseline: Baseline, tmp_path: Path) -> None:
    tree = Tree(copy_of(baseline.root, tmp_path / "handbook"), Random(hand))
    assert_partners_read_the_same(baseline, tree, mutate(tree, list(MUTATIONS)[hand::HANDS]))


@pytest.mark.long
@settings(
    max_examples=LONG_TREES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(
    names=st.lists(st.sampled_from(list(MUTATIONS)), min_size=1, max_size=15),
    random=st.randoms(use_true_random=False),
)
def test_partners_read_the_same_bytes_whatever_staff_read(
    baseline: Baseline, internal: dict[str, bytes], names: list[str], random: Random
) -> None:
    with TemporaryDirectory() as folder:
        tree = Tree(copy_of(baseline.root, Path(folder) / "handbook"), random)
        made = mutate(tree, names)
        assume(made)
        assert_partners_read_the_same(baseline, tree, made)
        assert difference(internal, site(tree.root, Edition.INTERNAL)), "staff read the same too"


def test_a_build_in_this_process_is_that_of_a_fresh_one(baseline: Baseline, tmp_path: Path) -> None:
    """No build leaves anything behind that the next would show."""
    tree = Tree(copy_of(baseline.root, tmp_path / "handbook"), Random(0))
    mutate(tree, ["rewrite term", "add page", "add figure"])
    site(tree.root, Edition.INTERNAL)
    again = site(baseline.root, Edition.PARTNER)
    fresh = tmp_path / "fresh"
    done = run(
        "mkdocs", "build", "--strict", "-f", baseline.root / "mkdocs.partner.yml", "-d", fresh, cwd=baseline.root
    )
    assert done.returncode == 0, done.stderr
    assert not difference(files_in(fresh), again)
    assert not difference(files_in(fresh), baseline.partner)


def leak_a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store lets internal records of one kind through."""
    see = Store._see

    def leaky(self: Store, record: Record, known: Any) -> Any:
        return see(self, record.model_copy(update={"audience": Audience.PARTNER}), known)

    monkeypatch.setattr(
        Store, "_see", lambda self, record, known: (leaky if isinstance(record, Term) else see)(self, record, known)
    )


def leak_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    """The title of an internal page gets into the menu."""

    def leaky(written: RenderedEdition) -> dict[str, list[str]]:
        pages = written.handbook.docs.pages
        titles = sorted((page.header.title for path, page in pages.items() if path not in written.pages), reverse=True)
        return {f"{title} {titles[0]}": paths for title, paths in menu_sections(written).items()}

    monkeypatch.setattr(template_context, "menu_sections", leaky)


def leak_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file goes out, whoever uses it."""
    monkeypatch.setattr(RenderedEdition, "files", lambda written: set(written.handbook.docs.files))


@pytest.mark.parametrize(
    ("leak", "mutation"),
    [(leak_a_kind, "rewrite term"), (leak_titles, "retitle page"), (leak_files, "add file")],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_leak_is_found(
    leak: Callable[[pytest.MonkeyPatch], None],
    mutation: str,
    baseline: Baseline,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leak(monkeypatch)
    leaky = Baseline(baseline.root, site(baseline.root, Edition.PARTNER), baseline.inside)
    tree = Tree(copy_of(baseline.root, tmp_path / "handbook"), Random(0))
    made = mutate(tree, [mutation])
    with pytest.raises(AssertionError, match="the partner site is another: .* files differ: ") as found:
        assert_partners_read_the_same(leaky, tree, made)
    assert "zq" in str(found.value), "the message does not show what leaked"
