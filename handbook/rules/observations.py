"""Observations of one figure: none contradicts another, and each correction says what it corrects and when."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.loading.handbook import Handbook
from handbook.model.editions import Audience, narrowest
from handbook.model.figures import Figure, Observation
from handbook.model.problems import Problem
from handbook.model.sources import Source

_AGAIN = "Write why in the key correction, if it takes the place of the other; keep both. If not, delete it"


def observations_agree(handbook: Handbook) -> Iterator[Problem]:
    """Check each observation of each figure against those above it."""
    for figure in handbook.records.values():
        if isinstance(figure, Figure):
            for index, seen in enumerate(figure.observations):
                above = figure.observations[:index]
                found = _correction(handbook, figure, seen, above) if seen.correction else _second(seen, above)
                if found:
                    key, what, cure = found
                    place = handbook.records.place(figure, ("observations", index, key))
                    yield Problem(place.path, place.line, what, cure)


def _second(seen: Observation, above: tuple[Observation, ...]) -> tuple[str, str, str] | None:
    """Find a second number for one period from one source: one of the two must be wrong."""
    if any((other.period, other.source) == (seen.period, seen.source) for other in above):
        return "period", f"Two observations of one period from one source (found {seen.period.text})", _AGAIN
    return None


def _correction(
    handbook: Handbook, figure: Figure, seen: Observation, above: tuple[Observation, ...]
) -> tuple[str, str, str] | None:
    """What is wrong with a correction: the key, what is wrong, and the cure."""
    corrected = [other for other in above if figure.correction_of(other) is seen]
    if not corrected:
        period = seen.corrected_period.text
        return (
            "correction",
            f"Nothing stands above this for the period that it corrects (found {period})",
            "Put it below what it corrects, or name that period in the key corrects",
        )
    if seen.corrected_on is None and any(not _newer(handbook, seen, other) for other in corrected):
        return (
            "correction",
            "Nothing says when this was corrected (its source is no newer than what it corrects)",
            "Add the day on which the mistake was found, as in corrected_on: 2022-02-01",
        )
    whole = figure.audience or Audience.INTERNAL
    if narrowest(whole, seen.audience) is Audience.INTERNAL and any(
        narrowest(whole, other.audience) is Audience.PARTNER for other in corrected
    ):
        return "audience", "Partners see what this corrects, and would not see this", "Delete its audience"
    return None


def _newer(handbook: Handbook, seen: Observation, other: Observation) -> bool:
    """True if the source of an observation was published after that of the other."""
    new, old = handbook.records.get(seen.source), handbook.records.get(other.source)
    if not (isinstance(new, Source) and isinstance(old, Source) and new.published and old.published):
        return new is not old
    return new.published > old.published
