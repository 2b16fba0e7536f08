"""A figure whose latest value is old says so, wherever that value is shown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handbook.editions.renderer import write
from handbook.loading.handbook import read_handbook
from handbook.macros.figures import figure, figures, headline
from handbook.macros.old_figures import old_note
from handbook.macros.view import SiteContext, View
from handbook.macros.whats_new import whats_new
from handbook.model.editions import Edition
from handbook.model.figures import Figure
from handbook.model.periods import Frequency

PAGE = "workstreams/neglect.md"


def view(example: Path, day: date) -> View:
    """The example's page on neglect, on a day. Its figures tell of October 2021."""
    handbook, problems = read_handbook(example)
    assert not problems
    written, _ = write(handbook, Edition.PARTNER, day)
    return View(SiteContext(written.store, written.pages), written.pages[PAGE])


@pytest.mark.parametrize(("day", "old"), [(date(2022, 10, 31), False), (date(2022, 11, 1), True)])
def test_a_figure_is_old_when_its_months_are_over(day: date, old: bool, unchanged: Path) -> None:
    page = view(unchanged, day)
    for made in (figure(page, "trained"), figures(page, "neglect"), headline(page, "trained")):
        assert ("Old figure" in made) is old
    assert ("More than 12 months old on 1 November 2022" in figure(page, "trained")) is old


def test_an_earlier_value_is_meant_to_be_old(unchanged: Path) -> None:
    page = view(unchanged, date(2022, 3, 1))
    assert "Old figure" not in figure(page, "turnover", at="2020-01")


def test_what_counts_the_past_does_not_age(unchanged: Path) -> None:
    page = view(unchanged, date(2030, 1, 1))
    record = page.store.get(Figure, "trained")
    assert old_note(page, record, record.latest)
    assert not old_note(page, record.model_copy(update={"better": None}), record.latest)


def test_a_figure_with_a_rhythm_is_old_when_a_number_is_late(unchanged: Path) -> None:
    for day, old in ((date(2022, 1, 31), False), (date(2022, 2, 1), True)):
        page = view(unchanged, day)
        record = page.store.get(Figure, "trained").model_copy(update={"every": Frequency.QUARTER})
        assert bool(old_note(page, record, record.latest)) is old


def test_news_is_of_the_year_before_the_day(unchanged: Path) -> None:
    assert "Training began" in whats_new(view(unchanged, date(2022, 8, 31)))
    assert "Training began" not in whats_new(view(unchanged, date(2022, 9, 1)))
