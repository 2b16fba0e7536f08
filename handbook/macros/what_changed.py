"""The changes between two reports: figures, actions and events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from handbook.loading.macro_registry import MacroError, needs
from handbook.macros import progress, wording
from handbook.macros.figures import report_name, source_link
from handbook.macros.rendering import render_template
from handbook.macros.tags import tag
from handbook.macros.view import View
from handbook.macros.workstreams import state_mark
from handbook.model.figures import Figure, Observation
from handbook.model.parts import Sourced
from handbook.model.problems import choose
from handbook.model.progress import FigureChange
from handbook.model.record_kinds import Action, ActionState, Event
from handbook.model.sources import Source


@needs(reports=2)
def what_changed(view: View, since: str = "", until: str = "") -> str:
    """What a report says that the one before it did not: figures, actions and events.

    `until` is the id of the report, the latest if left out; `since` that of an earlier one.
    """
    reports = view.store.reports
    if len(reports) < 2:
        return str(tag("p", f"The {report_name(view)} is the only one so far.", class_="nothing"))
    new = _report(reports, "until", until, reports[-1])
    old = _report(reports, "since", since, reports[max(reports.index(new) - 1, 0)])
    if not reports.index(old) < reports.index(new):
        raise MacroError(f"No report stands before this one to compare it with (found {new.id})", "Leave until out")
    figures, missing = _figures(view, old, new)
    actions, silent = _actions(view, old, new)
    events = [(event, source_link(view, event)) for event in view.store.all(Event) if event.source == new.id]
    return render_template(
        "what_changed",
        old=report_name(view, old),
        new=report_name(view, new),
        figures=figures,
        missing=missing,
        actions=actions,
        silent=silent,
        events=sorted(events, key=lambda row: (row[0].when.place, row[0].id)),
    )


def _report(reports: tuple[Source, ...], name: str, found: str, otherwise: Source) -> Source:
    by_id = {report.id: report for report in reports}
    if found and found not in by_id:
        raise MacroError(
            f"{name} is not one of the reports (found {found})", choose(found, by_id, f"use one of {', '.join(by_id)}")
        )
    return by_id.get(found, otherwise)


def _figures(view: View, old: Source, new: Source) -> tuple[list[tuple[Markup, str, str, str, Markup]], list[Markup]]:
    """A row for each figure that the new report gives, and the figures that only the old one did."""
    rows, missing = [], []
    for record in view.store.all(Figure):
        link = view.record_link(record.title, "register", record.id)
        before, after = (_known_by(view, record, report) for report in (old, new))
        given = [seen for seen in after.standing if seen.source == new.id] if after else []
        if after and given:
            view.store.note(record)
            seen = max(given, key=lambda seen: seen.period)
            earlier = before.latest if before else None
            right = _corrected(after, earlier) if earlier else None
            shown = _dated(record, earlier) if earlier else "Not given"
            if right is not earlier and right is not None:
                shown += f"; corrected to {wording.value(record, right)}"
            rows.append(
                (link, shown, _dated(record, seen), _change_in_words(after, right, seen), source_link(view, seen))
            )
        elif any(seen.source == old.id for seen in record.observations):
            missing.append(link)
    return rows, missing


def _corrected(record: Figure, seen: Observation) -> Observation:
    """Follow corrections of an observation to the one that stands, which may be itself."""
    right = record.correction_of(seen)
    return _corrected(record, right) if right else seen


def _known_by(view: View, record: Figure, report: Source) -> Figure | None:
    """Return the figure as it was known when a report was published, or None."""
    known = tuple(seen for seen in record.observations if _published(view, seen) <= (report.published or date.max))
    return record.model_copy(update={"observations": known}) if known else None


def _published(view: View, part: Sourced) -> date:
    return view.store.get(Source, part.source).published or date.min


def _dated(record: Figure, seen: Observation) -> str:
    return f"{wording.opening(record, seen)}, {seen.period}"


def _change_in_words(record: Figure, earlier: Observation | None, seen: Observation) -> str:
    """Return what two observations say of progress, in words."""
    if earlier is None:
        return "Given for the first time"
    if seen is earlier:
        return f"A correction. {seen.correction}"
    return progress.verdict_in_words(FigureChange(record, earlier, seen))


def _actions(view: View, old: Source, new: Source) -> tuple[list[tuple[Action, Markup, Markup, Markup]], int]:
    """A row for each action that the new report speaks of, and how many it says nothing of."""
    rows, silent = [], 0
    for action in view.store.all(Action):
        now = _latest(state for state in action.states if state.source == new.id)
        before = _latest(s for s in action.states if _published(view, s) <= (old.published or date.max))
        if now:
            view.store.note(action)
            was = state_mark(before) if before else Markup("Not given")
            rows.append((action, was, state_mark(now), source_link(view, now)))
        elif before:
            silent += 1
    return rows, silent


def _latest(states: Iterable[ActionState]) -> ActionState | None:
    return next(reversed(list(states)), None)
