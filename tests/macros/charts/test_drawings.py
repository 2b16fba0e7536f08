"""Charts of made-up figures as golden files, and what holds of every drawing there can be."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.loading.handbook import read_handbook
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros.charts.figures import bar
from handbook.macros.charts.marks import Shape, mark
from handbook.macros.charts.scale import Scale
from handbook.macros.charts.trend import BASE, LEFT, RIGHT, TOP, joined, points
from handbook.model.editions import Edition
from handbook.model.figures import Figure, Qualifier
from handbook.model.periods import parse_period
from tests.conftest import copy_example
from tests.macros.test_macros import gives, gives_what_it_says, written
from tests.model.test_progress import figure, seen

HERE = Path(__file__).parent
WHOLE = Decimal(100)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[Edition, RenderedEdition]:
    """The example handbook with the made-up figures in it."""
    root = copy_example(tmp_path_factory.mktemp("shapes") / "handbook")
    shutil.copy(HERE / "shapes.yml", root / "data/figures/shapes.yml")
    handbook, problems = read_handbook(root)
    assert not problems, problems
    return {edition: written(handbook, edition) for edition in Edition}


@pytest.mark.parametrize("path", sorted((HERE / "golden").glob("*.md")), ids=lambda path: path.stem)
def test_a_chart_is_what_its_golden_file_says(path: Path, editions: dict[Edition, RenderedEdition]) -> None:
    gives_what_it_says(path, editions)


@pytest.mark.parametrize("id", ["long-history", "every-qualifier", "too-small", "corrected", "below-nought"])
def test_a_drawing_has_no_style_script_or_title_and_names_what_is_there(
    id: str, editions: dict[Edition, RenderedEdition]
) -> None:
    html = gives(f'{{{{ chart("{id}") }}}}', editions[Edition.INTERNAL])
    assert not re.search(r"style=|<style|<script|<title|\bon\w+=|viewBox|#[0-9a-f]{3}", html)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 3
    assert set(re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', html)) <= set(ids)


def test_a_chart_shown_twice_has_ids_of_its_own(editions: dict[Edition, RenderedEdition]) -> None:
    html = gives('{{ chart("corrected") }}\n\n{{ chart("corrected") }}', editions[Edition.INTERNAL])
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 6


def test_what_partners_may_not_see_is_in_no_drawing_of_theirs(editions: dict[Edition, RenderedEdition]) -> None:
    call = '{{ chart("too-small") }}'
    html = gives(call, editions[Edition.PARTNER])
    assert html.count("chart-dot") == 2 and "chart-join" not in html
    assert gives(call, editions[Edition.INTERNAL]).count("chart-dot") == 3


numbers = st.decimals(min_value=-100, max_value=1000, places=2)
values = st.one_of(
    st.builds(dict, value=numbers, qualifier=st.sampled_from(Qualifier)),
    st.lists(numbers, min_size=2, max_size=2, unique=True).map(lambda ends: {"low": min(ends), "high": max(ends)}),
)
days = st.dates().map(str)


@st.composite
def histories(draw: st.DrawFn) -> Figure:
    """A figure with two observations or more, each of a time of its own."""
    times = draw(st.lists(days, min_size=2, max_size=12, unique=True))
    return figure(*(seen(parse_period(time), **draw(values)) for time in times))


@given(histories())
def test_points_stay_in_the_frame_and_in_order(record: Figure) -> None:
    placed = points(record)
    assert len(placed) == len(record.observations)
    for point in placed:
        assert LEFT <= point.from_x <= point.x <= point.to_x <= RIGHT
        assert TOP <= point.high_y <= point.low_y <= BASE
    for one, other in zip(placed, placed[1:], strict=False):
        assert one.mark.seen.period < other.mark.seen.period and one.x <= other.x


@given(histories())
def test_heights_follow_numbers(record: Figure) -> None:
    placed = points(record)
    for one in placed:
        for other in placed:
            if one.mark.high == other.mark.high:
                assert one.high_y == other.high_y
            elif one.mark.high > other.mark.high:
                assert one.high_y <= other.high_y


@given(histories())
def test_a_line_joins_exact_neighbours_alone(record: Figure) -> None:
    placed = points(record)
    for one, other in joined(record):
        assert one.mark.shape is other.mark.shape is Shape.EXACT
        assert placed.index(other) == placed.index(one) + 1


@given(values, st.decimals(min_value=0, max_value=1000, places=2))
def test_a_bar_is_as_long_as_its_number_and_stays_in_the_frame(given_value: dict[str, object], more: Decimal) -> None:
    drawn = mark(seen(**given_value))
    low, high = min(Decimal(0), drawn.low), max(Decimal(0), drawn.high) + more
    scale = Scale(low, high, Decimal(0), WHOLE)
    parts = bar(drawn, scale)
    assert all(part.x >= 0 and part.width >= 0 and part.x + part.width <= WHOLE for part in parts)
    assert parts == sorted(parts, key=lambda part: part.x)
    if drawn.shape is Shape.EXACT:
        assert [part.kind for part in parts] == ["solid"]
        ends = {parts[0].x, parts[0].x + parts[0].width}
        assert ends == {scale(Decimal(0)), scale(drawn.low)}
    else:
        assert "dashed" in [part.kind for part in parts]
