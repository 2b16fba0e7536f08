"""Whether a figure is old on the day that the handbook speaks for, and how a page says so."""

from __future__ import annotations

from markupsafe import Markup

from handbook.macros.tags import tag
from handbook.macros.view import View
from handbook.model.figures import Figure, Observation
from handbook.model.periods import day_in_words, months_after


def old_words(view: View, record: Figure, seen: Observation) -> str:
    """What a reader should know of a latest value that is old by the settings; empty for any other.

    A figure that says how often a new number comes is old when one is late. For any other the settings give
    the months, but one without a better direction counts what is past, and does not age.
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
    """The word that stands with an old figure wherever it is shown. Empty where there is nothing to say."""
    return Markup(" ") + tag("span", "Old figure", class_="state state-old", title=words) if words else Markup()


def age(view: View, record: Figure) -> Markup:
    """The mark of a figure whose latest value is old."""
    return old_mark(old_words(view, record, record.latest))
