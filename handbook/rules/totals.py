"""Totals: none is shown where one of its parts is suppressed, since the part could be computed from it."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.loading.handbook import Handbook
from handbook.model.editions import Audience, narrowest
from handbook.model.figures import Figure, Observation, Suppressed
from handbook.model.problems import Problem

_EVERYONE = frozenset(Audience)


def no_total_over_a_small_number(handbook: Handbook) -> Iterator[Problem]:
    """Find totals shown to readers from whom a part of the same period is suppressed (secondary disclosure)."""
    for total in handbook.records.values():
        if not isinstance(total, Figure):
            continue
        parts = [found for id in total.total_of if isinstance(found := handbook.records.get(id), Figure)]
        for index, seen in enumerate(total.observations):
            for part in parts:
                if small := _small_part(total, seen, part):
                    place = handbook.records.place(total, ("observations", index, "period"))
                    yield Problem(
                        place.path,
                        place.line,
                        f"A total over a number that is too small to show (found {part.id}, {seen.period})",
                        f"Mark it too, as in suppressed: {small.suppressed}, or leave it out",
                    )


def _small_part(total: Figure, seen: Observation, part: Figure) -> Observation | None:
    """The observation of a part, for the period of a total, that is suppressed for some who would see the total."""
    time = (seen.period.first, seen.period.last)
    of_the_time = (each for each in part.observations if (each.period.first, each.period.last) == time)
    return next((each for each in of_the_time if _sees(total, seen) & _suppressed_for(each)), None)


def _sees(figure: Figure, seen: Observation) -> frozenset[Audience]:
    """The audiences that are shown the number."""
    widest = narrowest(figure.audience or Audience.INTERNAL, seen.audience)
    return (_EVERYONE if widest is Audience.PARTNER else frozenset({Audience.INTERNAL})) - _suppressed_for(seen)


def _suppressed_for(seen: Observation) -> frozenset[Audience]:
    """The audiences for which the number is suppressed."""
    match seen.suppressed:
        case Suppressed.EVERYONE:
            return _EVERYONE
        case Suppressed.PARTNERS:
            return frozenset({Audience.PARTNER})
    return frozenset()
