"""How the actions of each workstream stand: how many are done, continuing and planned."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from macros.content.header import PageKind
from macros.content.models import Action, State
from macros.content.page import Page

from ..figures import nothing
from ..render import fill
from ..view import View
from ..wording import capital, listed
from .frame import Name, framed
from .rows import Axis, Part, Row, rows
from .scale import Scale


def action_chart(view: View) -> str:
    """How many actions of each workstream are done, continuing and planned."""
    counted = _counted(view)
    if not counted:
        return nothing(view, "No action is given")
    name = Name(view.next_chart("actions"))
    total: Counter[State] = sum((states for _, states in counted), Counter())
    sums = listed([f"{total[state]} {'is' if total[state] == 1 else 'are'} {state}" for state in State])
    table = [(view.link(page.header.title, page), [states[state] for state in State]) for page, states in counted]
    return framed(
        view,
        name,
        "Actions in each workstream, as reported",
        [f"Of {total.total()} actions, {sums}."],
        _drawing(name, counted),
        ["Actions differ in size, so a longer bar does not mean more work or more progress."],
        [],
        Action,
        fill("charts/actions", states=[capital(state) for state in State], rows=table),
    )


def _counted(view: View) -> list[tuple[Page, Counter[State]]]:
    """The workstreams' pages in their order, each with its actions counted by state. One without any is left out."""
    pages = [page for page in view.site.pages.values() if page.header.kind is PageKind.WORKSTREAM]
    found = []
    for page in sorted(pages, key=lambda page: page.header.order):
        mine = [action for action in view.store.all(Action) if action.workstream == page.header.workstream]
        for action in mine:
            view.store.note(f"action:{action.id}")
        if mine:
            found.append((page, Counter(action.latest.state for action in mine)))
    return found


def _drawing(name: Name, counted: list[tuple[Page, Counter[State]]]) -> str:
    scale = Scale(Decimal(0), Decimal(max(states.total() for _, states in counted)), Decimal(0), Decimal(100))
    given = []
    for page, states in counted:
        parts, start = [], 0
        for state in State:
            x, end = scale(Decimal(start)), scale(Decimal(start + states[state]))
            parts += [Part(str(state), x, end - x)] if states[state] else []
            start += states[state]
        words = " · ".join(f"{states[state]} {state}" for state in State if states[state])
        given.append(Row(page.header.title, words, parts))
    return rows(name, given, Axis())
