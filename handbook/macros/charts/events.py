"""A chart of events on a scale of time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handbook.macros import wording
from handbook.macros.charts.frame import Chart, ChartId, render_chart
from handbook.macros.charts.rows import Axis, ChartRow, RowPart, rows
from handbook.macros.charts.scale import Scale, day_number
from handbook.macros.figures import check_choice, nothing_reported, source_link
from handbook.macros.rendering import render_template
from handbook.macros.view import View
from handbook.macros.workstreams import TimelineEvent, timeline_events
from handbook.model.periods import day_in_words
from handbook.model.record_kinds import Event, EventType

# Room for a dot at each end, and how many years can be named on a narrow screen.
_LEFT, _RIGHT, _YEARS = Decimal(2), Decimal(98), 6
# What is narrower than this is shown as a dot.
_NARROW = Decimal(3)


def event_chart(view: View, title: str, *types: str, workstream: str = "") -> str:
    """Events on a scale of time: full marks for what has happened, open marks for what has not.

    `types` and `workstream` narrow them.
    """
    for type in types:
        check_choice("types", type, tuple(EventType))
    found = [moment for moment in timeline_events(view, workstream) if not types or moment.event.type in types]
    if not found:
        return nothing_reported(view, "No date is given for this")
    name = ChartId(view.next_chart("-".join(filter(None, ["events", workstream, *types]))))
    return render_chart(
        view,
        name,
        Chart(
            title,
            _summary(view, found),
            _drawing(view, name, found),
            _keys(view, found),
            [moment.event for moment in found],
            Event,
            render_template(
                "charts/events",
                moments=found,
                sources={moment.event.id: source_link(view, moment.event) for moment in found},
            ),
        ),
    )


def _open(moment: TimelineEvent) -> bool:
    """True for an event that has not happened, or is not known to have."""
    return moment.event.expected or not moment.happened


def _summary(view: View, found: list[TimelineEvent]) -> list[str]:
    """Say how many events there are, and how many had happened on the day the handbook speaks for."""
    past = sum(not _open(moment) for moment in found)
    count = f"{len(found)} {'event' if len(found) == 1 else 'events'}"
    today = day_in_words(view.store.as_at)
    ahead = (
        f", and {len(found) - past} {'was' if len(found) - past == 1 else 'were'} still ahead"
        if past < len(found)
        else ""
    )
    return [f"{count}. By {today}, {past} had taken place{ahead}."]


def _keys(view: View, found: list[TimelineEvent]) -> list[str]:
    """Return the key of the chart."""
    said = [f"The upright stroke in each row is {day_in_words(view.store.as_at)}."]
    if any(_open(moment) for moment in found):
        said.append("An open mark stands for what was still to come.")
    return said


def _drawing(view: View, name: ChartId, found: list[TimelineEvent]) -> str:
    first = min(moment.event.when.first for moment in found).year
    last = max([*(moment.event.when.last for moment in found), view.store.as_at]).year + 1
    scale = Scale(day_number(date(first, 1, 1)), day_number(date(last, 1, 1)), _LEFT, _RIGHT)
    given = []
    for moment in found:
        kind = "coming" if _open(moment) else "past"
        start, end = (scale(day_number(day)) for day in (moment.event.when.first, moment.event.when.last))
        part = RowPart(kind, (start + end) / 2) if end - start < _NARROW else RowPart(kind, start, end - start)
        given.append(ChartRow(moment.event.title, wording.capital(str(moment.event.when)), [part]))
    step = -(-(last - first) // _YEARS)
    ticks = {year: scale(day_number(date(year, 1, 1))) for year in range(first, last + 1, step)}
    words = [(str(year), x, "start") for year, x in ticks.items() if year < last]
    return rows(name, given, Axis(words, list(ticks.values()), scale(day_number(view.store.as_at))))
