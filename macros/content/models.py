"""The kinds of record: what an action, an event or a risk is made of, and how each key is used.

This is the schema and its documentation at once: a field's description and examples are what
editors see. A kind of record is named once, in `KINDS` at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .fields import BodyId, Flag, Identifier, Ref, Text, When
from .figures import Figure
from .parts import Record, Sourced, SourcedRecord
from .sources import Outline, Source


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
    states: Annotated[
        tuple[ActionState, ...], Field(min_length=1, description="Oldest first; add one, never change one.")
    ]

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
    when: Annotated[
        When,
        Field(description="When, in the grain the source gives.", examples=["2021-09-07/2021-09-08", "2022-spring"]),
    ]
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
    aliases: Annotated[
        tuple[Text, ...], Field(description="Other words people search for.", examples=[["GCP 2.0"]])
    ] = ()
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
