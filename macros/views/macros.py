"""Every macro that a page may call."""

from __future__ import annotations

from .alphabet import a_to_z
from .changed import what_changed
from .charts.actions import action_chart
from .charts.events import event_chart
from .charts.figures import chart
from .data.page import open_data
from .figures import change, figure, figures, headline, history
from .macro import Macro
from .news import whats_new
from .progress import progress
from .readers import contact
from .references import bodies, body, cite, drawn_from, glossary, people, source_list, term
from .registers import coverage, register
from .work import actions, as_reported, risk_register, risks, timeline, workstreams

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
