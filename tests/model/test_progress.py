"""What may be said of progress: nothing that some pair of numbers, allowed by the sources' words, would deny."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model.figures import Direction, Figure, Observation, Qualifier, Target
from handbook.model.periods import Period, parse_period
from handbook.model.problems import Place
from handbook.model.progress import (
    FigureChange,
    TargetDistance,
    TargetStatus,
    UnknownReason,
    Verdict,
    changes,
    comparable,
    interval,
)

EARLY, LATE = parse_period("2020-01"), parse_period("2021-12-21")
OPPOSITE = {Verdict.IMPROVED: Verdict.WORSENED, Verdict.WORSENED: Verdict.IMPROVED}

numbers = st.decimals(min_value=0, max_value=100, places=1)
plain = st.builds(dict, value=numbers, qualifier=st.sampled_from(Qualifier))
ranges = st.lists(numbers, min_size=2, max_size=2, unique=True).map(lambda ends: {"low": min(ends), "high": max(ends)})
in_words = st.builds(dict, value=numbers, words=st.just("nearly a third"), qualifier=st.sampled_from(Qualifier))
told = st.one_of(plain, ranges, in_words)


def seen(period: Period = LATE, **given: object) -> Observation:
    return Observation(source="report", locator="paragraph 1", period=period, **given)  # type: ignore[arg-type]


def figure(*observations: Observation, better: Direction | None = Direction.UP, **given: object) -> Figure:
    return Figure(
        id="f", place=Place("f.yml", 1), title="T", unit="people", better=better, observations=observations, **given
    )  # type: ignore[arg-type]


def change(
    earlier: dict[str, object], later: dict[str, object], better: Direction | None = Direction.UP
) -> FigureChange:
    one, other = seen(EARLY, **earlier), seen(LATE, **later)
    return FigureChange(figure(one, other, better=better), one, other)


@st.composite
def allowed(draw: st.DrawFn, of: Observation) -> Decimal:
    """A number that an observation's words allow, at its limits or well beyond."""
    if of.words or of.qualifier is Qualifier.ABOUT:
        return draw(st.decimals(min_value=-1000, max_value=1000, places=1))
    if of.low is not None and of.high is not None:
        return draw(st.decimals(min_value=of.low, max_value=of.high, places=1))
    assert of.value is not None
    step = draw(st.decimals(min_value=Decimal("0.01"), max_value=1000, places=2))
    match of.qualifier:
        case Qualifier.OVER:
            return of.value + step
        case Qualifier.NEARLY:
            return of.value - step
        case Qualifier.UP_TO:
            return of.value - draw(st.sampled_from([Decimal(0), step]))
        case _:
            return of.value


@given(told, told, st.sampled_from(Direction))
def test_swapping_the_numbers_swaps_the_verdict(
    one: dict[str, object], other: dict[str, object], better: Direction
) -> None:
    there, back = change(one, other, better), change(other, one, better)
    assert back.verdict is OPPOSITE.get(there.verdict, there.verdict)
    assert (there.difference.low is None) == (back.difference.high is None)


@given(told, told, st.sampled_from(Direction), st.data())
def test_no_pair_of_numbers_that_the_words_allow_denies_the_verdict(
    one: dict[str, object], other: dict[str, object], better: Direction, data: st.DataObject
) -> None:
    found = change(one, other, better)
    difference = data.draw(allowed(found.later)) - data.draw(allowed(found.earlier))
    gain = difference if better is Direction.UP else -difference
    match found.verdict:
        case Verdict.IMPROVED:
            assert gain > 0
        case Verdict.WORSENED:
            assert gain < 0
        case Verdict.UNCHANGED:
            assert gain == 0
    for limit, beyond in ((found.difference.low, -1), (found.difference.high, 1)):
        assert limit is None or (difference - limit) * beyond <= 0


@given(numbers, numbers)
def test_two_exact_numbers_are_always_enough(one: Decimal, other: Decimal) -> None:
    assert change({"value": one}, {"value": other}).unknown_reason is None


@pytest.mark.parametrize(
    ("earlier", "later", "verdict", "lack"),
    [
        ({"value": "27"}, {"value": "19.65"}, Verdict.WORSENED, None),
        ({"value": "5"}, {"value": "5"}, Verdict.UNCHANGED, None),
        ({"value": "700", "qualifier": "over"}, {"value": "750"}, Verdict.UNKNOWN, UnknownReason.ORDER),
        ({"value": "700", "qualifier": "over"}, {"value": "700"}, Verdict.WORSENED, None),
        (
            {"value": "700", "qualifier": "over"},
            {"value": "800", "qualifier": "over"},
            Verdict.UNKNOWN,
            UnknownReason.ORDER,
        ),
        ({"value": "700"}, {"value": "700", "qualifier": "over"}, Verdict.IMPROVED, None),
        ({"value": "700"}, {"value": "700", "qualifier": "up-to"}, Verdict.UNKNOWN, UnknownReason.ORDER),
        ({"low": "80", "high": "90"}, {"low": "80", "high": "90"}, Verdict.UNKNOWN, UnknownReason.ORDER),
        ({"low": "80", "high": "90"}, {"value": "90"}, Verdict.UNKNOWN, UnknownReason.ORDER),
        ({"low": "80", "high": "90"}, {"value": "91"}, Verdict.IMPROVED, None),
        ({"value": "3", "qualifier": "about"}, {"value": "30"}, Verdict.UNKNOWN, UnknownReason.APPROXIMATE),
        ({"value": "33", "words": "nearly a third"}, {"value": "90"}, Verdict.UNKNOWN, UnknownReason.APPROXIMATE),
        ({"suppressed": "everyone"}, {"value": "90"}, Verdict.UNKNOWN, UnknownReason.HIDDEN),
    ],
)
def test_what_may_be_said(
    earlier: dict[str, object], later: dict[str, object], verdict: Verdict, lack: UnknownReason | None
) -> None:
    found = change(earlier, later)
    assert (found.verdict, found.unknown_reason) == (verdict, lack)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("2020-01", "2021-12-21", True),
        ("2021-summer", "2021-10", True),
        ("2020", "2021", True),
        ("2020-04/2021-03", "2021-04/2022-03", True),
        ("2018/2021-12-21", "2018/2022-04", True),
        ("2020", "2021-12-21", False),
        ("2021-01/2021-06", "2021-07/2021-09", False),
        ("2021", "2021-06", False),
        ("2021-01/2021-06", "2021-06/2021-11", False),
    ],
)
def test_which_times_compare(one: str, other: str, answer: bool) -> None:
    for first, second in ((one, other), (other, one)):
        assert comparable(parse_period(first), parse_period(second)) is answer


def test_the_latest_is_compared_with_the_first_and_with_the_one_before() -> None:
    three = figure(*(seen(parse_period(f"202{year}"), value="1") for year in range(3)))
    assert [one.earlier.period.text for one in changes(three)] == ["2020", "2021"]
    assert [one.earlier.period.text for one in changes(figure(*three.observations[1:]))] == ["2021"]
    assert changes(figure(*three.observations[:1])) == ()


def test_what_was_corrected_does_not_count() -> None:
    old, right = seen(EARLY, value="30"), seen(EARLY, value="10", correction="Counted twice.")
    found = changes(figure(old, right, seen(LATE, value="20")))
    assert [one.verdict for one in found] == [Verdict.IMPROVED]


@pytest.mark.parametrize(
    ("better", "target", "latest", "reached"),
    [
        (Direction.DOWN, {"value": "15"}, {"value": "19.65"}, TargetStatus.NO),
        (Direction.DOWN, {"value": "15", "qualifier": "up-to"}, {"value": "15"}, TargetStatus.YES),
        (Direction.DOWN, {"value": "35"}, {"value": "35", "qualifier": "over"}, TargetStatus.NO),
        (Direction.DOWN, {"value": "35"}, {"value": "35", "qualifier": "nearly"}, TargetStatus.YES),
        (Direction.DOWN, {"value": "85"}, {"low": "80", "high": "90"}, TargetStatus.UNKNOWN),
        (Direction.UP, {"value": "700"}, {"value": "700", "qualifier": "over"}, TargetStatus.YES),
        (Direction.UP, {"value": "800"}, {"value": "700", "qualifier": "over"}, TargetStatus.UNKNOWN),
        (Direction.UP, {"value": "700", "qualifier": "over"}, {"value": "700"}, TargetStatus.NO),
        (Direction.UP, {"value": "700", "qualifier": "over"}, {"value": "700", "qualifier": "over"}, TargetStatus.YES),
        (Direction.UP, {"value": "3"}, {"value": "3", "qualifier": "about"}, TargetStatus.UNKNOWN),
    ],
)
def test_whether_a_target_is_reached(
    better: Direction, target: dict[str, object], latest: dict[str, object], reached: TargetStatus
) -> None:
    aim = Target(source="report", locator="paragraph 1", **target)  # type: ignore[arg-type]
    found = figure(seen(**latest), better=better, targets=(aim,))
    assert TargetDistance(found, found.latest, aim).status is reached


@given(told, numbers, st.sampled_from(Direction), st.data())
def test_no_number_that_the_words_allow_denies_that_a_target_is_reached(
    latest: dict[str, object], wanted: Decimal, better: Direction, data: st.DataObject
) -> None:
    aim = Target(source="report", locator="paragraph 1", value=wanted)
    found = figure(seen(**latest), better=better, targets=(aim,))
    number = data.draw(allowed(found.latest))
    met = number >= wanted if better is Direction.UP else number <= wanted
    assert TargetDistance(found, found.latest, aim).status in (
        TargetStatus.UNKNOWN,
        TargetStatus.YES if met else TargetStatus.NO,
    )


def test_a_number_too_small_to_show_has_no_limits() -> None:
    hidden = interval(seen(suppressed="everyone"))
    assert hidden.low is None and hidden.high is None
