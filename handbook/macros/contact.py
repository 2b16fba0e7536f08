"""Where readers can write to."""

from __future__ import annotations

from handbook.macros.tags import escape, tag
from handbook.macros.view import View

_NONE = "Where to write is not set. Whoever publishes this site gives it with contact in data/handbook.yml."


def contact(view: View) -> str:
    """Where readers can write, from `contact` in the settings, or that it is not set."""
    where = view.store.settings.contact
    if not where:
        return str(tag("p", _NONE, class_="nothing"))
    words = tag("a", where, href=where) if where.startswith("https://") else escape(where)
    return str(tag("p", tag("strong", "Write to: ") + words, class_="contact"))
