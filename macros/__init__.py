"""The macros that pages of this handbook may call.

mkdocs-macros-plugin and the `handbook` command both load this package and call `define_env`. Pages may call what it
registers, and nothing else. A macro that only this handbook needs is defined in this package and registered here
like the engine's: see "Write a macro of your own" in docs/editing/macros.md.
"""

from __future__ import annotations

from typing import Any

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
from handbook.macros.what_changed import what_changed
from handbook.macros.whats_new import whats_new
from handbook.macros.workstreams import actions, as_reported, risk_register, risks, timeline, workstreams


def define_env(env: Any) -> None:
    """Register every macro that a page may call."""
    # In a sentence
    env.macro(figure)
    env.macro(change)
    env.macro(cite)
    env.macro(term)
    env.macro(body)
    # Figures and charts
    env.macro(headline)
    env.macro(progress)
    env.macro(history)
    env.macro(figures)
    env.macro(chart)
    env.macro(event_chart)
    env.macro(action_chart)
    # The work
    env.macro(as_reported)
    env.macro(workstreams)
    env.macro(actions)
    env.macro(timeline)
    env.macro(risks)
    env.macro(what_changed)
    # At the end of a page
    env.macro(drawn_from)
    # One page each
    env.macro(risk_register)
    env.macro(bodies)
    env.macro(glossary)
    env.macro(source_list)
    env.macro(people)
    env.macro(register)
    env.macro(coverage)
    env.macro(whats_new)
    env.macro(a_to_z)
    env.macro(open_data)
    env.macro(contact)
