"""Loading the package `macros` of a handbook, which says what its pages may call."""

from __future__ import annotations

import importlib.util
import re
import sys
import traceback
from pathlib import Path
from types import ModuleType

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


def _import(folder: Path) -> ModuleType:
    """The package in `folder`, newly loaded, under its name in `sys.modules`."""
    for name in [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]:
        del sys.modules[name]
    # What Python knows of the files in the folder may be of a moment ago.
    sys.path_importer_cache.pop(str(folder), None)
    spec = importlib.util.spec_from_file_location(
        PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = module
    try:
        spec.loader.exec_module(module)
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
