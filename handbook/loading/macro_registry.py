"""The macros that pages may call: what a handbook's `define_env` registers, and how a call of one is checked."""

from __future__ import annotations

import inspect
import keyword
import traceback
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from handbook.model.problems import Place, Problem, choose
from handbook.model.store import MissingRecord

MacroFunction = Callable[..., str]
F = TypeVar("F", bound=MacroFunction)

# The package of a handbook that registers its macros, below its root, and the module that pages' errors name.
PACKAGE = "macros"
DOOR = f"{PACKAGE}/__init__.py"
VIEW = "view"
# What a page can write as an argument.
_LITERALS = (str, bool, int, float, type(None))
# Names that Jinja or a page's choice of edition takes for its own.
_RESERVED = frozenset(["internal", "true", "false", "none", "caller", "varargs", "kwargs", "loop", "self", "super"])
_NEEDS = "handbook_needs"


class MacroError(ValueError):
    """A macro was asked for something it cannot do. `what` says what is wrong, `cure` what to do."""

    def __init__(self, what: str, cure: str):
        self.what, self.cure = what, cure
        super().__init__(what)


class MacroFault(MacroError):
    """A macro of the handbook's own is broken: it raised an error, or returned something that is not text."""


class RegistrationError(AttributeError):
    """`define_env` used something of its `env` that a handbook does not have."""


@dataclass(frozen=True)
class Needs:
    """What has to be known before a macro can be called.

    `uses`: what every other page uses, so that pages that call it are evaluated after all others.
    `reports`: how many reports the handbook must hold. Until then, pages that call it are left out.
    """

    uses: bool = False
    reports: int = 0


def needs(*, uses: bool = False, reports: int = 0) -> Callable[[F], F]:
    """Decorate a macro that has to wait for something. See `Needs`."""

    def decorate(function: F) -> F:
        vars(function)[_NEEDS] = Needs(uses, reports)
        return function

    return decorate


class Macro:
    """A registered function as pages know it: a name, a signature without the view, and what it needs."""

    def __init__(self, function: MacroFunction, name: str, folder: Path | None = None):
        """Raises MacroError for a function whose arguments no page could give.

        `folder` is the handbook's package of macros, whose lines are named when the function fails.
        """
        self.function, self.name = function, name
        self.needs: Needs = getattr(function, _NEEDS, Needs())
        self._folder = folder
        self.signature = _signature(function, name)

    def __call__(self, view: Any, /, *args: Any, **kwargs: Any) -> str:
        """Return what the macro writes for a page, given its `view` and the arguments of the call.

        Raises MacroError, MacroFault for a fault in the handbook's own code, and MissingRecord.
        """
        self._check_arguments(args, kwargs)
        try:
            result = self.function(view, *args, **kwargs)
        except (MacroError, MissingRecord):
            raise
        except Exception as error:
            if self.is_engine:
                raise
            place = self._failed_at(error.__traceback__)
            raise MacroFault(
                f"The macro {self.name} failed at {place.path}:{place.line} ({type(error).__name__}: {error})",
                "Mend it there, or take the call away",
            ) from error
        if not isinstance(result, str):
            place = self.place
            raise MacroFault(
                f"The macro {self.name} at {place.path}:{place.line} gave no text (found {type(result).__name__})",
                "Have it return Markdown or HTML",
            )
        return str(result)

    @property
    def is_engine(self) -> bool:
        """True for a macro of the engine, false for one that the handbook defines."""
        return self.function.__module__.partition(".")[0] == __name__.partition(".")[0]

    @property
    def place(self) -> Place:
        """Where the function is defined, if that is in the handbook's own package, or else the package itself."""
        return _defined_at(self.function, self._folder) or Place(DOOR, 1)

    @property
    def description(self) -> str:
        """What the macro gives, from the first paragraph of its docstring."""
        return inspect.cleandoc(self.function.__doc__ or "").split("\n\n")[0]

    def workstream(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
        """The area of work that a call names in its argument `workstream`, or an empty string."""
        if "workstream" not in self.signature.parameters:
            return ""
        try:
            named = self.signature.bind(*args, **kwargs).arguments.get("workstream")
        except TypeError:
            return ""  # The call itself says what is wrong with it.
        return named if isinstance(named, str) else ""

    def _check_arguments(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        known = self.signature.parameters
        for name in kwargs:
            if name not in known:
                raise MacroError(
                    f"{self.name}() takes no argument of this name (found {name})", choose(name, known, self._usage())
                )
        try:
            bound = self.signature.bind(*args, **kwargs)
        except TypeError as error:
            raise MacroError(
                f"{self.name}() has too few or too many arguments ({error})", self._usage().capitalize()
            ) from None
        for name, given in bound.arguments.items():
            parameter = known[name]
            values = given if parameter.kind is parameter.VAR_POSITIONAL else (given,)
            for value in values:
                if not isinstance(value, parameter.annotation):
                    raise MacroError(
                        f"{name} of {self.name}() is of the wrong kind (found {value})",
                        "Write text in double quotes, and true or false without quotes",
                    )

    def _usage(self) -> str:
        shown = [str(p).split(":")[0] for p in self.signature.parameters.values()]
        return f"write {{{{ {self.name}({', '.join(shown)}) }}}}"

    def _failed_at(self, trace: TracebackType | None) -> Place:
        """The innermost line of the handbook's own package that was being run."""
        return innermost(self._folder, traceback.extract_tb(trace)) or self.place


class MacroRegistry(Mapping[str, Macro]):
    """The macros of a handbook by name.

    `define_env` gets it as its `env`, and registers each macro with `env.macro`, as mkdocs-macros-plugin has it. What
    is wrong with a macro is kept in `problems`, so that all of it is told at once. `root` is the handbook's folder.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.problems: list[Problem] = []
        self._folder = (root / PACKAGE).absolute() if root else None
        self._macros: dict[str, Macro] = {}

    def macro(self, function: F, name: str = "") -> F:
        """Register `function` under `name`, or its own name, and return it. Works as a decorator too."""
        name = name or function.__name__
        registered_at = innermost(self._folder, traceback.extract_stack()) or Place(DOOR, 1)
        if fault := _name_fault(name, self):
            self.problems.append(Problem(registered_at.path, registered_at.line, *fault))
            return function
        try:
            self._macros[name] = Macro(function, name, self._folder)
        except MacroError as error:
            place = _defined_at(function, self._folder) or registered_at
            self.problems.append(Problem(place.path, place.line, error.what, error.cure))
        return function

    def replaced(self, functions: Mapping[str, MacroFunction]) -> MacroRegistry:
        """The same macros, with other `functions` in the place of those that have these names."""
        copy = MacroRegistry()
        copy._folder = self._folder
        copy._macros = {
            name: Macro(functions.get(name, macro.function), name, self._folder) for name, macro in self.items()
        }
        return copy

    def __getitem__(self, name: str) -> Macro:
        return self._macros[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._macros)

    def __len__(self) -> int:
        return len(self._macros)

    def __getattr__(self, name: str) -> Any:
        """Refuse what mkdocs-macros-plugin offers beside `macro`: pages hold calls and nothing else."""
        if name.startswith("_"):
            raise AttributeError(name)
        raise RegistrationError(f"A handbook has no use for env.{name}, since pages hold calls of macros alone")


def innermost(folder: Path | None, frames: traceback.StackSummary) -> Place | None:
    """The last of some frames that is a line of the handbook's own package in `folder`, if any is."""
    places = (_place_in(folder, frame.filename, frame.lineno or 1) for frame in reversed(frames))
    return next(filter(None, places), None)


def _place_in(folder: Path | None, file: str, line: int) -> Place | None:
    path = Path(file)
    if folder is None or not path.is_relative_to(folder):
        return None
    return Place(f"{PACKAGE}/{path.relative_to(folder).as_posix()}", line)


def _defined_at(function: MacroFunction, folder: Path | None) -> Place | None:
    """Where a function is defined, if that is in the handbook's own package."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return _place_in(folder, code.co_filename, code.co_firstlineno) if code else None


def _name_fault(name: str, taken: Container[str]) -> tuple[str, str] | None:
    """What is wrong with the name of a macro, and the cure."""
    if name in taken:
        return f"Two macros of one name (found {name})", "Give one of them another name"
    if not name.isidentifier():
        return f"A macro has a name that no page could call (found {name})", "Write small letters and _"
    if keyword.iskeyword(name) or name in _RESERVED:
        return f"A macro has a name that means something else in pages (found {name})", "Choose another"
    return None


def _signature(function: MacroFunction, name: str) -> inspect.Signature:
    """The parameters that a page gives. Raises MacroError where the first is not the view, or one cannot be checked."""
    try:
        parameters = list(inspect.signature(function, eval_str=True).parameters.values())
    except Exception as error:
        raise MacroError(
            f"The arguments of the macro {name} cannot be read ({type(error).__name__}: {error})",
            "Import what their annotations name",
        ) from None
    if (
        not parameters
        or parameters[0].name != VIEW
        or parameters[0].kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD
    ):
        raise MacroError(
            f"The first argument of the macro {name} is not the view", f"Write def {name}({VIEW}: View, ...) -> str"
        )
    for parameter in parameters[1:]:
        if parameter.kind is parameter.VAR_KEYWORD or not _is_literal(parameter.annotation):
            raise MacroError(
                f"An argument of the macro {name} has no type that a page can write (found {parameter.name})",
                f"Write {parameter.name}: str, or bool, int or float",
            )
    return inspect.Signature(parameters[1:])


def _is_literal(annotation: Any) -> bool:
    """True for a type of literals, or a choice among such types."""
    choices = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    return all(any(choice is literal for literal in _LITERALS) for choice in choices)
