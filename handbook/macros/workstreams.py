"""Macros for workstreams, their actions, events and risks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from handbook.loading.macro_registry import MacroError
from handbook.macros import wording
from handbook.macros.figures import check_choice, nothing_reported, report_name, source_link
from handbook.macros.rendering import render_template
from handbook.macros.tags import tag
from handbook.macros.view import View
from handbook.model.editions import narrowest
from handbook.model.figures import Figure
from handbook.model.front_matter import PageKind
from handbook.model.periods import day_in_words
from handbook.model.record_kinds import Action, ActionState, ActionStateChange, Body, Event, Risk
from handbook.model.sources import Source

_STATES = {
    "done": (ActionStateChange.DONE,),
    "open": (ActionStateChange.CONTINUING, ActionStateChange.PLANNED),
    "": tuple(ActionStateChange),
}


def as_reported(view: View) -> str:
    """The position box: what the source says of progress, from the page's own header."""
    position = view.page.header.position
    if position is None:
        raise MacroError(
            "The page gives no position", "Add position to its front matter, with text, source and locator"
        )
    if not view.store.edition.shows(narrowest(view.page.audience, position.audience)):
        raise MacroError(
            "The position is internal, and this page is for partners too",
            "Put the call between {% if internal %} and {% endif %}, or delete audience from the position",
        )
    source = view.store.get(Source, position.source)
    return render_template(
        "position", text=position.text, published=source.published, source=source_link(view, position)
    )


def workstreams(view: View) -> str:
    """A card for each workstream: its name, its summary, and its first figure."""
    cards = []
    for page in view.site.pages.values():
        if page.header.kind is not PageKind.WORKSTREAM:
            continue
        mine = [record for record in view.store.all(Figure) if record.workstream == page.header.workstream]
        for record in mine[:1]:
            view.store.note(record)
        cards.append(
            (page.header.order, view.link(page.header.title, page), page.header.summary, mine[0] if mine else None)
        )
    return render_template(
        "workstreams", cards=sorted(cards, key=lambda card: card[0]), no_figure=f"No figure in the {report_name(view)}"
    )


def actions(view: View, workstream: str, state: str = "") -> str:
    """The table of an area of work's actions. `state` is "done", "open" (continuing and planned) or "" for all."""
    check_choice("state", state, tuple(_STATES))
    rows = [
        action
        for action in view.store.all(Action)
        if action.workstream == workstream and action.latest.state in _STATES[state]
    ]
    if not rows:
        return nothing_reported(view, "No such action is given")
    return render_template("actions", rows=[_action_row(view, action) for action in rows], staff=view.staff_mark)


def _action_row(view: View, action: Action) -> tuple[Action, str, Markup, Markup]:
    view.store.note(action)
    who = wording.listed([body.name for body in view.store.some(Body, action.who)])
    return action, who, state_mark(action.latest), source_link(view, action.latest)


def state_mark(state: ActionState) -> Markup:
    """Return the state of an action as a label, with its date."""
    word = tag("span", wording.capital(state.state), class_=f"state state-{state.state}")
    if not state.when:
        return word
    when = f"for {state.when}" if state.state is ActionStateChange.PLANNED else str(state.when)
    return word + Markup(" ") + tag("span", when, class_="state-when")


@dataclass(frozen=True)
class TimelineEvent:
    """An event as the timeline shows it on the day `as_at`."""

    event: Event
    as_at: date

    @property
    def happened(self) -> bool:
        """True once the event has started, or for one that was only expected, once its period is over."""
        return self.event.when.last < self.as_at if self.event.expected else self.event.when.first <= self.as_at

    @property
    def standing(self) -> str:
        """The label of an event that is not simply past, or an empty string."""
        if self.happened and self.event.expected:
            return "Was expected by now; the outcome is not given"
        if self.happened:
            return "Under way" if self.event.when.last > self.as_at else ""
        return "Expected" if self.event.expected else "Still to come"


def timeline_events(view: View, workstream: str = "", type: str = "") -> list[TimelineEvent]:
    """Return the events of an area of work, of a type, or all, in order of time."""
    found = []
    for event in view.store.all(Event):
        if (not workstream or event.workstream == workstream) and (not type or event.type == type):
            view.store.note(event)
            found.append(TimelineEvent(event, view.store.as_at))
    return sorted(found, key=lambda moment: (moment.event.when.place, moment.event.id))


def timeline(view: View, workstream: str = "", type: str = "", show: str = "all", brief: bool = False) -> str:
    """Events in order: full dots for what has happened, open dots for what has not.

    `workstream` and `type` narrow it. `show` is "all", "past" or "coming". `brief` leaves out what there is to say beyond the title.
    """
    check_choice("show", show, ("all", "past", "coming"))
    chosen = [
        moment
        for moment in timeline_events(view, workstream, type)
        if show == "all" or moment.happened == (show == "past")
    ]
    if not chosen:
        return nothing_reported(view, "No date is given for this")
    sources = {moment.event.id: source_link(view, moment.event) for moment in chosen}
    return render_template(
        "timeline",
        moments=chosen,
        sources=sources,
        today=day_in_words(view.store.as_at),
        brief=brief,
        staff=view.staff_mark,
    )


def risks(view: View, workstream: str) -> str:
    """The risks that bear on an area of work, in short, each linked to its entry."""
    mine = [risk for risk in view.store.all(Risk) if workstream in risk.workstreams]
    if not mine:
        return nothing_reported(view, "No risk is named for this work")
    for risk in mine:
        view.store.note(risk)
    rows = [(view.record_link(risk.title, "risk_register", risk.id), risk, source_link(view, risk)) for risk in mine]
    return render_template("risks", rows=rows, staff=view.staff_mark)


def risk_register(view: View) -> str:
    """Every risk with its mitigations and the areas of work it bears on."""
    rows = []
    for risk in view.store.all(Risk):
        view.store.note(risk)
        areas = []
        for name in risk.workstreams:
            page = view.site.about(name)
            if page:
                areas.append(view.link(page.header.title, page))
        rows.append((risk, Markup(", ").join(areas), source_link(view, risk)))
    return render_template("risk_register", rows=rows, staff=view.staff_mark)
