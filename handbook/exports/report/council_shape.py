"""The shape of the council's report: the parts that it has, and which of them number their paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

# The headings that every report has.
PARTS = (
    "Purpose",
    "Recommendations",
    "Reasons for the recommendations",
    "Executive summary",
    "Consultation",
    "Risks",
    "Financial implications",
    "Legal implications",
    "Equalities",
    "What happens next",
    "Annexes",
    "Sources",
)
# From the first of these to the second, paragraphs are numbered through.
_NUMBERED_FROM, _NUMBERED_TO = "Executive summary", "Annexes"


def lacking(headings: Iterable[str]) -> list[str]:
    """The parts that a report with these headings has not."""
    there = set(headings)
    return [part for part in PARTS if part not in there]


def numbers(heading: str, before: bool) -> bool:
    """Whether paragraphs under a heading of a part are numbered, if those before it were `before`."""
    return heading == _NUMBERED_FROM or (before and heading != _NUMBERED_TO)
