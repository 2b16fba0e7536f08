"""Rows of bars or dots on one horizontal scale, each below its label, which fits any width."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from handbook.macros.charts.frame import ChartId, wrapped
from handbook.macros.charts.scale import rounded
from handbook.macros.rendering import render_template

_LINE, _BAR, _GAP = Decimal("1.3"), Decimal("1.1"), Decimal("1.1")


@dataclass(frozen=True)
class RowPart:
    """A part of a row: a bar from `x`, as wide as `width`, in percent of the drawing's width, or a dot without width.

    `kind` is its CSS class. `arrow` is 1 for an arrow to the right at its middle, -1 for one to the left, else 0.
    """

    kind: str
    x: Decimal
    width: Decimal = Decimal(0)
    arrow: int = 0


@dataclass(frozen=True)
class ChartRow:
    """A row: its label, its value in words, and its parts."""

    label: str
    value: str
    parts: list[RowPart]


@dataclass(frozen=True)
class Axis:
    """The axis below the rows: labels with their x and anchor, and the x of the ticks in every row.

    `now` is the x of the day that the handbook speaks for, if the axis is one of time.
    """

    words: list[tuple[str, Decimal, str]] = field(default_factory=list)
    ticks: list[Decimal] = field(default_factory=list)
    now: Decimal | None = None
    now_words: str = ""


@dataclass(frozen=True)
class PlacedRow:
    """A row with the y of each line of its label, of its value, and of the top of its bar."""

    lines: list[tuple[str, Decimal]]
    value: str
    value_y: Decimal
    bar_y: Decimal
    parts: list[RowPart]


def rows(name: ChartId, given: list[ChartRow], axis: Axis, track: bool = False) -> str:
    """Draw the rows as SVG. With `track`, an outline of the whole width is behind each."""
    placed, y = [], Decimal(0)
    for row in given:
        lines = []
        for line in wrapped(row.label):
            y += _LINE
            lines.append((line, rounded(y)))
        y += _LINE
        placed.append(PlacedRow(lines, row.value, rounded(y), rounded(y + Decimal("0.5")), row.parts))
        y += Decimal("0.5") + _BAR + _GAP
    foot = y + Decimal("0.2")
    height = foot if axis.words else foot - _GAP
    return render_template(
        "charts/rows",
        name=name,
        rows=placed,
        axis=axis,
        track=track,
        bar=_BAR,
        foot=rounded(foot),
        height=rounded(height + Decimal("0.3")),
    )
