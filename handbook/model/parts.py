"""The base classes of records and their parts: an audience, a passage of a source, an id and a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from handbook.model.editions import Audience, Edition
from handbook.model.examples import BadExample
from handbook.model.fields import SourceId, Text
from handbook.model.problems import Place


class Strict(BaseModel):
    """A frozen model of keys in a file, which refuses unknown keys."""

    # Validators are built on first use: most models are only ever validated as part of another.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


class Part(Strict):
    """A record, or a part of one, with its audience."""

    audience: Annotated[
        Audience | None,
        Field(
            description="Who may read this: internal or partner. A part may only narrow what it belongs to.",
            examples=["partner"],
        ),
        BadExample("Partner", "Not a value that audience can have (found Partner)"),
    ] = None

    def kept_from(self, edition: Edition) -> dict[str, Any]:
        """The values that replace those of this part that `edition` may not see, by key."""
        return {}


class Sourced(Part):
    """Something a source says, and where in the source it says so."""

    source: Annotated[SourceId, Field(description="The id of the source.", examples=["report-2021"])]
    locator: Annotated[
        Text,
        Field(description="Where in the source, in the words of its outline.", examples=["paragraph 18", "risk 3"]),
    ]
    also: Annotated[
        tuple[Text, ...],
        Field(description="Further passages of the same source.", examples=[["paragraph 19", "risk 3"]]),
    ] = ()

    @property
    def locators(self) -> tuple[str, ...]:
        """Every passage that this rests on, the main one first."""
        return (self.locator, *self.also)

    @property
    def known_from(self) -> date | None:
        """The day from which this was known, if later than the day its source was published."""
        return None


class Record(Part):
    """Something with an id. `id` and `place` come from where it stands in its file, not from keys."""

    kind: ClassVar[str]
    # An example of an id of this kind.
    id_example: ClassVar[str] = "staff-trained"

    id: Annotated[str, Field(exclude=True)]
    place: Annotated[Place, Field(exclude=True)]

    @property
    def latest(self) -> Part | None:
        """The latest part of the history, for a kind of record that has one."""
        return None


class SourcedRecord(Record, Sourced):
    """A record that rests on one passage of a source."""


def parts_of(record: Part, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Part]]:
    """The record itself and every part inside it, each with its path."""
    yield path, record
    for name in type(record).model_fields:
        value: Any = getattr(record, name)
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Part):
                    yield from parts_of(item, (*path, name, index))
