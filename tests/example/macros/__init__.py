"""The macros that pages of the example may call: the engine's, and two of its own."""

from __future__ import annotations

from typing import Any

from handbook.macros import View
from handbook.macros.a_to_z import a_to_z
from handbook.macros.charts.actions import action_chart
from handbook.macros.charts.events import event_chart
from handbook.macros.charts.figures import chart
from handbook.macros.contact import contact
from handbook.macros.figures import change, figure, figures, headline, history
from handbook.macros.open_data.page import open_data
from handbook.macros.progress import progress
from handbook.macros.references import bodies, body, cite, drawn_from, glossary, people, source_list, term
from handbook.macros.registers import coverage, register
from handbook.macros.tags import tag
from handbook.macros.what_changed import what_changed
from handbook.macros.whats_new import whats_new
from handbook.macros.workstreams import actions, as_reported, risk_register, risks, timeline, workstreams
from handbook.model.figures import Figure
from macros.mitigations import what_is_done

_ENGINE = (
    *(figure, change, cite, term, body),
    *(headline, progress, history, figures, chart, event_chart, action_chart),
    *(as_reported, workstreams, actions, timeline, risks, what_changed, drawn_from),
    *(risk_register, bodies, glossary, source_list, people, register, coverage, whats_new, a_to_z, open_data, contact),
)


def define_env(env: Any) -> None:
    """Register every macro that a page may call."""
    for macro in _ENGINE:
        env.macro(macro)
    env.macro(what_is_done, "mitigations")

    @env.macro
    def card(view: View, id: str) -> str:
        """A figure's title and number as a block of HTML."""
        record = view.store.get(Figure, id)
        return tag("p", tag("strong", record.title) + ": " + figure(view, id), class_="card")
