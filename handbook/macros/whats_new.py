"""What is new, by the dates of records and pages, latest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from handbook.loading.menu import place
from handbook.loading.page import Page
from handbook.macros import wording
from handbook.macros.figures import nothing_reported, since_first, source_link
from handbook.macros.rendering import render_template
from handbook.macros.view import SiteContext, View
from handbook.model.figures import Figure
from handbook.model.periods import Period, months_after, parse_period
from handbook.model.record_kinds import Action, ActionStateChange, Event, Risk
from handbook.model.sources import Source
from handbook.model.store import Store

# Events older than this are no longer news.
_MONTHS = 12


@dataclass
class News:
    """What is new on one date. Records are in the order of their files, pages in that of the menu."""

    when: Period
    sources: list[Source] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    @property
    def title(self) -> str:
        return wording.capital(str(self.when))


def news(site: SiteContext) -> list[News]:
    """Return what is new by date, latest first.

    That is sources with what they gave, the events of the last 12 months, and pages that were reviewed.
    """
    store = site.store
    dated: dict[str, News] = {}

    def on(when: Period) -> News:
        return dated.setdefault(when.text, News(when))

    for source in store.all(Source):
        if source.published and not source.named_in:
            _from_source(store, source, on(_day(source.published)))
    start = months_after(store.as_at, -_MONTHS)
    for event in store.all(Event):
        if not event.expected and start <= event.when.last and event.when.first <= store.as_at:
            on(event.when).events.append(event)
    for page in sorted(site.pages.values(), key=lambda page: place(page, store.settings)):
        if page.header.reviewed and not (store.past and page.header.reviewed > store.as_at):
            on(_day(page.header.reviewed)).pages.append(page)
    today = store.as_at
    return sorted(dated.values(), key=lambda each: (min(each.when.last, today), each.when.first), reverse=True)


def whats_new(view: View) -> str:
    """What is new, by date: sources and what they gave, what happened in the last 12 months, pages that were reviewed."""
    found = news(view.site)
    if not found:
        return nothing_reported(view, "Nothing with a date is given")
    return render_template("whats_new", news=[_template_values(view, each) for each in found], staff=view.staff_mark)


def _template_values(view: View, found: News) -> dict[str, Any]:
    """Return the values of the template for one date."""
    return {
        "title": found.title,
        "sources": [view.record_link(source.title, "source_list", source.id) for source in found.sources],
        "figures": [_figure(view, record) for record in found.figures],
        "actions": _by_area(view, found.actions),
        "risks": [
            view.staff_mark(risk) + view.record_link(risk.title, "risk_register", risk.id) for risk in found.risks
        ],
        "events": [(event, source_link(view, event)) for event in found.events],
        "pages": [view.link(page.header.title, page) for page in found.pages],
    }


def _figure(view: View, record: Figure) -> tuple[Markup, str]:
    words = ", ".join(filter(None, [wording.full(record, record.latest), since_first(record)]))
    return view.staff_mark(record) + view.record_link(record.title, "register", record.id), words


def _from_source(store: Store, source: Source, found: News) -> None:
    """Add what became known when `source` was published."""
    found.sources.append(source)
    found.figures += [record for record in store.all(Figure) if record.latest.source == source.id]
    found.actions += [action for action in store.all(Action) if action.latest.source == source.id]
    found.risks += [risk for risk in store.all(Risk) if risk.source == source.id]


def _by_area(view: View, actions: Iterable[Action]) -> list[tuple[Markup, str]]:
    """Return a link and a count of actions by state, for each area of work with a page."""
    states: dict[str, Counter[ActionStateChange]] = defaultdict(Counter)
    for action in actions:
        states[action.workstream][action.latest.state] += 1
    pages = [page for name in states if (page := view.site.about(name))]
    return [
        (
            view.link(page.header.title, page),
            ", ".join(
                f"{count} {state}"
                for state in ActionStateChange
                if (count := states[page.header.workstream or ""][state])
            ),
        )
        for page in sorted(pages, key=lambda page: place(page, view.store.settings))
    ]


def _day(day: date) -> Period:
    return parse_period(day.isoformat())
