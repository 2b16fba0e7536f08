"""Sources: the documents that facts are taken from, and the outlines that locators are checked against."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from handbook.model.examples import BadExample
from handbook.model.fields import Address, BodyId, Day, SourceId, Text
from handbook.model.parts import Part, Record


class Source(Record):
    """A document that facts are taken from, or one that such a document names."""

    kind = "source"
    id_example = "report-2021"
    title: Annotated[Text, Field(description="The document's title.", examples=["Improvement update"])]
    short: Annotated[Text, Field(description="How notes name it, without its date.", examples=["Cabinet report"])]
    publisher: Annotated[BodyId | None, Field(description="The body that published it.", examples=["council"])] = None
    published: Annotated[
        Day | None,
        Field(description="The day it was published. From that day the handbook may use it.", examples=["2021-12-21"]),
    ] = None
    url: Annotated[
        Address | None, Field(description="Its public address, where we have it.", examples=["https://www.gov.uk/"])
    ] = None
    accessed: Annotated[
        Day | None, Field(description="The day the address was last read.", examples=["2021-12-21"])
    ] = None
    named_in: Annotated[
        SourceId | None,
        Field(
            description="For a document we have not used ourselves: the source that names it.",
            examples=["report-2021"],
        ),
    ] = None
    locator: Annotated[Text | None, Field(description="Where in that source it is named.", examples=["annex 1"])] = None
    about: Annotated[
        Text, Field(description="What it is, in a sentence.", examples=["The October 2021 plan for inspection."])
    ]


class OutlinePart(Part):
    """A numbered paragraph, row or annex of a source, and what it holds in our words."""

    locator: Annotated[Text, Field(description="Its name, which locators use.", examples=["paragraph 18", "risk 3"])]
    heading: Annotated[Text, Field(description="What it is about, in our words.", examples=["Training in early help"])]
    numbers: Annotated[
        tuple[Text, ...],
        Field(description="The numbers it gives, as it writes them.", examples=[["over 700", "19.65%"]]),
    ] = ()
    dates: Annotated[
        tuple[Text, ...], Field(description="The dates it names, as it writes them.", examples=[["early Autumn 2021"]])
    ] = ()
    bodies: Annotated[
        tuple[BodyId, ...], Field(description="The bodies it names.", examples=[["cabinet", "ofsted"]])
    ] = ()
    unused: Annotated[
        Text | None,
        Field(
            description="Why nothing in the handbook draws on it, where nothing does.",
            examples=["It says where the paper can be read"],
        ),
    ] = None


class Outline(Record):
    """The passages of a source, against which locators are checked."""

    kind = "outline"
    source: Annotated[
        SourceId,
        Field(description="The id of the source that this is the outline of.", examples=["report-2021"]),
    ]
    parts: Annotated[
        tuple[OutlinePart, ...],
        Field(min_length=1, description="Its paragraphs, rows and annexes, in their order."),
        BadExample("paragraph 18", "parts is a list (found paragraph 18)"),
    ]
