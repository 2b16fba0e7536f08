"""What is new: what the records and the pages say of their own dates, the latest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from macros.content.figures import Figure
from macros.content.menu import place
from macros.content.models import Action, Event, Risk, State
from macros.content.periods import Period, months_after, parse_period
from macros.content.sources import Source

from . import wording
from .figures import nothing, since_first, source_link
from .render import fill
from .view import View

# Events older than this are on the timeline, and no longer news.
_MONTHS = 12


@dataclass
class News:
    """What is new of one date: each list in the order of its records."""

    when: Period
    sources: list[Markup] = field(default_factory=list)
    figures: list[tuple[Markup, str]] = field(default_factory=list)
    actions: list[tuple[Markup, str]] = field(default_factory=list)
    risks: list[Markup] = field(default_factory=list)
    events: list[tuple[Event, Markup]] = field(default_factory=list)
    pages: list[Markup] = field(default_factory=list)

    @property
    def title(self) -> str:
        return wording.capital(str(self.when))


def whats_new(view: View) -> str:
    """What is new, by date: sources and what they gave, what happened in the last 12 months, pages that were reviewed."""
    dated: dict[str, News] = {}

    def on(when: Period) -> News:
        return dated.setdefault(when.text, News(when))

    for source in view.store.all(Source):
        if source.published and not source.named_in:
            _from_source(view, source, on(_day(source.published)))
    start = months_after(view.store.as_at, -_MONTHS)
    for event in view.store.all(Event):
        if not event.expected and start <= event.when.last and event.when.first <= view.store.as_at:
            on(event.when).events.append((event, source_link(view, event)))
    for page in sorted(view.site.pages.values(), key=lambda page: place(page, view.store.settings)):
        if page.header.reviewed:
            on(_day(page.header.reviewed)).pages.append(view.link(page.header.title, page))
    if not dated:
        return nothing(view, "Nothing with a date is given")
    today = view.store.as_at
    latest_first = sorted(dated.values(), key=lambda news: (min(news.when.last, today), news.when.first), reverse=True)
    return fill("whats_new", news=latest_first, staff=view.staff_mark)


def _from_source(view: View, source: Source, news: News) -> None:
    """Adds what became known when `source` was published."""
    news.sources.append(view.record_link(source.title, "source_list", source.id))
    for record in view.store.all(Figure):
        if record.latest.source == source.id:
            since = since_first(record)
            words = ", ".join(filter(None, [wording.full(record, record.latest), since]))
            link = view.staff_mark(record) + view.record_link(record.title, "register", record.id)
            news.figures.append((link, words))
    given = (action for action in view.store.all(Action) if action.latest.source == source.id)
    news.actions += [(name, states) for name, states in _by_area(view, given)]
    for risk in view.store.all(Risk):
        if risk.source == source.id:
            news.risks.append(view.staff_mark(risk) + view.record_link(risk.title, "risk_register", risk.id))


def _by_area(view: View, actions: Iterable[Action]) -> list[tuple[Markup, str]]:
    """For each area of work with a page, how many of the actions stand in which state."""
    states: dict[str, Counter[State]] = defaultdict(Counter)
    for action in actions:
        states[action.workstream][action.latest.state] += 1
    pages = [page for name in states if (page := view.site.about(name))]
    return [
        (
            view.link(page.header.title, page),
            ", ".join(f"{count} {state}" for state in State if (count := states[page.header.workstream or ""][state])),
        )
        for page in sorted(pages, key=lambda page: place(page, view.store.settings))
    ]


def _day(day: date) -> Period:
    return parse_period(day.isoformat())
