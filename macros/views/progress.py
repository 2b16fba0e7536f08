"""What two observations of a figure say of progress. One method, for every page and file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from macros.content.figures import Direction, Figure, Observation, Qualifier

from .wording import number, value


class Verdict(StrEnum):
    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"
    UNJUDGED = "unjudged"


@dataclass(frozen=True)
class Change:
    """The change of a figure from one observation to a later one.

    `difference` is the later value less the earlier, in the figure's unit (percentage points for
    a percentage). It is None where either number is qualified or a range: the difference between
    "over 700" and "over 800" is not known.
    """

    figure: Figure
    earlier: Observation
    later: Observation
    difference: Decimal | None

    @property
    def verdict(self) -> Verdict:
        """Improved or worsened by the figure's own direction; unjudged where there is none."""
        if self.difference is None or self.figure.better is None:
            return Verdict.UNJUDGED
        if self.difference == 0:
            return Verdict.UNCHANGED
        rose = self.difference > 0
        return Verdict.IMPROVED if rose == (self.figure.better is Direction.UP) else Verdict.WORSENED

    @property
    def words(self) -> str:
        """The change in words: down 7.35 percentage points."""
        if self.earlier.hidden or self.later.hidden:
            return "a change that is not worked out, because a number is too small to show"
        if self.difference is None:
            return f"from {value(self.figure, self.earlier)} to {value(self.figure, self.later)}"
        if self.difference == 0:
            return "unchanged"
        return f"{'up' if self.difference > 0 else 'down'} {self._amount(abs(self.difference))}"

    @property
    def sum(self) -> str:
        """The sum that gives the difference, for a reader who wants to check it."""
        if self.difference is None:
            return ""
        return f"{value(self.figure, self.later)} less {value(self.figure, self.earlier)} is {number(self.difference)}"

    def _amount(self, size: Decimal) -> str:
        unit = self.figure.unit
        if unit == "%":
            return f"{number(size)} percentage {'point' if size == 1 else 'points'}"
        if unit.startswith("£"):
            return f"£{number(size)}{unit[1:]}"
        return f"{number(size)} {self.figure.unit_one if size == 1 and self.figure.unit_one else unit}"


def change(figure: Figure, earlier: Observation, later: Observation) -> Change:
    """The change from `earlier` to `later`."""
    exact = all(
        seen.value is not None and seen.qualifier is Qualifier.EXACT and not seen.words for seen in (earlier, later)
    )
    if not exact:
        return Change(figure, earlier, later, None)
    assert later.value is not None and earlier.value is not None
    return Change(figure, earlier, later, later.value - earlier.value)
