"""What records say of each other, beyond the ids they name."""

from __future__ import annotations

from collections.abc import Iterator

from macros.content.figures import Figure
from macros.content.handbook import Handbook
from macros.content.models import Body, Term
from macros.content.problems import Problem

# The kinds whose records stand on a page by name, each with the key that has it.
_BY_NAME = ((Term, "name"), (Body, "name"), (Figure, "title"))


def names_stand_once(handbook: Handbook) -> Iterator[Problem]:
    """Two records of one kind with one name: readers could not tell them apart."""
    for model, key in _BY_NAME:
        first: dict[str, str] = {}
        for record in handbook.records.values():
            if not isinstance(record, model):
                continue
            place = handbook.records.place(record, (key,))
            name = getattr(record, key)
            if other := first.get(name.casefold()):
                what = f"A second {record.kind} with this name (found {name}, first at {other})"
                yield Problem(place.path, place.line, what, "Keep one of the two, or say what sets this one apart")
            first.setdefault(name.casefold(), f"{place.path}:{place.line}")
