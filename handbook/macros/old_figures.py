"""Marking figures whose latest value is old on the day that the handbook speaks for."""

from __future__ import annotations

from markupsafe import Markup

from handbook.macros.tags import tag
from handbook.macros.view import View
from handbook.model.figures import Figure, Observation
from handbook.model.periods import day_in_words, months_after


def old_note(view: View, record: Figure, seen: Observation) -> str:
    """Return a sentence for readers if `seen` is the figure's latest observation and is old, or an empty string.

    A figure with `every` is old when a new number is late. Any other is old after the months in `old_after` of the
    settings, unless neither direction is better: it then counts something past, and does not age.
    """
    months, day = view.store.settings.old_after, view.store.as_at
    if seen is not record.latest:
        return ""
    if record.every is not None:
        late = record.every.after(seen.period.last) < day
        return f"A new number comes each {record.every}, and none is known since {seen.period}." if late else ""
    if months is None or record.better is None or day <= months_after(seen.period.last, months):
        return ""
    return f"More than {months} months old on {day_in_words(day)}, and nothing newer is known."


def old_mark(words: str) -> Markup:
    """Return the mark of an old figure with a note as its title, or nothing for an empty note."""
    return Markup(" ") + tag("span", "Old figure", class_="state state-old", title=words) if words else Markup()


def mark_if_old(view: View, record: Figure) -> Markup:
    """Return the mark of a figure whose latest value is old, or nothing."""
    return old_mark(old_note(view, record, record.latest))
