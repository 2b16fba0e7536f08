"""Lists on pages for partners: none is empty only because its records are internal."""

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


def partners_are_told_what_there_is(edition: RenderedEdition) -> Iterator[Problem]:
    """Warn where a list of a workstream's actions, figures or risks is empty for partners and not for staff.

    The page would tell partners that the source names none.
    """
    if edition.store.edition is Edition.INTERNAL:
        return
    staff = Store(edition.handbook.settings, edition.handbook.records, Edition.INTERNAL)
    for page in edition.pages.values():
        for call in page.calls(edition.store.edition):
            if call.name not in _LISTS or _listed(call, edition.store):
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


# The macros that list records of a workstream, each with a function that counts them.
_LISTS: Mapping[str, Callable[..., int]] = {"actions": _actions, "figures": _figures, "risks": _risks}


def _listed(call: Call, store: Store) -> int:
    """The number of records that a call lists; 0 where its arguments are wrong, which is reported elsewhere."""
    named: dict[str, Any] = dict(call.kwargs)
    try:
        return _LISTS[call.name](store, *call.args, **named)
    except TypeError:
        return 0
