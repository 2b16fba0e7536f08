"""Published numbers and states that were changed or deleted in place, where a correction would keep them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handbook.loading.handbook import Handbook, read_handbook
from handbook.loading.macro_registry import MacroRegistry
from handbook.model.figures import Figure, Observation, Suppressed
from handbook.model.parts import Sourced
from handbook.model.problems import ContentError, Place, Problem, Severity
from handbook.model.record_kinds import Action, ActionState
from handbook.model.sources import Source
from handbook.review.git_history import parted_from, tree_at

_KEPT = (
    # The key of a record's list of what was reported, what it is called, and the keys that say what was reported.
    (Figure, "observations", "number", ("value", "low", "high", "words", "qualifier", "period", "source")),
    (Action, "states", "state", ("state", "when", "source")),
)
_CURES = {
    "number": "Put it back, and add the right one below it with the key correction",
    "state": "Put it back, and add the new one below it",
}


def overwritten(root: Path, revision: str) -> list[Problem]:
    """A warning for each that the handbook at `root` had when the work parted from `revision`, and has no more.

    Raises NoHistory. Where the earlier handbook cannot be read, nothing is found.
    """
    with tree_at(root, parted_from(root, revision)) as folder:
        try:
            before, _ = read_handbook(folder, macros=MacroRegistry())
        except ContentError:
            return []
        now, _ = read_handbook(root)
    return list(_gone(before, now))


def _gone(before: Handbook, now: Handbook) -> Iterator[Problem]:
    for record in before.records.values():
        for model, key, what, facts in _KEPT:
            if not isinstance(record, model):
                continue
            new = now.records.get(record.id)
            left: tuple[Sourced, ...] = getattr(new, key) if isinstance(new, model) else ()
            for part in getattr(record, key):
                if _was_published(before, part) and not any(_same(part, other, facts) for other in left):
                    said = f"A published {what} of {record.id} was changed or deleted in place (it was {_said(part)})"
                    place = now.records.place(new, (key,)) if isinstance(new, model) else Place(record.place.path, 1)
                    yield Problem(place.path, place.line, said, _CURES[what], Severity.WARNING)


def _was_published(handbook: Handbook, part: Sourced) -> bool:
    source = handbook.records.get(part.source)
    if not isinstance(source, Source):
        return False
    return source.published is None or source.published <= handbook.settings.as_at


def _same(part: Sourced, other: Sourced, facts: tuple[str, ...]) -> bool:
    """True when both report the same. A number may be taken away later because it is too small."""
    if isinstance(other, Observation) and other.suppressed is Suppressed.EVERYONE:
        facts = ("period", "source")
    return all(getattr(part, fact) == getattr(other, fact) for fact in facts)


def _said(part: Sourced) -> str:
    if isinstance(part, ActionState):
        return str(part.state)
    assert isinstance(part, Observation)
    number = part.words or (str(part.value) if part.value is not None else f"{part.low} to {part.high}")
    return f"{'c' if part.hidden else number} for {part.period.text}"
