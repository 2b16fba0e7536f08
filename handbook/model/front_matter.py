"""The front matter of a page."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from handbook.model.editions import Audience
from handbook.model.examples import BadExample
from handbook.model.fields import BodyId, Day, Identifier, SourceId, Text, When, Whole, field_error
from handbook.model.parts import Part, Sourced
from handbook.model.periods import Period


class PageKind(StrEnum):
    """What a page is for. All workstream pages have the same headings."""

    HOME = "home"
    WORKSTREAM = "workstream"
    PAGE = "page"
    REFERENCE = "reference"
    REPORT = "report"
    GUIDE = "guide"
    DECISION = "decision"


class Position(Sourced):
    """What a source says of progress, in a sentence or two."""

    text: Annotated[
        Text,
        Field(description="One or two sentences of plain English.", examples=["Training is well under way."]),
    ]


class FrontMatter(Part):
    """The keys of the front matter; no others are allowed."""

    title: Annotated[Text, Field(description="The page's heading and its name in the menu.", examples=["Early help"])]
    summary: Annotated[
        Text,
        Field(
            description="The page in one or two sentences, shown under the heading.",
            examples=["Helping families before a problem grows."],
        ),
    ]
    audience: Annotated[
        Audience,
        Field(description="Who may read the page: internal or partner.", examples=["internal"]),
        BadExample("Partner", "Not a value that audience can have (found Partner)"),
        BadExample("public", "Not a value that audience can have (found public)"),
    ]
    kind: Annotated[
        PageKind,
        Field(description="home, workstream, page, reference, report, guide or decision.", examples=["workstream"]),
        BadExample("blog", "Not a value that kind can have (found blog)"),
    ] = PageKind.PAGE
    order: Annotated[
        Whole, Field(description="Its place in its section; pages without one come last, by title.", examples=[10])
    ] = 1000
    workstream: Annotated[
        Identifier | None,
        Field(description="The area of work that this page is about. Records name it.", examples=["early-help"]),
    ] = None
    lead: Annotated[
        BodyId | None,
        Field(
            description="The role that leads, where a source says so. A role, never a person.", examples=["director"]
        ),
    ] = None
    position: Annotated[
        Position | None,
        Field(description="What the source says of progress."),
        BadExample("Going well.", "Keys are wanted here (found Going well.)"),
    ] = None
    reviewed: Annotated[
        Day | None,
        Field(description="The day someone last read the page against its sources.", examples=["2021-12-21"]),
    ] = None
    review_by: Annotated[
        When | None, Field(description="When it is next to be read, where a source says.", examples=["2022-spring"])
    ] = None
    sources: Annotated[
        tuple[SourceId, ...],
        Field(
            description="The sources it draws on. The first is the one that cite() means.",
            examples=[["report-2021"]],
        ),
    ] = ()
    aliases: Annotated[tuple[Text, ...], Field(description="Other words people search for.", examples=[["CWD"]])] = ()
    redirect_from: Annotated[
        tuple[Text, ...],
        Field(
            description="Addresses this page had before, as paths under docs/.",
            examples=[["workstreams/family-support.md"]],
        ),
    ] = ()

    @field_validator("review_by")
    @classmethod
    def _after_the_last_review(cls, review_by: Period | None, known: ValidationInfo) -> Period | None:
        reviewed = known.data.get("reviewed")
        if review_by and reviewed and review_by.last < reviewed:
            what = f"A next review that is before the last one (found {review_by.text}, and reviewed on {reviewed})"
            raise field_error(what, "Write when the page is next to be read, or delete the key")
        return review_by
