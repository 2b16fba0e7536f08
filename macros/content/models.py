"""The records: what a figure, an action or a risk is made of, and how each key is used.

This is the schema and its documentation at once: a field's description and examples are what
editors see. A kind of record is named once, in `KINDS` at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .editions import Audience
from .fields import BodyId, Day, Flag, Identifier, Number, Ref, SourceId, Text, When, fault
from .problems import Place


class Part(BaseModel):
    """A record, or a part of one. Frozen; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    audience: Annotated[Audience | None, Field(description="Who may read this: internal or partner. A part may only narrow what it belongs to.", examples=["partner"])] = None


class Sourced(Part):
    """Something a source says, and where in the source it says so."""

    source: Annotated[SourceId, Field(description="The id of the source, from data/sources.yml.", examples=["cabinet-2021-12-21"])]
    locator: Annotated[Text, Field(description="Where in the source, in the words of its outline.", examples=["paragraph 18", "risk 3"])]


class Record(Part):
    """Something with an id of its own. `id` and `place` come from the file, not from a key."""

    kind: ClassVar[str]

    id: Annotated[str, Field(exclude=True)]
    place: Annotated[Place, Field(exclude=True)]


class SourcedRecord(Record, Sourced):
    """A record that rests on one passage of a source."""


class Source(Record):
    """A document that facts are taken from, or that a source names."""

    kind = "source"
    title: Annotated[Text, Field(description="The document's title.", examples=["Children's Improvement Update"])]
    short: Annotated[Text, Field(description="How notes name it, without its date.", examples=["Cabinet report"])]
    publisher: Annotated[BodyId | None, Field(description="The body that published it.")] = None
    published: Annotated[Day | None, Field(description="The day it was published. From that day the handbook may use it.", examples=["2021-12-21"])] = None
    url: Annotated[Text | None, Field(description="Its public address, where we have it.", examples=["https://www.gov.uk/"])] = None
    accessed: Annotated[Day | None, Field(description="The day the address was last read.")] = None
    named_in: Annotated[SourceId | None, Field(description="For a document we have not used ourselves: the source that names it.")] = None
    locator: Annotated[Text | None, Field(description="Where in that source it is named.")] = None
    about: Annotated[Text, Field(description="What it is, in a sentence.")]


class OutlinePart(Part):
    """One numbered paragraph, row or annex of a source: what it holds, in our words."""

    locator: Annotated[Text, Field(description="Its name, which locators use.", examples=["paragraph 18", "risk 3"])]
    heading: Annotated[Text, Field(description="What it is about, in our words.")]
    numbers: Annotated[tuple[Text, ...], Field(description="The numbers it gives, as it writes them.")] = ()
    dates: Annotated[tuple[Text, ...], Field(description="The dates it names, as it writes them.")] = ()
    bodies: Annotated[tuple[BodyId, ...], Field(description="The bodies it names.")] = ()
    unused: Annotated[Text | None, Field(description="Why nothing in the handbook draws on it, where nothing does.")] = None


class Outline(Record):
    """The outline of a source, against which locators are checked."""

    kind = "outline"
    source: SourceId
    parts: Annotated[tuple[OutlinePart, ...], Field(min_length=1)]


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

    value: Annotated[Number | None, Field(description="The number as the source writes it, in quotes, without commas or a percent sign.", examples=["19.65"])] = None
    low: Annotated[Number | None, Field(description="The lower end of a range.", examples=["80"])] = None
    high: Annotated[Number | None, Field(description="The upper end of a range.", examples=["90"])] = None
    words: Annotated[Text | None, Field(description="The source's own words, where it gives no digits. The value is then what charts use, and is approximate.", examples=["nearly a third"])] = None
    qualifier: Annotated[Qualifier, Field(description="exact (if left out), over, about, nearly or up-to.", examples=["over"])] = Qualifier.EXACT
    period: Annotated[When, Field(description="What the number describes: a day, a month, a season or a range.", examples=["2021-10", "2021-06/2021-09"])]
    note: Annotated[Text | None, Field(description="What a reader should know about this number.")] = None

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise fault("Half a range (one of low and high is missing)", "Give both low and high, or value alone")
        if (self.value is None) == (self.low is None):
            raise fault("An observation needs value, or low and high, and not both", 'Give one of them, as in value: "700"')
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise fault(f"A range the wrong way round (found {self.low} to {self.high})", "Put the smaller number in low")
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
    title: Annotated[Text, Field(description="What is counted, in full.", examples=["Staff trained and licensed in the Graded Care Profile 2"])]
    caption: Annotated[Text | None, Field(description="The few words under the number in a panel.", examples=["licensed in Graded Care Profile 2"])] = None
    workstream: Annotated[Identifier | None, Field(description="The area of work it belongs to, as its page names it.", examples=["neglect"])] = None
    unit: Annotated[Text, Field(description="What the number counts: a plural noun, %, £ or £ million.", examples=["people", "%", "£ million"])]
    unit_one: Annotated[Text | None, Field(description="The noun for exactly one.", examples=["visit"])] = None
    better: Annotated[Direction | None, Field(description="The direction that is an improvement: up or down. Leave out where neither is.")] = None
    aliases: Annotated[tuple[Text, ...], Field(description="Other words people search for.")] = ()
    observations: Annotated[tuple[Observation, ...], Field(min_length=1, description="Oldest first.")]

    @model_validator(mode="after")
    def _percentages(self) -> Self:
        for seen in self.observations:
            largest = seen.value if seen.value is not None else seen.high
            if self.unit == "%" and largest is not None and not 0 <= largest <= 100:
                raise fault(f"A percentage outside 0 to 100 (found {largest})", "Check the number, or change the unit")
        return self

    @property
    def latest(self) -> Observation:
        return max(self.observations, key=lambda seen: seen.period)


class State(StrEnum):
    DONE = "done"
    CONTINUING = "continuing"
    PLANNED = "planned"


class ActionState(Sourced):
    """Where an action stood, according to a source."""

    state: Annotated[State, Field(description="done, continuing or planned.")]
    when: Annotated[When | None, Field(description="When it was done, or is due, if the source says.")] = None
    note: Annotated[Text | None, Field(description="What a reader should know, in a sentence.")] = None


class Action(Record):
    """Something that has been done, is being done, or is to be done."""

    kind = "action"
    title: Annotated[Text, Field(description="The action, as a short sentence without a full stop.")]
    workstream: Annotated[Identifier, Field(description="The area of work it belongs to, as its page names it.")]
    who: Annotated[tuple[BodyId, ...], Field(description="The bodies that do it, where the source says.")] = ()
    states: Annotated[tuple[ActionState, ...], Field(min_length=1, description="Oldest first; add one, never change one.")]

    @property
    def now(self) -> ActionState:
        return self.states[-1]


class EventType(StrEnum):
    INSPECTION = "inspection"
    VISIT = "visit"
    MEETING = "meeting"
    MILESTONE = "milestone"
    PHASE = "phase"


class Event(SourcedRecord):
    """Something that happened, or is expected, at a time that a source gives."""

    kind = "event"
    title: Annotated[Text, Field(description="What happened, as a short sentence without a full stop.")]
    type: Annotated[EventType, Field(description="inspection, visit, meeting, milestone or phase.")]
    when: Annotated[When, Field(description="When, in the grain the source gives.", examples=["2021-09-07/2021-09-08", "2022-spring"])]
    workstream: Annotated[Identifier | None, Field(description="The area of work it belongs to.")] = None
    bodies: Annotated[tuple[BodyId, ...], Field(description="The bodies concerned.")] = ()
    expected: Annotated[Flag, Field(description="true where the source only expects it.")] = False
    detail: Annotated[Text | None, Field(description="A sentence or two more.")] = None


class Mitigation(Sourced):
    """What is done about a risk."""

    text: Annotated[Text, Field(description="What is done, in our words.")]


class Risk(SourcedRecord):
    """Something that could stop the improvement, and what is done about it."""

    kind = "risk"
    title: Annotated[Text, Field(description="The risk in a few words.")]
    text: Annotated[Text, Field(description="What could happen and what it would lead to, in our words.")]
    workstreams: Annotated[tuple[Identifier, ...], Field(description="The areas of work it bears on.")] = ()
    mitigations: Annotated[tuple[Mitigation, ...], Field(min_length=1)]


class BodyType(StrEnum):
    COUNCIL = "council"
    SCRUTINY = "scrutiny"
    PARTNER = "partner"
    NATIONAL = "national"
    ROLE = "role"
    TEAM = "team"


class Body(SourcedRecord):
    """An organisation, a board, a team or a role that a source names."""

    kind = "body"
    name: Annotated[Text, Field(description="Its full name.")]
    type: Annotated[BodyType, Field(description="council, scrutiny, partner, national, role or team.")]
    aliases: Annotated[tuple[Text, ...], Field(description="Other names the source gives it.")] = ()
    about: Annotated[Text, Field(description="What it does here, in a sentence.")]


class Term(SourcedRecord):
    """A word or abbreviation, and what it means here."""

    kind = "term"
    name: Annotated[Text, Field(description="The term as people say it.", examples=["Graded Care Profile 2"])]
    abbreviation: Annotated[Text | None, Field(description="Its abbreviation.", examples=["GCP2"])] = None
    aliases: Annotated[tuple[Text, ...], Field(description="Other words people search for.", examples=[["GCP 2.0"]])] = ()
    meaning: Annotated[Text, Field(description="What it means, in a sentence or two of plain English.")]
    page: Annotated[Text | None, Field(description="The page that says more, as a path under docs/.")] = None


class Person(SourcedRecord):
    """A person a public source names. Internal: pages name the role."""

    kind = "person"
    name: Text
    role: Annotated[Identifier, Ref("body")]


@dataclass(frozen=True)
class Kind:
    """A kind of record: its name, its model, and the files it is read from."""

    name: str
    model: type[Record]
    files: tuple[str, ...]


KINDS: dict[str, Kind] = {
    model.kind: Kind(model.kind, model, files)
    for model, files in (
        (Source, ("sources.yml",)),
        (Outline, ("sources/*.yml",)),
        (Body, ("bodies.yml", "bodies/*.yml")),
        (Figure, ("figures.yml", "figures/*.yml")),
        (Action, ("actions.yml", "actions/*.yml")),
        (Event, ("events.yml", "events/*.yml")),
        (Risk, ("risks.yml", "risks/*.yml")),
        (Term, ("glossary.yml", "glossary/*.yml")),
        (Person, ("people.yml",)),
    )
}


def parts_of(record: Part, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Part]]:
    """The record and every part inside it, each with its path."""
    yield path, record
    for name in type(record).model_fields:
        value: Any = getattr(record, name)
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Part):
                    yield from parts_of(item, (*path, name, index))
