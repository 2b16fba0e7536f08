"""A chart of the actions of each workstream by their state."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from handbook.loading.page import Page
from handbook.macros.charts.frame import Chart, ChartId, render_chart
from handbook.macros.charts.rows import Axis, ChartRow, RowPart, rows
from handbook.macros.charts.scale import Scale
from handbook.macros.figures import nothing_reported
from handbook.macros.rendering import render_template
from handbook.macros.view import View
from handbook.macros.wording import capital, listed
from handbook.model.front_matter import PageKind
from handbook.model.record_kinds import Action, ActionStateChange


def action_chart(view: View) -> str:
    """How many actions of each workstream are done, continuing and planned."""
    counted = _counted(view)
    if not counted:
        return nothing_reported(view, "No action is given")
    name = ChartId(view.next_chart("actions"))
    total: Counter[ActionStateChange] = sum((states for _, states in counted), Counter())
    sums = listed([f"{total[state]} {'is' if total[state] == 1 else 'are'} {state}" for state in ActionStateChange])
    table = [
        (view.link(page.header.title, page), [states[state] for state in ActionStateChange]) for page, states in counted
    ]
    return render_chart(
        view,
        name,
        Chart(
            "Actions in each workstream, as reported",
            [f"Of {total.total()} actions, {sums}."],
            _drawing(name, counted),
            ["Actions differ in size, so a longer bar does not mean more work or more progress."],
            [],
            Action,
            render_template("charts/actions", states=[capital(state) for state in ActionStateChange], rows=table),
        ),
    )


def _counted(view: View) -> list[tuple[Page, Counter[ActionStateChange]]]:
    """Return the workstream pages in order, with a count of actions by state. Those without actions are left out."""
    pages = [page for page in view.site.pages.values() if page.header.kind is PageKind.WORKSTREAM]
    found = []
    for page in sorted(pages, key=lambda page: page.header.order):
        mine = [action for action in view.store.all(Action) if action.workstream == page.header.workstream]
        for action in mine:
            view.store.note(action)
        if mine:
            found.append((page, Counter(action.latest.state for action in mine)))
    return found


def _drawing(name: ChartId, counted: list[tuple[Page, Counter[ActionStateChange]]]) -> str:
    scale = Scale(Decimal(0), Decimal(max(states.total() for _, states in counted)), Decimal(0), Decimal(100))
    given = []
    for page, states in counted:
        parts, start = [], 0
        for state in ActionStateChange:
            x, end = scale(Decimal(start)), scale(Decimal(start + states[state]))
            parts += [RowPart(str(state), x, end - x)] if states[state] else []
            start += states[state]
        words = " · ".join(f"{states[state]} {state}" for state in ActionStateChange if states[state])
        given.append(ChartRow(page.header.title, words, parts))
    return rows(name, given, Axis())
