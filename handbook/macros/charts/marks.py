"""What an observation is as a mark: as much as its source says, and nothing sharper."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from handbook.model.figures import Figure, Observation, Qualifier


class Shape(StrEnum):
    """The shape that tells how sure a number is. Each can be told apart without its colour."""

    EXACT = "exact"
    RANGE = "range"
    OVER = "over"
    NEARLY = "nearly"
    UP_TO = "up-to"
    ABOUT = "about"


_SHAPES = {
    Qualifier.EXACT: Shape.EXACT,
    Qualifier.OVER: Shape.OVER,
    Qualifier.NEARLY: Shape.NEARLY,
    Qualifier.UP_TO: Shape.UP_TO,
    Qualifier.ABOUT: Shape.ABOUT,
}

# What a chart that has these shapes says of them.
KEYS = {
    Shape.RANGE: "The dashed part runs from the lower to the higher number of a range.",
    Shape.OVER: "An arrow means that the source says \u201cover\u201d, and not by how much.",
    Shape.NEARLY: "An arrow back or down means that the source says \u201cnearly\u201d, and not how nearly.",
    Shape.UP_TO: "A dashed bar, or a ring with an arrow down, means that the source says \u201cup to\u201d.",
    Shape.ABOUT: "A dashed outline means that the source gives the number only roughly.",
}


@dataclass(frozen=True)
class ChartMark:
    """An observation to be drawn, from `low` to `high`, which are the same but for a range."""

    seen: Observation
    shape: Shape
    low: Decimal
    high: Decimal


def mark(seen: Observation) -> ChartMark:
    """An observation that may be shown, as a mark."""
    if seen.value is not None:
        return ChartMark(seen, Shape.ABOUT if seen.words else _SHAPES[seen.qualifier], seen.value, seen.value)
    assert seen.low is not None and seen.high is not None
    return ChartMark(seen, Shape.RANGE, seen.low, seen.high)


def in_time(figure: Figure) -> list[Observation]:
    """What a figure was, in the order of time. What was corrected is left out."""
    return sorted(figure.standing, key=lambda seen: seen.period)


def keys(drawn: list[ChartMark]) -> list[str]:
    """How to read the shapes among some marks, for those that are not exact."""
    shapes = {each.shape for each in drawn}
    return [words for shape, words in KEYS.items() if shape in shapes]
