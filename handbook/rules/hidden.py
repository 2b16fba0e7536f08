"""A page for partners does not say that a source gives none, where staff are shown some."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from handbook.loading.rendered_edition import RenderedEdition
from handbook.loading.template import Call
from handbook.model.editions import Edition
from handbook.model.figures import Figure
from handbook.model.problems import Problem, Severity
from handbook.model.record_kinds import Action, ActionStateChange, Risk
from handbook.model.store import Store

_STATES = {"done": {ActionStateChange.DONE}, "open": {ActionStateChange.CONTINUING, ActionStateChange.PLANNED}}


def partners_are_told_what_there_is(written: RenderedEdition) -> Iterator[Problem]:
    """Lists of an area's actions, figures or risks that are empty for partners and not for staff."""
    if written.store.edition is Edition.INTERNAL:
        return
    staff = Store(written.handbook.settings, written.handbook.records, Edition.INTERNAL)
    for page in written.pages.values():
        for call in page.calls(written.store.edition):
            if call.name not in _LISTS or _listed(call, written.store):
                continue
            if count := _listed(call, staff):
                kind = call.name if count > 1 else call.name.removesuffix("s")
                what = f"Partners would be told that there is none (found {count} {kind} for staff only)"
                yield Problem(page.shown, call.line, what, _CURE, Severity.WARNING)


_CURE = "Write audience: partner in the record too, or put the call between {% if internal %} and {% endif %}"


def _actions(store: Store, workstream: object, state: object = "") -> int:
    wanted = _STATES.get(str(state), set(ActionStateChange))
    return sum(record.workstream == workstream and record.latest.state in wanted for record in store.all(Action))


def _figures(store: Store, workstream: object) -> int:
    return sum(record.workstream == workstream for record in store.all(Figure))


def _risks(store: Store, workstream: object) -> int:
    return sum(workstream in record.workstreams for record in store.all(Risk))


# The macros that list what belongs to an area of work, and how many there are to list.
_LISTS: Mapping[str, Callable[..., int]] = {"actions": _actions, "figures": _figures, "risks": _risks}


def _listed(call: Call, store: Store) -> int:
    """How many records a call lists. None where it is called wrongly, which is told at the call."""
    named: dict[str, Any] = dict(call.kwargs)
    try:
        return _LISTS[call.name](store, *call.args, **named)
    except TypeError:
        return 0
