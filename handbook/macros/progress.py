"""The progress macro, and changes and targets in words. The method is in `handbook.model.progress`."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.macros.rendering import render_template
from handbook.macros.view import View
from handbook.macros.wording import as_seen, capital, full, number, period_phrase, value
from handbook.model.figures import Figure
from handbook.model.progress import (
    FigureChange,
    Interval,
    TargetDistance,
    TargetStatus,
    UnknownReason,
    Verdict,
    changes,
    target_distance,
)

_ONCE = "it has been reported for one time only, and one number does not show which way things are going"
_VERDICTS = {
    Verdict.IMPROVED: "Improved",
    Verdict.WORSENED: "Worsened",
    Verdict.UNCHANGED: "Unchanged",
    Verdict.UNKNOWN: "Not enough to tell",
}


@dataclass(frozen=True)
class ProgressStatement:
    """One statement of progress: its verdict, the word for it, and the sentences that explain it."""

    verdict: Verdict | TargetStatus
    head: str
    rest: str


def progress(view: View, id: str) -> str:
    """What a figure's observations say of its progress, with the sum, or why there is not enough to tell."""
    record = view.store.get(Figure, id)
    return render_template("progress", statements=statements(record))


def change_in_words(change: FigureChange) -> str:
    """Return a change in a few words: down 7.35 percentage points, or from over 700 to 750 if no more is known."""
    if change.unknown_reason is UnknownReason.HIDDEN:
        return "a change that is not worked out, because a number is too small to show"
    if change.unknown_reason:
        return f"from {value(change.figure, change.earlier)} to {value(change.figure, change.later)}"
    if change.difference.is_zero:
        return "unchanged"
    return f"{'up' if change.difference.is_positive else 'down'} {amount(change.figure, change.difference.magnitude)}"


def calculation(change: FigureChange) -> str:
    """Return the sum behind a change, as in 27% minus 19.65% is 7.35 percentage points, or an empty string."""
    if change.unknown_reason or change.difference.is_zero:
        return ""
    ends = (change.later, change.earlier) if change.difference.is_positive else (change.earlier, change.later)
    more, less = (value(change.figure, seen) for seen in ends)
    return f"{more} minus {less} is {amount(change.figure, change.difference.magnitude)}"


def reason_unknown(change: FigureChange) -> str:
    """Return why a change cannot be judged, as a sentence without its full stop."""
    one, other = value(change.figure, change.earlier), value(change.figure, change.later)
    if change.unknown_reason is UnknownReason.HIDDEN:
        return "one of the numbers is too small to show, so nothing is worked out from it"
    if change.unknown_reason is UnknownReason.PERIODS:
        return f"{capital(str(change.earlier.period))} and {change.later.period} are not lengths of time that can be compared"
    if change.unknown_reason is UnknownReason.APPROXIMATE:
        return f"it went from {one} to {other}, and a number that is only approximate sets no limits"
    return f"it went from {one} to {other}, which leaves open whether it rose, fell or stayed the same"


def amount(figure: Figure, size: Interval) -> str:
    """Return a size with its unit: 7.35 percentage points, 10 to 20 posts, more than 100 people, at least £2 million."""
    if size.low is None or size.high is None:
        known = size.low if size.low is not None else size.high
        assert known is not None
        leads = ("less than", "more than") if size.open else ("at most", "at least")
        return f"{leads[size.low is not None]} {_counted(figure, number(known), exact=False)}"
    if size.low == size.high:
        return _counted(figure, number(size.low), exact=size.low == 1)
    if figure.unit.startswith("£"):
        return f"£{number(size.low)} to £{number(size.high)}{figure.unit[1:]}"
    return _counted(figure, f"{number(size.low)} to {number(size.high)}", exact=False)


def _counted(figure: Figure, digits: str, exact: bool) -> str:
    """Return digits with their unit. `exact` is true of exactly one, which takes the singular."""
    if figure.unit == "%":
        return f"{digits} percentage {'point' if exact else 'points'}"
    if figure.unit.startswith("£"):
        return f"£{digits}{figure.unit[1:]}"
    return f"{digits} {figure.unit_one if exact and figure.unit_one else figure.unit}"


def statements(figure: Figure) -> list[ProgressStatement]:
    """Return what a figure's observations say of its progress: each change, then the distance to its target.

    Empty for a figure that has been reported once and has no better direction.
    """
    found = [_change(change) for change in changes(figure)]
    if not found and figure.better:
        found.append(ProgressStatement(Verdict.UNKNOWN, _VERDICTS[Verdict.UNKNOWN], f"{_ONCE}."))
    way = target_distance(figure)
    return [*found, _distance(way)] if way else found


def verdict_sentences(figure: Figure) -> list[str]:
    """Return each change that can be judged as a short sentence, for where the periods are shown beside it."""
    return [f"{verdict_in_words(change)}." for change in changes(figure) if not change.unknown_reason]


def verdict_in_words(change: FigureChange) -> str:
    """Return a change as a sentence without its full stop, for where the periods are shown beside it."""
    if change.verdict is Verdict.UNCHANGED:
        return _VERDICTS[change.verdict]
    told = reason_unknown(change) if change.unknown_reason else change_in_words(change)
    return f"{_VERDICTS.get(change.verdict, 'Changed')}: {told}"


def _change(change: FigureChange) -> ProgressStatement:
    verdict = change.verdict
    if verdict is Verdict.UNKNOWN:
        return ProgressStatement(verdict, _VERDICTS[verdict], f"{reason_unknown(change)}.")
    over = f"between {change.earlier.period} and {change.later.period}"
    if verdict is Verdict.UNCHANGED:
        return ProgressStatement(verdict, _VERDICTS[verdict], f"{value(change.figure, change.later)} {over}.")
    told = f"{change_in_words(change)} {over}. {capital(calculation(change))}."
    if verdict is Verdict.UNJUDGED:
        return ProgressStatement(verdict, "Changed", f"{told} Neither direction is counted as better.")
    return ProgressStatement(verdict, _VERDICTS[verdict], told)


def _distance(way: TargetDistance) -> ProgressStatement:
    target = full(way.figure, as_seen(way.seen, way.target))
    when = f" by {way.target.by}" if way.target.by else ""
    if way.seen.hidden:
        return ProgressStatement(way.status, "Target", f"{target}{when}. The latest number is too small to show.")
    if way.status is TargetStatus.UNKNOWN:
        rest = f"{target}{when}. {capital(value(way.figure, way.seen))} leaves open whether it has been reached."
        return ProgressStatement(way.status, "Target", rest)
    if way.status is TargetStatus.YES:
        return ProgressStatement(way.status, "Target reached", f"{target}{when}.")
    left = f"{amount(way.figure, way.remaining)} to go" if not way.remaining.is_zero else "only just missed"
    return ProgressStatement(
        way.status, "Target", f"{target}{when}. {capital(left)}, {period_phrase(way.seen.period)}."
    )
