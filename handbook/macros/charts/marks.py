"""How an observation is drawn: a mark no more precise than what the source says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from handbook.model.figures import Figure, Observation, Qualifier


class Shape(StrEnum):
    """The shape of a mark, which shows how certain a number is. Shapes differ without their colours."""

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

# The key for each shape that is not exact.
KEYS = {
    Shape.RANGE: "The dashed part runs from the lower to the higher number of a range.",
    Shape.OVER: "An arrow means that the source says \u201cover\u201d, and not by how much.",
    Shape.NEARLY: "An arrow back or down means that the source says \u201cnearly\u201d, and not how nearly.",
    Shape.UP_TO: "A dashed bar, or a ring with an arrow down, means that the source says \u201cup to\u201d.",
    Shape.ABOUT: "A dashed outline means that the source gives the number only roughly.",
}


@dataclass(frozen=True)
class ChartMark:
    """An observation as it is drawn, from `low` to `high`, which are equal unless it is a range."""

    seen: Observation
    shape: Shape
    low: Decimal
    high: Decimal


def mark(seen: Observation) -> ChartMark:
    """Return the mark of an observation, which must not be hidden."""
    if seen.value is not None:
        return ChartMark(seen, Shape.ABOUT if seen.words else _SHAPES[seen.qualifier], seen.value, seen.value)
    assert seen.low is not None and seen.high is not None
    return ChartMark(seen, Shape.RANGE, seen.low, seen.high)


def in_time(figure: Figure) -> list[Observation]:
    """Return a figure's observations in order of time, without those that were corrected."""
    return sorted(figure.standing, key=lambda seen: seen.period)


def keys(drawn: list[ChartMark]) -> list[str]:
    """Return the key for the shapes among some marks."""
    shapes = {each.shape for each in drawn}
    return [words for shape, words in KEYS.items() if shape in shapes]
