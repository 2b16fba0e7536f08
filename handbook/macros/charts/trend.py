"""A figure over time, with a mark for each observation."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from handbook.macros import wording
from handbook.macros.charts.frame import ChartId
from handbook.macros.charts.marks import ChartMark, Shape, in_time, mark
from handbook.macros.charts.scale import Scale, day_number, rounded
from handbook.macros.rendering import render_template
from handbook.model.figures import Figure

# Vertical, in em: the y of the highest number and of zero, and how far a label is from its mark.
TOP, BASE = Decimal("2.6"), Decimal("10.6")
_ABOVE, _BELOW, _LINE = Decimal("-0.9"), Decimal("1.7"), Decimal("1.25")
# Horizontal, in percent: the range for marks, and the width of a label on a narrow screen.
LEFT, RIGHT, _ROOM = Decimal(8), Decimal(92), Decimal(34)
# A period narrower than this is drawn as a point.
_NARROW = Decimal(4)
_DATE_LINE = 14


@dataclass(frozen=True)
class Point:
    """A mark with its coordinates. `from_x` and `to_x` are the ends of the period."""

    mark: ChartMark
    x: Decimal
    from_x: Decimal
    to_x: Decimal
    low_y: Decimal
    high_y: Decimal

    @property
    def spans(self) -> bool:
        """True where the period is wide enough to be seen."""
        return self.to_x - self.from_x >= _NARROW


@dataclass(frozen=True)
class Label:
    """The value and the period of a point, for points with room for a label."""

    x: Decimal
    anchor: str
    value: str
    value_y: Decimal
    dates: list[tuple[str, Decimal]]


def trend(figure: Figure, name: ChartId) -> str:
    """Draw a figure's observations over time as SVG. Lines join only neighbours that are both exact."""
    placed = points(figure)
    labels = _labels(figure, placed)
    lowest = max(y for label in labels for _, y in label.dates)
    return render_template(
        "charts/trend",
        name=name,
        points=placed,
        joined=joined(figure),
        labels=labels,
        base=_scale(figure)(Decimal(0)),
        nought_y=_scale(figure)(Decimal(0)) - Decimal("0.4"),
        nought=wording.amount_of(figure, Decimal(0)),
        height=rounded(lowest + Decimal("0.6")),
    )


def points(figure: Figure) -> list[Point]:
    """Return the points of a figure in order of time, without hidden observations."""
    drawn = [mark(seen) for seen in in_time(figure) if not seen.hidden]
    if not drawn:
        return []
    across = Scale(
        day_number(min(each.seen.period.first for each in drawn)),
        day_number(max(each.seen.period.last for each in drawn)),
        LEFT,
        RIGHT,
    )
    down = _scale(figure)
    placed = []
    for each in drawn:
        start, end = day_number(each.seen.period.first), day_number(each.seen.period.last)
        middle = across((start + end) / 2)
        placed.append(Point(each, middle, across(start), across(end), down(each.low), down(each.high)))
    return placed


def joined(figure: Figure) -> list[tuple[Point, Point]]:
    """Return the pairs of neighbours to join: both are shown and exact, so that the slope is known."""
    exact = {id(point.mark.seen): point for point in points(figure) if point.mark.shape is Shape.EXACT}
    ordered = [exact.get(id(seen)) for seen in in_time(figure)]
    return [(one, other) for one, other in pairwise(ordered) if one and other]


def _scale(figure: Figure) -> Scale:
    """Return the vertical scale, which includes zero so that no change looks larger than it is."""
    drawn = [mark(seen) for seen in in_time(figure) if not seen.hidden]
    numbers = [number for each in drawn for number in (each.low, each.high)]
    return Scale(min([Decimal(0), *numbers]), max([Decimal(0), *numbers]), BASE, TOP)


def _labels(figure: Figure, placed: list[Point]) -> list[Label]:
    """Return labels for the first and last points, and for those between that have room."""
    chosen = {0, len(placed) - 1}
    for index, point in enumerate(placed):
        if all(abs(point.x - placed[other].x) >= _ROOM for other in chosen):
            chosen.add(index)
    return [_label(figure, placed, index) for index in sorted(chosen)]


def _label(figure: Figure, placed: list[Point], index: int) -> Label:
    point = placed[index]
    first, last = index == 0, index == len(placed) - 1
    x, anchor = (Decimal(0), "start") if first else (Decimal(100), "end") if last else (point.x, "middle")
    # Clear of the line that leads to the next point, or from the one before.
    neighbour = placed[1] if first else placed[-2]
    below = (first or last) and neighbour.high_y < point.high_y and point.low_y + _BELOW < BASE
    dates = textwrap.wrap(str(point.mark.seen.period), _DATE_LINE)
    return Label(
        x,
        anchor,
        wording.value(figure, point.mark.seen),
        point.low_y + _BELOW if below else point.high_y + _ABOVE,
        [(wording.capital(line) if row == 0 else line, BASE + _LINE * (row + 1)) for row, line in enumerate(dates)],
    )
