"""The architecture: which package may import which, and where other libraries' names may stand."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from handbook.model.record_kinds import KINDS
from tests.conftest import ROOT

MODULES = sorted(path.relative_to(ROOT) for path in (ROOT / "handbook").rglob("*.py"))
# Each package may import those before it, and no other. ARCHITECTURE.md says what each is for.
LAYERS = (
    "model",
    "files",
    "workers",
    "html",
    "markdown",
    "loading",
    "macros",
    "rules",
    "cache",
    "editions",
    "outputs",
    "build",
    "audit",
    "exports",
    "review",
    "release",
    "editing",
    "preview",
    "cli",
)
# Packages that stand side by side.
APART = {("rules", "macros")}


def imports(path: Path, package: str) -> set[str]:
    """The full names of everything that a module imports."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


def package_of(path: Path) -> str:
    return ".".join(path.parent.parts)


def upward(path: Path, names: set[str]) -> set[str]:
    """The imports of a module that its package may not make."""
    here = path.parts[1]
    found = set()
    for name in names:
        top, _, rest = name.partition(".")
        there = rest.partition(".")[0]
        if top == "macros" or top == "handbook" and (there not in LAYERS or not _may_import(here, there)):
            found.add(name)
    return found


def _may_import(here: str, there: str) -> bool:
    if here == there:
        return True
    return here in LAYERS and LAYERS.index(there) < LAYERS.index(here) and (here, there) not in APART


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_one_way(path: Path) -> None:
    assert not upward(path, imports(path, package_of(path)))


def test_an_import_that_points_up_is_found() -> None:
    assert upward(Path("handbook/model/store.py"), {"handbook.macros.view.View"})
    assert upward(Path("handbook/rules/links.py"), {"handbook.macros.figures.figure"})
    assert upward(Path("handbook/editions/renderer.py"), {"handbook.cli"})
    assert upward(Path("handbook/build/generated_files.py"), {"macros.define_env"})
    assert not upward(Path("handbook/cli/checking.py"), {"handbook.model.problems.Problem"})


def test_no_two_modules_import_each_other() -> None:
    graph = {".".join(path.with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"a circle: {' -> '.join((*trail, name))}"
        if name in graph and name not in done:
            for other in imports(graph[name], package_of(graph[name])):
                module = other if other in graph else other.rpartition(".")[0]
                if module != name:
                    visit(module, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_one_package_imports_mkdocs(path: Path) -> None:
    if any(name.split(".")[0] == "mkdocs" for name in imports(path, package_of(path))):
        assert path.is_relative_to("handbook/build/mkdocs")


@pytest.mark.parametrize("path", [path for path in MODULES if path.is_relative_to("handbook/build")], ids=str)
def test_building_uses_no_private_name_of_another_library(path: Path) -> None:
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.endswith("__"):
            assert isinstance(node.value, ast.Name) and node.value.id == "self", f"{path}:{node.lineno}"
    assert not [name for name in imports(path, package_of(path)) if "._" in name.replace(".__future__", "")]


def test_no_two_public_classes_share_a_name() -> None:
    seen: dict[str, Path] = {}
    for path in MODULES:
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                assert node.name not in seen, f"{node.name} is in {path} and in {seen[node.name]}"
                seen[node.name] = path


def test_a_kind_of_record_is_named_once() -> None:
    """A new kind is a model, a data file and a template: no code asks for one by its name."""
    for path in MODULES:
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            if not isinstance(node, ast.Compare):
                continue
            asks = isinstance(node.left, ast.Attribute) and node.left.attr == "kind"
            by_name = any(isinstance(value, ast.Constant) and value.value in KINDS for value in ast.walk(node))
            assert not (asks and by_name), f"{path}:{node.lineno}"
