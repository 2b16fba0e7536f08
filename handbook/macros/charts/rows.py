"""Rows of bars or dots on one scale across, each under its own words: the form that fits any width."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from handbook.macros.charts.frame import Name, wrapped
from handbook.macros.charts.scale import rounded
from handbook.macros.rendering import fill

_LINE, _BAR, _GAP = Decimal("1.3"), Decimal("1.1"), Decimal("1.1")


@dataclass(frozen=True)
class RowPart:
    """A piece of a row, from `x` on, as wide as `width` (parts of the drawing's width). A dot has none.

    `kind` is its class. `arrow` is 1 for an end that goes on, -1 for a start that does, else 0.
    """

    kind: str
    x: Decimal
    width: Decimal = Decimal(0)
    arrow: int = 0


@dataclass(frozen=True)
class ChartRow:
    """A row: what it is about, its value in words, and its pieces."""

    label: str
    value: str
    parts: list[RowPart]


@dataclass(frozen=True)
class Axis:
    """What stands along the foot: words at places, and a tick for each in every row.

    `now` is the place of the day that the handbook speaks for, if time runs across.
    """

    words: list[tuple[str, Decimal, str]] = field(default_factory=list)
    ticks: list[Decimal] = field(default_factory=list)
    now: Decimal | None = None
    now_words: str = ""


@dataclass(frozen=True)
class Placed:
    """A row in its place: the height of each line of words, and of the top of its bar."""

    lines: list[tuple[str, Decimal]]
    value: str
    value_y: Decimal
    bar_y: Decimal
    parts: list[RowPart]


def rows(name: Name, given: list[ChartRow], axis: Axis, track: bool = False) -> str:
    """The drawing of some rows. With `track`, each has an outline of the whole width behind it."""
    placed, y = [], Decimal(0)
    for row in given:
        lines = []
        for line in wrapped(row.label):
            y += _LINE
            lines.append((line, rounded(y)))
        y += _LINE
        placed.append(Placed(lines, row.value, rounded(y), rounded(y + Decimal("0.5")), row.parts))
        y += Decimal("0.5") + _BAR + _GAP
    foot = y + Decimal("0.2")
    height = foot if axis.words else foot - _GAP
    return fill(
        "charts/rows",
        name=name,
        rows=placed,
        axis=axis,
        track=track,
        bar=_BAR,
        foot=rounded(foot),
        height=rounded(height + Decimal("0.3")),
    )
