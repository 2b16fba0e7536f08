"""Every macro that a page may call."""

from __future__ import annotations

from handbook.macros.a_to_z import a_to_z
from handbook.macros.charts.actions import action_chart
from handbook.macros.charts.events import event_chart
from handbook.macros.charts.figures import chart
from handbook.macros.contact import contact
from handbook.macros.figures import change, figure, figures, headline, history
from handbook.macros.macro import Macro
from handbook.macros.open_data.page import open_data
from handbook.macros.progress_words import progress
from handbook.macros.references import bodies, body, cite, drawn_from, glossary, people, source_list, term
from handbook.macros.registers import coverage, register
from handbook.macros.what_changed import what_changed
from handbook.macros.whats_new import whats_new
from handbook.macros.workstreams import actions, as_reported, risk_register, risks, timeline, workstreams

_PLAIN = (
    figure, change, progress, headline, history, figures,
    chart, event_chart, action_chart,
    as_reported, workstreams, actions, timeline, risks, risk_register,
    cite, term, body, drawn_from, source_list, glossary, bodies, people,
    whats_new, open_data, contact, a_to_z,
)  # fmt: skip
_READING_USES = (register, coverage)

MACROS: dict[str, Macro] = {
    macro.name: macro
    for macro in (
        *map(Macro, _PLAIN),
        *(Macro(function, reads_uses=True) for function in _READING_USES),
        Macro(what_changed, reports=2),
    )
}
