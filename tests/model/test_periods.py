"""Dates as sources give them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model.periods import (
    SEASONS,
    Frequency,
    day_in_words,
    months_after,
    parse_day,
    parse_period,
    period_in_words,
)

YEARS = st.integers(1990, 2099)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(date.isoformat)
MONTHS = st.builds("{}-{:02d}".format, YEARS, st.integers(1, 12))
SEASON = st.builds("{}-{}".format, YEARS, st.sampled_from(sorted(SEASONS)))
PARTS = st.one_of(DAYS, MONTHS, SEASON, YEARS.map(str))


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2021-12-21", "2021-12-21", "2021-12-21", "21 December 2021"),
        ("2021-02", "2021-02-01", "2021-02-28", "February 2021"),
        ("2020-02", "2020-02-01", "2020-02-29", "February 2020"),
        ("2018", "2018-01-01", "2018-12-31", "2018"),
        ("2021-summer", "2021-06-01", "2021-08-31", "summer 2021"),
        ("2021-winter", "2021-12-01", "2022-02-28", "winter 2021"),
        ("2021-06/2021-09", "2021-06-01", "2021-09-30", "June to September 2021"),
        ("2021-09-07/2021-09-08", "2021-09-07", "2021-09-08", "7 to 8 September 2021"),
        ("2021-08-30/2021-09-02", "2021-08-30", "2021-09-02", "30 August to 2 September 2021"),
        ("2021-04/2022-03", "2021-04-01", "2022-03-31", "April 2021 to March 2022"),
        ("2022-spring/2022-summer", "2022-03-01", "2022-08-31", "spring to summer 2022"),
        ("2018/2021-12-21", "2018-01-01", "2021-12-21", "2018 to 21 December 2021"),
    ],
)
def test_a_period(text: str, first: str, last: str, words: str) -> None:
    period = parse_period(text)
    assert (period.first.isoformat(), period.last.isoformat(), str(period)) == (first, last, words)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("21/12/2021", "2021-12-21"),
        ("21 December 2021", "2021-12-21"),
        ("October 2021", "2021-10"),
        ("summer 2021", "2021-summer"),
        ("2021-13", "no such day"),
        ("2021-02-30", "no such day"),
        ("2021-09/2021-06", "ends before it starts"),
    ],
)
def test_a_period_that_is_none_says_why(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        parse_period(text)


@given(PARTS)
def test_a_period_ends_no_earlier_than_it_starts(text: str) -> None:
    period = parse_period(text)
    assert period.first <= period.last
    assert period.text == text


@given(PARTS, PARTS)
def test_a_range_spans_both_its_ends(start: str, end: str) -> None:
    first, second = parse_period(start), parse_period(end)
    if first.first < second.first:
        whole = parse_period(f"{start}/{end}")
        assert (whole.first, whole.last) == (first.first, second.last)


@given(YEARS, st.integers(1, 12))
def test_a_month_ends_the_day_before_the_next(year: int, month: int) -> None:
    following = date(year + month // 12, month % 12 + 1, 1)
    assert parse_period(f"{year}-{month:02d}").last == following - timedelta(days=1)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_day_is_shown_in_one_way(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    assert period_in_words(day.isoformat()) == day_in_words(day)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2021-10-31", 12, "2022-10-31"), ("2021-01-31", 1, "2021-02-28"), ("2021-12-21", 1, "2022-01-21")],
)
def test_months_after_a_day(day: str, months: int, later: str) -> None:
    assert months_after(parse_day(day), months) == parse_day(later)


@pytest.mark.parametrize(
    ("every", "last", "end"),
    [
        ("month", "2021-10-31", "2021-11-30"),
        ("month", "2022-01-31", "2022-02-28"),
        ("quarter", "2021-12-21", "2022-03-31"),
        ("half-year", "2021-12-31", "2022-06-30"),
        ("year", "2024-02-29", "2025-02-28"),
    ],
)
def test_the_next_number_describes_a_time_that_ends(every: str, last: str, end: str) -> None:
    assert Frequency(every).after(date.fromisoformat(last)) == date.fromisoformat(end)
