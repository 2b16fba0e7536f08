"""Targets of figures, and the qualifier and direction of their numbers."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handbook.model.examples import BadExample
from handbook.model.fields import Number, Text, When
from handbook.model.number_text import fault
from handbook.model.parts import Sourced


class Qualifier(StrEnum):
    """How exact a number is, in the words of its source. It is part of the number."""

    EXACT = "exact"
    OVER = "over"
    ABOUT = "about"
    NEARLY = "nearly"
    UP_TO = "up-to"


class Direction(StrEnum):
    """Which way is an improvement."""

    UP = "up"
    DOWN = "down"


# Where up is better, a target is at least a number or more than it; where down is better, at most a number.
_SENSIBLE = {Direction.UP: (Qualifier.EXACT, Qualifier.OVER), Direction.DOWN: (Qualifier.EXACT, Qualifier.UP_TO)}


class Target(Sourced):
    """The value that a figure is to reach, according to a source."""

    value: Annotated[Number, Field(description="The number to reach, in quotes, as a value.", examples=["15"])]
    qualifier: Annotated[
        Qualifier,
        Field(
            description="exact (if left out); over where better is up; up-to where better is down.", examples=["over"]
        ),
        BadExample("at least", "Not a value that qualifier can have (found at least)"),
    ] = Qualifier.EXACT
    by: Annotated[
        When | None, Field(description="When it is to be reached, if the source says.", examples=["2022-03"])
    ] = None
    note: Annotated[
        Text | None,
        Field(description="What a reader should know about this target.", examples=["It replaces the target of 2020."]),
    ] = None

    def check(self, better: Direction | None) -> None:
        """Raise a validation error if the target makes no sense for a figure of this direction."""
        if better is None:
            raise fault("A target for a figure without a direction", "Say with better which way is an improvement")
        if self.qualifier not in _SENSIBLE[better]:
            what = f"A target that says nothing where better is {better} (found {self.qualifier})"
            raise fault(what, f"Use {' or '.join(_SENSIBLE[better])}")
