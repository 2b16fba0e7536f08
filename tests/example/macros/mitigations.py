"""A macro that only the example needs, in a module of its own."""

from __future__ import annotations

from handbook.macros import View
from handbook.macros.figures import source_link
from handbook.macros.tags import escape
from handbook.model.record_kinds import Risk


def what_is_done(view: View, risk: str) -> str:
    """What is done about a risk, as a list in Markdown."""
    record = view.store.get(Risk, risk)
    return "\n".join(f"- {escape(part.text)} {source_link(view, part)}" for part in record.mitigations)
