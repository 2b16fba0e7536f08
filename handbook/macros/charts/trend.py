"""A figure over time: a mark for each observation, at its time and at its height."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from handbook.macros import wording
from handbook.macros.charts.frame import Name
from handbook.macros.charts.marks import ChartMark, Shape, in_time, mark
from handbook.macros.charts.scale import Scale, day_number, rounded
from handbook.macros.rendering import fill
from handbook.model.figures import Figure

# Down the drawing, in the size of its text: where the highest number and nought are drawn, and how
# far from a mark its label stands.
TOP, BASE = Decimal("2.6"), Decimal("10.6")
_ABOVE, _BELOW, _LINE = Decimal("-0.9"), Decimal("1.7"), Decimal("1.25")
# Across, in hundredths of the width: the room for marks, and what a label takes on a narrow screen.
LEFT, RIGHT, _ROOM = Decimal(8), Decimal(92), Decimal(34)
# A time that is narrower than this is not drawn as one.
_NARROW = Decimal(4)
_DATE_LINE = 14


@dataclass(frozen=True)
class Point:
    """A mark in its place. `from_x` and `to_x` are the ends of the time it tells of."""

    mark: ChartMark
    x: Decimal
    from_x: Decimal
    to_x: Decimal
    low_y: Decimal
    high_y: Decimal

    @property
    def spans(self) -> bool:
        """True where the time it tells of is wide enough to be seen."""
        return self.to_x - self.from_x >= _NARROW


@dataclass(frozen=True)
class Label:
    """The value and the time of a point, where there is room for them."""

    x: Decimal
    anchor: str
    value: str
    value_y: Decimal
    dates: list[tuple[str, Decimal]]


def trend(figure: Figure, name: Name) -> str:
    """The drawing of a figure's observations over time. Exact neighbours alone are joined."""
    placed = points(figure)
    labels = _labels(figure, placed)
    lowest = max(y for label in labels for _, y in label.dates)
    return fill(
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
    """A figure's observations in the order of time, each in its place. What may not be shown is not drawn."""
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
    """The neighbours between which a line is drawn: both shown and exact, so that its slope is known."""
    exact = {id(point.mark.seen): point for point in points(figure) if point.mark.shape is Shape.EXACT}
    ordered = [exact.get(id(seen)) for seen in in_time(figure)]
    return [(one, other) for one, other in pairwise(ordered) if one and other]


def _scale(figure: Figure) -> Scale:
    """Heights from nought, so that no change looks larger than it is."""
    drawn = [mark(seen) for seen in in_time(figure) if not seen.hidden]
    numbers = [number for each in drawn for number in (each.low, each.high)]
    return Scale(min([Decimal(0), *numbers]), max([Decimal(0), *numbers]), BASE, TOP)


def _labels(figure: Figure, placed: list[Point]) -> list[Label]:
    """Labels for the first and the last point, and for those between that have room."""
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
