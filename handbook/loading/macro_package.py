"""Loading the package `macros` of a handbook, which says what its pages may call."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from handbook.loading.macro_registry import DOOR, PACKAGE, MacroRegistry, RegistrationError, innermost
from handbook.model.problems import Place, Problem

_HOOK = "define_env"


def load_macros(root: Path) -> MacroRegistry:
    """Run the handbook's `define_env` and return what it registered, with every problem in doing so.

    The package is loaded by its place below `root`, and afresh each time: an editable install of another checkout
    offers a package of the same name. It stays in `sys.modules`, where mkdocs-macros-plugin finds it.
    """
    registry = MacroRegistry(root)
    folder = (root / PACKAGE).absolute()
    for shown, what in ((PACKAGE, "folder"), (DOOR, "file")):
        if not (root / shown).exists():
            cure = f"Put it back: {_HOOK} in {DOOR} lists the macros that pages may call"
            registry.problems.append(Problem(shown, 1, f"The {what} is missing", cure))
            return registry
    try:
        module = _import(folder)
        hook = getattr(module, _HOOK, None)
        if callable(hook):
            hook(registry)
        else:
            cure = "Define it, and have it register each macro with env.macro"
            registry.problems.append(Problem(DOOR, 1, f"There is no function {_HOOK}(env) in the file", cure))
    except SyntaxError as error:
        registry.problems.append(_syntax_problem(folder, error))
    except RegistrationError as error:
        registry.problems.append(_problem(folder, error, str(error), "Register macros, with env.macro"))
    except (Exception, SystemExit) as error:
        what = f"The macros cannot be loaded ({type(error).__name__}: {_without_path(str(error))})"
        registry.problems.append(_problem(folder, error, what, "Mend this line, or put the file back as it was"))
    return registry


class _SourceLoader(SourceFileLoader):
    """Loads a module from its source, always.

    Python's compiled files are told from others by their size and a date in seconds. A preview reads a file that was
    saved twice in a second, and a handbook's folder is no place for files that nobody asked for.
    """

    def path_stats(self, path: Any) -> Mapping[str, Any]:
        raise OSError("compiled files are not used")


@contextmanager
def macros_alone(root: Path) -> Iterator[MacroRegistry]:
    """The macros of the handbook at `root`, from a folder that holds their package and nothing else.

    Inside the block that folder is the current one, so that no macro finds a file of the handbook.
    """
    with TemporaryDirectory(prefix="handbook-") as name, chdir(name):
        folder = Path(name)
        shutil.copytree(root / PACKAGE, folder / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
        before = _forget()
        try:
            yield load_macros(folder)
        finally:
            _forget()
            sys.modules.update(before)


def _forget() -> dict[str, ModuleType]:
    """Take the package and its modules out of `sys.modules`, and return them."""
    loaded = [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]
    return {name: sys.modules.pop(name) for name in loaded}


def _import(folder: Path) -> ModuleType:
    """The package in `folder`, newly loaded, under its name in `sys.modules`."""
    _forget()
    sys.path_importer_cache[str(folder)] = FileFinder(str(folder), (_SourceLoader, SOURCE_SUFFIXES))
    file = str(folder / "__init__.py")
    loader = _SourceLoader(PACKAGE, file)
    spec = importlib.util.spec_from_file_location(
        PACKAGE, file, loader=loader, submodule_search_locations=[str(folder)]
    )
    assert spec
    module = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = module
    try:
        loader.exec_module(module)
    except BaseException:
        sys.modules.pop(PACKAGE, None)
        raise
    return module


def _syntax_problem(folder: Path, error: SyntaxError) -> Problem:
    file = Path(error.filename or "")
    shown = f"{PACKAGE}/{file.relative_to(folder).as_posix()}" if file.is_relative_to(folder) else DOOR
    return Problem(shown, error.lineno or 1, f"Python cannot read this line ({error.msg})", "Mend it")


def _problem(folder: Path, error: BaseException, what: str, cure: str) -> Problem:
    """A problem at the innermost line of the package that was being run."""
    place = innermost(folder, traceback.extract_tb(error.__traceback__)) or Place(DOOR, 1)
    return Problem(place.path, place.line, what, cure)


def _without_path(message: str) -> str:
    """A message without the place of a file on this machine, which Python adds to some."""
    return re.sub(r" \([^()]*[/\\][^()]*\)$", "", message)
