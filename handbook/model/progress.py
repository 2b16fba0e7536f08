"""Progress from one observation of a figure to another, and to its target.

The method is interval arithmetic, and every page, chart and file uses it. A number as reported stands for the
interval of numbers that its words allow: "over 700" for each number above 700. A change is an improvement, a decline
or none only where that is true for every pair of numbers in the two intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from handbook.model.figures import Direction, Figure, Observation, Qualifier, Target
from handbook.model.periods import Period

# A period of at most this many days is a point in time; a longer one is a span.
_MOMENT = 31
# Spans are of one length if they differ by at most this share of the longer one, as 365 and 366 days do.
_ALIKE = Decimal("0.1")


class Verdict(StrEnum):
    """What a change means, given which direction is better for the figure."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"
    # It rose or fell, and the figure has no direction.
    UNJUDGED = "unjudged"
    UNKNOWN = "unknown"


class UnknownReason(StrEnum):
    """Why two observations do not tell whether there is progress."""

    HIDDEN = "hidden"
    PERIODS = "periods"
    APPROXIMATE = "approximate"
    ORDER = "order"


@dataclass(frozen=True)
class Interval:
    """An interval of numbers: those that a number as reported may stand for, or the differences of two such numbers.

    An end of None is unbounded. With `open`, the ends themselves are excluded.
    """

    low: Decimal | None
    high: Decimal | None
    open: bool = False

    def minus(self, other: Interval) -> Interval:
        """Subtract: every difference between a number of this interval and one of the other."""
        low = None if self.low is None or other.high is None else self.low - other.high
        high = None if self.high is None or other.low is None else self.high - other.low
        return Interval(low, high, self.open or other.open)

    @property
    def is_positive(self) -> bool:
        """True if every number of the interval is above zero."""
        return self.low is not None and (self.low > 0 or self.low == 0 and self.open)

    @property
    def is_negative(self) -> bool:
        """True if every number of the interval is below zero."""
        return self.high is not None and (self.high < 0 or self.high == 0 and self.open)

    @property
    def is_zero(self) -> bool:
        """True if the interval is zero alone."""
        return self.low == self.high == 0

    @property
    def magnitude(self) -> Interval:
        """The absolute values of an interval that is not on both sides of zero."""
        if not self.is_negative:
            return self
        return Interval(
            None if self.high is None else abs(self.high), None if self.low is None else abs(self.low), self.open
        )


def interval(seen: Observation) -> Interval:
    """The interval of numbers that an observation may stand for.

    It is unbounded for "about", for a number in words, and for one that is too small to show.
    """
    if seen.words or seen.hidden or seen.qualifier is Qualifier.ABOUT:
        return Interval(None, None)
    if seen.low is not None:
        return Interval(seen.low, seen.high)
    match seen.qualifier:
        case Qualifier.EXACT:
            return Interval(seen.value, seen.value)
        case Qualifier.OVER:
            return Interval(seen.value, None, open=True)
        case Qualifier.NEARLY:
            return Interval(None, seen.value, open=True)
        case Qualifier.UP_TO:
            return Interval(None, seen.value)


def comparable(one: Period, other: Period) -> bool:
    """True if numbers of two periods may be compared.

    Both are points in time, or both are spans of one length that do not overlap, or both are ranges with one start,
    as running totals are.
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
    """True for a season alone: a point in time that is known roughly, not a span."""
    return "/" not in period.text and not period.text.isdigit()


@dataclass(frozen=True)
class FigureChange:
    """The change of a figure from one observation to a later one."""

    figure: Figure
    earlier: Observation
    later: Observation

    @property
    def difference(self) -> Interval:
        """The later number less the earlier, in the figure's unit (percentage points for a percentage)."""
        return interval(self.later).minus(interval(self.earlier))

    @property
    def unknown_reason(self) -> UnknownReason | None:
        """Why the verdict is unknown, or None where it is known."""
        if self.earlier.hidden or self.later.hidden:
            return UnknownReason.HIDDEN
        if not comparable(self.earlier.period, self.later.period):
            return UnknownReason.PERIODS
        if any(interval(seen) == Interval(None, None) for seen in (self.earlier, self.later)):
            return UnknownReason.APPROXIMATE
        decided = self.difference.is_positive or self.difference.is_negative or self.difference.is_zero
        return None if decided else UnknownReason.ORDER

    @property
    def verdict(self) -> Verdict:
        """What the change means, where that is the same for every pair of numbers in the two intervals."""
        if self.unknown_reason:
            return Verdict.UNKNOWN
        if self.difference.is_zero:
            return Verdict.UNCHANGED
        if self.figure.better is None:
            return Verdict.UNJUDGED
        return (
            Verdict.IMPROVED
            if self.difference.is_positive == (self.figure.better is Direction.UP)
            else Verdict.WORSENED
        )


def changes(figure: Figure) -> tuple[FigureChange, ...]:
    """The changes of a figure to its latest observation: from the first, and from the one before the latest.

    Corrected observations do not count. Empty if only one period has been reported.
    """
    ordered = sorted(figure.standing, key=lambda seen: seen.period)
    earlier = [seen for seen in ordered if seen.period < figure.latest.period]
    chosen = {id(seen): seen for seen in (*earlier[:1], *earlier[-1:])}
    return tuple(FigureChange(figure, seen, figure.latest) for seen in chosen.values())


class TargetStatus(StrEnum):
    """Whether a figure has reached its target."""

    YES = "reached"
    NO = "not-reached"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TargetDistance:
    """The distance from a figure's latest observation to its target."""

    figure: Figure
    seen: Observation
    target: Target

    @property
    def remaining(self) -> Interval:
        """What is missing to the target, in the figure's unit; below zero once it is passed."""
        wanted, found = Interval(self.target.value, self.target.value), interval(self.seen)
        return wanted.minus(found) if self.figure.better is Direction.UP else found.minus(wanted)

    @property
    def status(self) -> TargetStatus:
        """Whether the target is reached, where that is the same for every number of the interval."""
        gap = self.remaining
        beyond = self.target.qualifier is Qualifier.OVER
        if gap.is_positive or beyond and gap.low == 0:
            return TargetStatus.NO
        if gap.is_negative or not beyond and gap.high == 0:
            return TargetStatus.YES
        return TargetStatus.UNKNOWN


def target_distance(figure: Figure) -> TargetDistance | None:
    """The distance of a figure to its latest target, or None if it has none."""
    return TargetDistance(figure, figure.latest, figure.targets[-1]) if figure.targets else None
