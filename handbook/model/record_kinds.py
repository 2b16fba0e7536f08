"""The kinds of record, and the models of actions, events, risks, bodies, terms and people.

The models are the schema and its documentation at once: editors see the description and examples of each field. A
kind of record is registered in one place, `KINDS` at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from handbook.model.examples import BadExample
from handbook.model.fields import BodyId, Flag, Identifier, Text, When
from handbook.model.figures import Figure
from handbook.model.parts import Record, Sourced, SourcedRecord
from handbook.model.sources import Outline, Source


class ActionStateChange(StrEnum):
    """The state of an action."""

    DONE = "done"
    CONTINUING = "continuing"
    PLANNED = "planned"


class ActionState(Sourced):
    """The state of an action, according to a source."""

    state: Annotated[
        ActionStateChange,
        Field(description="done, continuing or planned.", examples=["planned"]),
        BadExample("in progress", "Not a value that state can have (found in progress)"),
    ]
    when: Annotated[
        When | None, Field(description="When it was done, or is due, if the source says.", examples=["2022-spring"])
    ] = None
    note: Annotated[
        Text | None, Field(description="What a reader should know, in a sentence.", examples=["Open to partners too."])
    ] = None


class Action(Record):
    """Something that has been done, is being done, or is to be done."""

    kind = "action"
    title: Annotated[
        Text,
        Field(description="The action, as a short sentence without a full stop.", examples=["Train practitioners"]),
    ]
    workstream: Annotated[
        Identifier,
        Field(description="The area of work it belongs to, as its page names it.", examples=["early-help"]),
    ]
    who: Annotated[
        tuple[BodyId, ...],
        Field(description="The bodies that do it, where the source says.", examples=[["council"]]),
    ] = ()
    states: Annotated[
        tuple[ActionState, ...],
        Field(min_length=1, description="Oldest first; add one, never change one."),
        BadExample("done", "states is a list (found done)"),
    ]

    @property
    def latest(self) -> ActionState:
        """The latest state."""
        return self.states[-1]


class EventType(StrEnum):
    """The type of an event."""

    INSPECTION = "inspection"
    VISIT = "visit"
    MEETING = "meeting"
    MILESTONE = "milestone"
    PHASE = "phase"


class Event(SourcedRecord):
    """Something that happened, or is expected, at a time that a source gives."""

    kind = "event"
    title: Annotated[
        Text,
        Field(
            description="What happened, as a short sentence without a full stop.", examples=["Ofsted visits for 2 days"]
        ),
    ]
    type: Annotated[
        EventType,
        Field(description="inspection, visit, meeting, milestone or phase.", examples=["visit"]),
        BadExample("event", "Not a value that type can have (found event)"),
    ]
    when: Annotated[
        When,
        Field(description="When, in the grain the source gives.", examples=["2021-09-07/2021-09-08", "2022-spring"]),
    ]
    workstream: Annotated[
        Identifier | None, Field(description="The area of work it belongs to.", examples=["inspection"])
    ] = None
    bodies: Annotated[tuple[BodyId, ...], Field(description="The bodies concerned.", examples=[["ofsted"]])] = ()
    expected: Annotated[Flag, Field(description="true where the source only expects it.", examples=[True])] = False
    detail: Annotated[
        Text | None, Field(description="A sentence or two more.", examples=["It looked at services for care leavers."])
    ] = None


class Mitigation(Sourced):
    """What is done about a risk."""

    text: Annotated[Text, Field(description="What is done, in our words.", examples=["Posts are advertised."])]


class Risk(SourcedRecord):
    """Something that could stop the improvement, and what is done about it."""

    kind = "risk"
    title: Annotated[Text, Field(description="The risk in a few words.", examples=["Too much change at once"])]
    text: Annotated[
        Text,
        Field(
            description="What could happen and what it would lead to, in our words.",
            examples=["Key posts could stay empty. Children could then wait for help."],
        ),
    ]
    workstreams: Annotated[
        tuple[Identifier, ...], Field(description="The areas of work it bears on.", examples=[["recruitment"]])
    ] = ()
    mitigations: Annotated[
        tuple[Mitigation, ...],
        Field(min_length=1, description="What is done about it, each with its passage."),
        BadExample("Posts are advertised.", "mitigations is a list (found Posts are advertised.)"),
    ]


class BodyType(StrEnum):
    """The type of a body."""

    COUNCIL = "council"
    SCRUTINY = "scrutiny"
    PARTNER = "partner"
    NATIONAL = "national"
    ROLE = "role"
    TEAM = "team"


class Body(SourcedRecord):
    """An organisation, a board, a team or a role that a source names."""

    kind = "body"
    name: Annotated[Text, Field(description="Its full name.", examples=["Department for Education"])]
    type: Annotated[
        BodyType,
        Field(description="council, scrutiny, partner, national, role or team.", examples=["national"]),
        BadExample("person", "Not a value that type can have (found person)"),
    ]
    aliases: Annotated[tuple[Text, ...], Field(description="Other names the source gives it.", examples=[["DfE"]])] = ()
    about: Annotated[
        Text, Field(description="What it does here, in a sentence.", examples=["It inspects children's services."])
    ]


class Term(SourcedRecord):
    """A word or abbreviation, and what it means here."""

    kind = "term"
    name: Annotated[Text, Field(description="The term as people say it.", examples=["Early Help Assessment"])]
    abbreviation: Annotated[Text | None, Field(description="Its abbreviation.", examples=["EHA"])] = None
    aliases: Annotated[
        tuple[Text, ...], Field(description="Other words people search for.", examples=[["Family assessment"]])
    ] = ()
    meaning: Annotated[
        Text,
        Field(
            description="What it means, in a sentence or two of plain English.",
            examples=["A way to agree with a family what help it needs."],
        ),
    ]
    page: Annotated[
        Text | None,
        Field(description="The page that says more, as a path under docs/.", examples=["workstreams/early-help.md"]),
    ] = None


class Person(SourcedRecord):
    """A person whom a public source names. Always internal: pages name the role."""

    kind = "person"
    name: Annotated[Text, Field(description="The name, as the source gives it.", examples=["Given Family"])]
    role: Annotated[BodyId, Field(description="The role, as the id of a body.", examples=["director"])]


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: its name in singular and plural, its model, and the patterns of its files under data/.

    `given` describes the file of open data that an edition publishes for the kind; it is empty where there is none.
    """

    name: str
    plural: str
    model: type[Record]
    files: tuple[str, ...]
    given: str = ""


KINDS: dict[str, RecordKind] = {
    model.kind: RecordKind(model.kind, plural, model, files, *given)
    for model, plural, files, *given in (
        (Source, "sources", ("sources.yml",), "Each document that something rests on, or that one of these names."),
        (Outline, "outlines", ("sources/*.yml",)),
        (Body, "bodies", ("bodies.yml", "bodies/*.yml"), "Each organisation, board, team and role."),
        (Figure, "figures", ("figures.yml", "figures/*.yml"), "Each figure, with a row for each time it was reported."),
        (Action, "actions", ("actions.yml", "actions/*.yml"), "Each action, with a row for each state reported of it."),
        (Event, "events", ("events.yml", "events/*.yml"), "Each event that happened or is expected."),
        (Risk, "risks", ("risks.yml", "risks/*.yml"), "Each risk, with a row for each thing done about it."),
        (Term, "terms", ("glossary.yml", "glossary/*.yml")),
        (Person, "people", ("people.yml",)),
    )
}
