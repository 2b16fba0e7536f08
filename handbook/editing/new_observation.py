"""Adding an observation to a figure: the lines, whether the handbook holds with them, and what readers see then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from handbook.editing.draft import Draft, draft
from handbook.editing.field_forms import entries
from handbook.editing.insertion import Insertion, insert_item
from handbook.editing.number_input import as_kept
from handbook.editing.record_lines import lines_of
from handbook.editing.refusal import EditRefused
from handbook.editing.usages import Spot, changed, shown, written
from handbook.loading.handbook import Handbook, read_handbook
from handbook.loading.record_files import read_records
from handbook.loading.strict_yaml import parse_yaml
from handbook.loading.validation import validate
from handbook.macros import wording
from handbook.model.figures import Figure, Observation
from handbook.model.problems import ContentError, Place, choose
from handbook.model.sources import Source

_NUMBERS = ("value", "low", "high")


@dataclass(frozen=True)
class PendingObservation:
    """An observation that can be added: the lines, the figure with it, and the handbook as it would be.

    `before` is what the figure's latest observation was.
    `changed` are the lines of pages that show another number then, `kept` those that show the figure as before.
    Where it has the observation already, there is no `insertion`, and `place` says where that stands.
    """

    figure: Figure
    observation: Observation
    before: Observation
    place: Place
    insertion: Insertion | None = None
    draft: Draft | None = None
    changed: tuple[Spot, ...] = ()
    kept: tuple[Spot, ...] = ()

    def shown_from(self) -> date | None:
        """The day from which pages show the observation: its source's. A correction from a known source waits for none."""
        assert self.draft and self.draft.checked.handbook
        source = self.draft.checked.handbook.records.get(self.observation.source)
        return source.published if isinstance(source, Source) else None


def plan(root: Path, name: str, given: Mapping[str, Any]) -> PendingObservation:
    """The change that adds an observation with the keys in `given` to the figure `name`. Writes nothing.

    Raises Refused for what cannot be added, and ContentError where a check would find something wrong.
    """
    handbook = _read(root)
    figure = _figure(handbook, name)
    values = {key: as_kept(text, figure.unit) if key in _NUMBERS else text for key, text in given.items()}
    for entry in entries(Observation):
        for text in _each(values.get(entry.key, ())):
            if fault := entry.fault(text):
                raise EditRefused(f"{entry.flag}: {fault}")
    lines = lines_of(Observation, values)
    seen = _validated(lines)
    if there := _already(handbook, figure, seen):
        return there
    index = _index(figure, seen)
    path = (figure.id, "observations")
    insertion = insert_item((root / figure.place.path).read_bytes(), figure.place.path, path, index, lines)
    planned = draft(root, {insertion.shown: insertion.after})
    if planned.errors:
        raise ContentError(planned.errors)
    assert planned.checked.handbook
    new = planned.checked.handbook.records[figure.id]
    assert isinstance(new, Figure)
    after = planned.checked.editions.values()
    changes = changed(written(handbook), after, figure)
    kept = [spot for spot in shown(after, figure) if spot not in changes]
    place = Place(insertion.shown, insertion.line)
    return PendingObservation(
        new, new.observations[index], figure.latest, place, insertion, planned, tuple(changes), tuple(kept)
    )


def _read(root: Path) -> Handbook:
    """The handbook. Raises Refused where a record cannot be read, since it may be the one that is meant."""
    try:
        handbook, _ = read_handbook(root)
        if handbook.records.incomplete:
            raise ContentError(read_records(root)[1])
    except ContentError as error:
        raise EditRefused(f"Mend this first:\n{error}") from None
    return handbook


def _each(value: str | Iterable[str]) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value


def _figure(handbook: Handbook, name: str) -> Figure:
    """The figure of this id. Raises Refused, with the nearest id."""
    figure = handbook.records.get(name)
    if isinstance(figure, Figure):
        return figure
    if figure is not None:
        raise EditRefused(f"{name} is a {figure.kind}, not a figure. Give the id of a figure.")
    ids = [other.id for other in handbook.records.values() if isinstance(other, Figure)]
    raise EditRefused(f"No figure has this id (found {name}). {choose(name, ids, 'see data/figures for the ids')}.")


def _validated(lines: list[str]) -> Observation:
    """The observation that the lines make. Raises Refused for what no observation can be."""
    document = parse_yaml("\n".join(["new:", *(f"  {line}" for line in lines)]), "")
    observation, problems = validate(Observation, document, ("new",), "The observation")
    if observation is None:
        raise EditRefused("\n".join(f"{problem.what}. {problem.cure}." for problem in problems))
    return observation


def _already(handbook: Handbook, figure: Figure, seen: Observation) -> PendingObservation | None:
    """Nothing to change, where the figure has this observation. Raises Refused where it has another in its place."""
    for index, there in enumerate(figure.observations):
        place = handbook.records.place(figure, ("observations", index))
        if there == seen:
            return PendingObservation(figure, there, figure.latest, place)
        if (there.period.text, there.source) == (seen.period.text, seen.source) and not seen.correction:
            raise EditRefused(
                f"{place.path}:{place.line}: {figure.id} has another number of {seen.period} from this source "
                f"(found {wording.full(figure, there)}). If that one is wrong, say why with --correction, and when "
                "that was found with --corrected-on, as in --corrected-on 2022-02-01. Both are kept."
            )
    return None


def _index(figure: Figure, seen: Observation) -> int:
    """Where an observation belongs, oldest first: below all that are no later, and below what it corrects."""
    period = max(seen.period, seen.corrected_period)
    return max((index + 1 for index, other in enumerate(figure.observations) if other.period <= period), default=0)
