"""What two observations of a figure say of progress. One method, for every page, chart and file.

A number as reported stands for every number that its words allow: "over 700" for each one above
700. A change is called better, worse or none only where that holds for every pair of them.
docs/figures-method.md says the same to readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from handbook.model.figures import Figure, Observation
from handbook.model.periods import Period
from handbook.model.targets import Direction, Qualifier, Target

# What is told of a day, a month or a season is told of one time; longer than this, of a span.
_MOMENT = 31
# Spans that differ by no more than this part of the longer one are of one length: 365 and 366 days.
_ALIKE = Decimal("0.1")


class Verdict(StrEnum):
    """What a change means, by the figure's own direction."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"
    # It rose or fell, and the figure says of neither that it is better.
    UNJUDGED = "unjudged"
    UNKNOWN = "unknown"


class Lack(StrEnum):
    """Why two observations are not enough to tell."""

    HIDDEN = "hidden"
    PERIODS = "periods"
    APPROXIMATE = "approximate"
    ORDER = "order"


@dataclass(frozen=True)
class Limits:
    """The numbers that a number as reported may stand for, or the differences of two such numbers.

    None is an end without a limit. With `open`, the ends themselves are left out.
    """

    low: Decimal | None
    high: Decimal | None
    open: bool = False

    def less(self, other: Limits) -> Limits:
        """Every difference between one of these numbers and one of the others."""
        low = None if self.low is None or other.high is None else self.low - other.high
        high = None if self.high is None or other.low is None else self.high - other.low
        return Limits(low, high, self.open or other.open)

    @property
    def above_zero(self) -> bool:
        return self.low is not None and (self.low > 0 or self.low == 0 and self.open)

    @property
    def below_zero(self) -> bool:
        return self.high is not None and (self.high < 0 or self.high == 0 and self.open)

    @property
    def zero(self) -> bool:
        return self.low == self.high == 0

    @property
    def size(self) -> Limits:
        """The differences without their sign, where all of them have the same one."""
        if not self.below_zero:
            return self
        return Limits(
            None if self.high is None else abs(self.high), None if self.low is None else abs(self.low), self.open
        )


def limits(seen: Observation) -> Limits:
    """What a number as reported may stand for: without limit for "about", for words, and for one that is too small to show."""
    if seen.words or seen.hidden or seen.qualifier is Qualifier.ABOUT:
        return Limits(None, None)
    if seen.low is not None:
        return Limits(seen.low, seen.high)
    match seen.qualifier:
        case Qualifier.EXACT:
            return Limits(seen.value, seen.value)
        case Qualifier.OVER:
            return Limits(seen.value, None, open=True)
        case Qualifier.NEARLY:
            return Limits(None, seen.value, open=True)
        case Qualifier.UP_TO:
            return Limits(None, seen.value)


def comparable(one: Period, other: Period) -> bool:
    """True when numbers of two periods may be set against each other.

    Each is told of one time, or both of spans of one length that do not overlap, or both of one
    start, as running totals are.
    """
    if one.first == other.first and "/" in one.text and "/" in other.text:
        return one.last != other.last
    if one.first <= other.last and other.first <= one.last:
        return False
    spans = [_days(period) for period in (one, other) if _days(period) > _MOMENT and not _season(period)]
    return not spans or len(spans) == 2 and max(spans) - min(spans) <= max(spans) * _ALIKE


def _days(period: Period) -> int:
    return (period.last - period.first).days + 1


def _season(period: Period) -> bool:
    """A season alone is a time that is known roughly, not a span."""
    return "/" not in period.text and not period.text.isdigit()


@dataclass(frozen=True)
class FigureChange:
    """The change of a figure from one observation to a later one."""

    figure: Figure
    earlier: Observation
    later: Observation

    @property
    def difference(self) -> Limits:
        """The later number less the earlier, in the figure's unit (percentage points for a percentage)."""
        return limits(self.later).less(limits(self.earlier))

    @property
    def lack(self) -> Lack | None:
        """Why there is not enough to tell, or None where there is."""
        if self.earlier.hidden or self.later.hidden:
            return Lack.HIDDEN
        if not comparable(self.earlier.period, self.later.period):
            return Lack.PERIODS
        if any(limits(seen) == Limits(None, None) for seen in (self.earlier, self.later)):
            return Lack.APPROXIMATE
        told = self.difference.above_zero or self.difference.below_zero or self.difference.zero
        return None if told else Lack.ORDER

    @property
    def verdict(self) -> Verdict:
        """What the change means, where every number that the two may stand for agrees."""
        if self.lack:
            return Verdict.UNKNOWN
        if self.difference.zero:
            return Verdict.UNCHANGED
        if self.figure.better is None:
            return Verdict.UNJUDGED
        return (
            Verdict.IMPROVED if self.difference.above_zero == (self.figure.better is Direction.UP) else Verdict.WORSENED
        )


def changes(figure: Figure) -> tuple[FigureChange, ...]:
    """A figure's change from its first observation to its latest, then, where others lie between, from the last of these.

    Of what was corrected, only the correction counts. Empty where only one time has been reported.
    """
    ordered = sorted(figure.standing, key=lambda seen: seen.period)
    earlier = [seen for seen in ordered if seen.period < figure.latest.period]
    chosen = {id(seen): seen for seen in (*earlier[:1], *earlier[-1:])}
    return tuple(FigureChange(figure, seen, figure.latest) for seen in chosen.values())


class Reached(StrEnum):
    """How a figure stands to its target."""

    YES = "reached"
    NO = "not-reached"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Distance:
    """How far a figure's latest observation is from its target."""

    figure: Figure
    seen: Observation
    target: Target

    @property
    def to_go(self) -> Limits:
        """What is missing, in the figure's unit; below zero once the target is passed."""
        wanted, found = Limits(self.target.value, self.target.value), limits(self.seen)
        return wanted.less(found) if self.figure.better is Direction.UP else found.less(wanted)

    @property
    def reached(self) -> Reached:
        """Whether the target is reached, where every number that the observation may stand for agrees."""
        gap = self.to_go
        beyond = self.target.qualifier is Qualifier.OVER
        if gap.above_zero or beyond and gap.low == 0:
            return Reached.NO
        if gap.below_zero or not beyond and gap.high == 0:
            return Reached.YES
        return Reached.UNKNOWN


def distance(figure: Figure) -> Distance | None:
    """How far the figure is from the latest target that a source sets, or None where none does."""
    return Distance(figure, figure.latest, figure.targets[-1]) if figure.targets else None
