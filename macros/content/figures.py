"""Figures: the numbers that pages show, each with its observations."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from .fields import Identifier, Number, Text, When, fault
from .parts import Record, Sourced


class Qualifier(StrEnum):
    """How sure or how round a source's number is. It is part of the number."""

    EXACT = "exact"
    OVER = "over"
    ABOUT = "about"
    NEARLY = "nearly"
    UP_TO = "up-to"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


class Observation(Sourced):
    """What a figure was at a time, according to a source."""

    value: Annotated[
        Number | None,
        Field(
            description="The number as the source writes it, in quotes, without commas or a percent sign.",
            examples=["19.65"],
        ),
    ] = None
    low: Annotated[Number | None, Field(description="The lower end of a range.", examples=["80"])] = None
    high: Annotated[Number | None, Field(description="The upper end of a range.", examples=["90"])] = None
    words: Annotated[
        Text | None,
        Field(
            description="The source's own words, where it gives no digits. The value is then what charts use, and is approximate.",
            examples=["nearly a third"],
        ),
    ] = None
    qualifier: Annotated[
        Qualifier, Field(description="exact (if left out), over, about, nearly or up-to.", examples=["over"])
    ] = Qualifier.EXACT
    period: Annotated[
        When,
        Field(
            description="What the number describes: a day, a month, a season or a range.",
            examples=["2021-10", "2021-06/2021-09"],
        ),
    ]
    note: Annotated[Text | None, Field(description="What a reader should know about this number.")] = None

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise fault("Half a range (one of low and high is missing)", "Give both low and high, or value alone")
        if (self.value is None) == (self.low is None):
            raise fault(
                "An observation needs value, or low and high, and not both", 'Give one of them, as in value: "700"'
            )
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise fault(
                f"A range the wrong way round (found {self.low} to {self.high})", "Put the smaller number in low"
            )
        return self

    @property
    def middle(self) -> Decimal:
        """The number that comparisons and charts use: the value, or the middle of the range."""
        if self.value is not None:
            return self.value
        assert self.low is not None and self.high is not None
        return (self.low + self.high) / 2


class Figure(Record):
    """A number that pages show, with its history. Pages name it; nobody types it again."""

    kind = "figure"
    title: Annotated[
        Text,
        Field(
            description="What is counted, in full.",
            examples=["Staff trained and licensed in the Graded Care Profile 2"],
        ),
    ]
    caption: Annotated[
        Text | None,
        Field(description="The few words under the number in a panel.", examples=["licensed in Graded Care Profile 2"]),
    ] = None
    workstream: Annotated[
        Identifier | None,
        Field(description="The area of work it belongs to, as its page names it.", examples=["neglect"]),
    ] = None
    unit: Annotated[
        Text,
        Field(
            description="What the number counts: a plural noun, %, £ or £ million.",
            examples=["people", "%", "£ million"],
        ),
    ]
    unit_one: Annotated[Text | None, Field(description="The noun for exactly one.", examples=["visit"])] = None
    better: Annotated[
        Direction | None,
        Field(description="The direction that is an improvement: up or down. Leave out where neither is."),
    ] = None
    aliases: Annotated[tuple[Text, ...], Field(description="Other words people search for.")] = ()
    observations: Annotated[tuple[Observation, ...], Field(min_length=1, description="Oldest first.")]

    @model_validator(mode="after")
    def _percentages(self) -> Self:
        for seen in self.observations:
            largest = seen.value if seen.value is not None else seen.high
            if self.unit == "%" and largest is not None and not 0 <= largest <= 100:
                raise fault(f"A percentage outside 0 to 100 (found {largest})", "Check the number, or change the unit")
        return self

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        seen: set[tuple[str, str]] = set()
        for each in self.observations:
            key = (each.period.text, each.source)
            if key in seen:
                raise fault(f"Two observations of one period from one source (found {key[0]})", "Keep one of the two")
            seen.add(key)
        return self

    @property
    def latest(self) -> Observation:
        """The observation of the latest period; of two for one period, the one that stands lower."""
        return max(reversed(self.observations), key=lambda seen: seen.period)
