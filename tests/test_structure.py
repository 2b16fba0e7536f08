"""The plan of the house: which room may know which, and how large a module may grow."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from macros.content.models import KINDS

from .conftest import ROOT

PACKAGE = ROOT / "macros"
MODULES = sorted(path.relative_to(ROOT) for path in PACKAGE.rglob("*.py"))

# What each room may import from. Nobody may import a door but the door itself.
MAY_KNOW = {
    "content": {"content"},
    "views": {"content", "views"},
    "rules": {"content", "rules"},
    "publish": {"content", "views", "rules", "publish"},
    "editing": {"content", "views", "rules", "publish", "editing"},
    "door": {"content", "views", "rules", "publish", "editing", "door"},
}
# MkDocs' own interface may change under us, so it is met in as few places as possible.
MAY_IMPORT_MKDOCS = {
    "macros/plugin.py",
    "macros/publish/build.py",
    "macros/publish/look.py",
    "macros/publish/renew.py",
    "macros/publish/preview/site.py",
}


def imports(path: Path, package: str) -> set[str]:
    """The full names of everything that a module imports."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            found.add(".".join([*base, *filter(None, [node.module])]))
    return found


def room(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in MAY_KNOW else "door"


def package_of(path: Path) -> str:
    return ".".join(path.parent.parts)


def upward(path: Path, names: set[str]) -> set[str]:
    """The imports of a module that its room may not make."""
    here = room(".".join(path.with_suffix("").parts))
    return {name for name in names if name.split(".")[0] == "macros" and room(name) not in MAY_KNOW[here]}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_one_way(path: Path) -> None:
    assert not upward(path, imports(path, package_of(path)))


def test_an_import_that_points_up_is_found() -> None:
    assert upward(Path("macros/content/store.py"), {"macros.views.macro"})
    assert upward(Path("macros/rules/links.py"), {"macros.views.figures"})
    assert upward(Path("macros/publish/write.py"), {"macros.cli"})


def test_no_two_modules_of_a_room_import_each_other() -> None:
    graph = {".".join(path.with_suffix("").parts): imports(path, package_of(path)) for path in MODULES}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"a circle: {' -> '.join((*trail, name))}"
        if name in graph and name not in done:
            for other in graph[name]:
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_mkdocs_is_met_in_few_places(path: Path) -> None:
    if any(name.split(".")[0] == "mkdocs" for name in imports(path, package_of(path))):
        assert path.as_posix() in MAY_IMPORT_MKDOCS


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_modules_stay_small(path: Path) -> None:
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= 250


def test_a_kind_of_record_is_named_once() -> None:
    """A new kind is a model, a data file and a template: no code asks for one by its name."""
    for path in MODULES:
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            if not isinstance(node, ast.Compare):
                continue
            asks = isinstance(node.left, ast.Attribute) and node.left.attr == "kind"
            by_name = any(isinstance(value, ast.Constant) and value.value in KINDS for value in ast.walk(node))
            assert not (asks and by_name), f"{path}:{node.lineno}"
