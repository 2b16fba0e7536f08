"""Figures: the numbers that pages show, with their observations and targets."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from handbook.model.editions import Edition
from handbook.model.examples import BadExample
from handbook.model.fields import Day, FigureId, Identifier, Number, Text, Unit, When, field_error
from handbook.model.parts import Record, Sourced
from handbook.model.periods import Frequency, Period


class Qualifier(StrEnum):
    """How exact a number is, in the words of its source. It is part of the number."""

    EXACT = "exact"
    OVER = "over"
    ABOUT = "about"
    NEARLY = "nearly"
    UP_TO = "up-to"


class Direction(StrEnum):
    """Which way is an improvement."""

    UP = "up"
    DOWN = "down"


class Suppressed(StrEnum):
    """Who may not see a number that is so small that someone could be recognised from it."""

    EVERYONE = "everyone"
    PARTNERS = "partners"


class Observation(Sourced):
    """The value of a figure for a period, according to a source."""

    value: Annotated[
        Number | None,
        Field(
            description="The number as the source writes it, without commas or a percent sign.",
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
        Qualifier,
        Field(description="exact (if left out), over, about, nearly or up-to.", examples=["over"]),
        BadExample("more than", "Not a value that qualifier can have (found more than)"),
    ] = Qualifier.EXACT
    period: Annotated[
        When,
        Field(
            description="What the number describes: a day, a month, a season or a range.",
            examples=["2021-10", "2021-06/2021-09"],
        ),
    ]
    note: Annotated[
        Text | None,
        Field(description="What a reader should know about this number.", examples=["Counts partner agencies too."]),
    ] = None
    suppressed: Annotated[
        Suppressed | None,
        Field(
            description="For a number so small that someone could be recognised from it, shown as c: everyone, and then "
            "no number is written at all, or partners, and then staff see it.",
            examples=["everyone"],
        ),
        BadExample("yes", "Not a value that suppressed can have (found yes)"),
    ] = None
    correction: Annotated[
        Text | None,
        Field(
            description="Why this takes the place of what stands above it for the same period, in a sentence.",
            examples=["The report counted one team twice."],
        ),
    ] = None
    corrects: Annotated[
        When | None,
        Field(
            description="The period of what is corrected, where that was wrong too. Left out, it is this one's.",
            examples=["2021-09"],
        ),
    ] = None
    corrected_on: Annotated[
        Day | None,
        Field(
            description="The day of the correction, where its source is no newer than what it corrects.",
            examples=["2022-02-01"],
        ),
    ] = None

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if self.suppressed is Suppressed.EVERYONE:
            return self._no_number()
        if (self.low is None) != (self.high is None):
            raise field_error("Half a range (one of low and high is missing)", "Give both low and high, or value alone")
        if (self.value is None) == (self.low is None):
            raise field_error(
                "An observation needs value, or low and high, and not both", 'Give one of them, as in value: "700"'
            )
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise field_error(
                f"A range the wrong way round (found {self.low} to {self.high})", "Put the smaller number in low"
            )
        return self

    @model_validator(mode="after")
    def _reason(self) -> Self:
        for key in ("corrects", "corrected_on"):
            if getattr(self, key) is not None and self.correction is None:
                raise field_error(f"A correction without its reason (found {key})", "Say why in the key correction")
        return self

    def _no_number(self) -> Self:
        for key in ("value", "low", "high", "words"):
            if getattr(self, key) is not None:
                raise field_error(
                    f"A number that nobody may see is written here (found {key})",
                    "Delete it, or write suppressed: partners for a number that staff may see",
                )
        return self

    def kept_from(self, edition: Edition) -> dict[str, Any]:
        """Replace a number that is suppressed for partners, and every key that could tell it."""
        if self.suppressed is not Suppressed.PARTNERS or edition is Edition.INTERNAL:
            return {}
        reason = "The number before it was wrong." if self.correction else None
        return {key: type(self).model_fields[key].default for key in _TELLING} | {"correction": reason}

    @property
    def hidden(self) -> bool:
        """True if the number is suppressed for this edition: it is shown as c, and nothing is computed from it."""
        return self.value is None and self.low is None

    @property
    def corrected_period(self) -> Period:
        """The period of the observation that this corrects, if it is a correction."""
        return self.corrects or self.period

    @property
    def known_from(self) -> date | None:
        """The day of the correction, if one is given."""
        return self.corrected_on


# The keys from which a suppressed number could be told.
_TELLING = ("value", "low", "high", "words", "qualifier", "note")


# Where up is better, a target is at least a number or more than it; where down is better, at most a number.
_SENSIBLE = {Direction.UP: (Qualifier.EXACT, Qualifier.OVER), Direction.DOWN: (Qualifier.EXACT, Qualifier.UP_TO)}


class Target(Sourced):
    """The value that a figure is to reach, according to a source."""

    value: Annotated[Number, Field(description="The number to reach, in quotes, as a value.", examples=["15"])]
    qualifier: Annotated[
        Qualifier,
        Field(
            description="exact (if left out); over where better is up; up-to where better is down.", examples=["over"]
        ),
        BadExample("at least", "Not a value that qualifier can have (found at least)"),
    ] = Qualifier.EXACT
    by: Annotated[
        When | None, Field(description="When it is to be reached, if the source says.", examples=["2022-03"])
    ] = None
    note: Annotated[
        Text | None,
        Field(description="What a reader should know about this target.", examples=["It replaces the target of 2020."]),
    ] = None

    def check(self, better: Direction | None) -> None:
        """Raise a validation error if the target makes no sense for a figure of this direction."""
        if better is None:
            raise field_error(
                "A target for a figure without a direction", "Say with better which way is an improvement"
            )
        if self.qualifier not in _SENSIBLE[better]:
            what = f"A target that says nothing where better is {better} (found {self.qualifier})"
            raise field_error(what, f"Use {' or '.join(_SENSIBLE[better])}")


class Figure(Record):
    """A number that pages show, with its history. Pages name its id and do not repeat the number."""

    kind = "figure"
    title: Annotated[
        Text,
        Field(
            description="What is counted, in full.",
            examples=["Staff trained in the Early Help Assessment"],
        ),
    ]
    caption: Annotated[
        Text | None,
        Field(description="The few words under the number in a panel.", examples=["trained in early help"]),
    ] = None
    workstream: Annotated[
        Identifier | None,
        Field(description="The area of work it belongs to, as its page names it.", examples=["early-help"]),
    ] = None
    unit: Annotated[
        Unit,
        Field(
            description="What the number counts: a plural noun, %, £ or £ million.",
            examples=["people", "%", "£ million"],
        ),
    ]
    unit_one: Annotated[Text | None, Field(description="The noun for exactly one.", examples=["visit"])] = None
    better: Annotated[
        Direction | None,
        Field(
            description="The direction that is an improvement: up or down. Leave out where neither is.",
            examples=["up"],
        ),
        BadExample("higher", "Not a value that better can have (found higher)"),
    ] = None
    every: Annotated[
        Frequency | None,
        Field(
            description="How often a new number comes: month, quarter, half-year or year.",
            examples=["quarter"],
        ),
        BadExample("quarterly", "Not a value that every can have (found quarterly)"),
    ] = None
    total_of: Annotated[
        tuple[FigureId, ...],
        Field(description="The figures that this one is the total of, where it is one.", examples=[["turnover"]]),
    ] = ()
    aliases: Annotated[
        tuple[Text, ...], Field(description="Other words people search for.", examples=[["EHA", "Family assessment"]])
    ] = ()
    observations: Annotated[
        tuple[Observation, ...],
        Field(min_length=1, description="What it was, each time a source gave it. Oldest first."),
        BadExample('"700"', "observations is a list (found 700)"),
    ]
    targets: Annotated[
        tuple[Target, ...],
        Field(description="What it is to come to, only where a source says so. Oldest first; the last one counts."),
        BadExample('"700"', "targets is a list (found 700)"),
    ] = ()

    @model_validator(mode="after")
    def _percentages(self) -> Self:
        for seen in self.observations:
            largest = seen.value if seen.value is not None else seen.high
            if self.unit == "%" and largest is not None and not 0 <= largest <= 100:
                raise field_error(
                    f"A percentage outside 0 to 100 (found {largest})", "Check the number, or change the unit"
                )
        return self

    @property
    def standing(self) -> tuple[Observation, ...]:
        """The observations that have not been corrected, in the order of the file."""
        if not any(seen.correction for seen in self.observations):
            return self.observations
        return tuple(seen for seen in self.observations if self.correction_of(seen) is None)

    def correction_of(self, seen: Observation) -> Observation | None:
        """The correction of one of this figure's observations: the first below it that corrects its period."""
        below = iter(self.observations)
        any(each is seen for each in below)
        return next((each for each in below if each.correction and each.corrected_period == seen.period), None)

    @model_validator(mode="after")
    def _targets_have_a_direction(self) -> Self:
        for target in self.targets:
            target.check(self.better)
        return self

    @property
    def latest(self) -> Observation:
        """The observation of the latest period; of two for one period, the lower in the file."""
        return max(reversed(self.standing), key=lambda seen: seen.period)
