"""What makes a function a macro: its name, and arguments that are checked before it is called."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from handbook.macros.view import MacroError, View
from handbook.model.problems import choose
from handbook.model.store import MissingRecord

Function = Callable[..., str]


@dataclass(frozen=True)
class Macro:
    """A macro as pages know it.

    A page with one that `reads_uses` is evaluated once it is known what every other page uses. One that
    needs several `reports` has nothing to say before there are so many.
    """

    function: Function
    reads_uses: bool = False
    reports: int = 0

    @property
    def name(self) -> str:
        return self.function.__name__

    @cached_property
    def signature(self) -> inspect.Signature:
        parameters = list(inspect.signature(self.function, eval_str=True).parameters.values())[1:]
        return inspect.Signature(parameters)

    @property
    def description(self) -> str:
        """What the macro gives, from the first paragraph of its docstring."""
        return inspect.cleandoc(self.function.__doc__ or "").split("\n\n")[0]

    def on(self, view: View) -> Callable[..., str]:
        """The macro as a page calls it. Raises MacroError for an argument it does not take.

        In the past, it says that what it has nothing for was not yet reported.
        """

        def call(*args: Any, **kwargs: Any) -> str:
            self._check(args, kwargs)
            try:
                return str(self.function(view, *args, **kwargs))
            except (MacroError, MissingRecord):
                if not view.store.past:
                    raise
                # The present is checked first, so that only the day can be the reason.
                return str(view.not_yet(start=kwargs.get("start") is True))

        return call

    def area(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
        """The area of work that such a call names, or nothing."""
        if "workstream" not in self.signature.parameters:
            return ""
        try:
            named = self.signature.bind(*args, **kwargs).arguments.get("workstream")
        except TypeError:
            return ""  # The call itself says what is wrong with it.
        return named if isinstance(named, str) else ""

    def _check(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
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
