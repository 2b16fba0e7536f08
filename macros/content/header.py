"""The front matter of a page: one plain form, and a closed set of keys.

MkDocs and python-frontmatter differ on many ways of writing front matter, and MkDocs swallows
every error in it. Only the form on which no two readers can differ is accepted: `---` as the
first bytes, plain YAML, and `---` alone on a line to close.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from .editions import Audience
from .examples import Wrong
from .fields import BodyId, Day, Identifier, SourceId, Text, When, Whole
from .number import fault
from .parts import Part, Sourced
from .periods import Period
from .problems import ContentError, Problem
from .strict_yaml import Document, parse_yaml
from .validation import validate

FENCE = "---"


class PageKind(StrEnum):
    """What a page is for. A workstream page has the shape that all of them share."""

    HOME = "home"
    WORKSTREAM = "workstream"
    PAGE = "page"
    REFERENCE = "reference"
    REPORT = "report"
    GUIDE = "guide"
    DECISION = "decision"


class Position(Sourced):
    """What the source says of progress, in a line or two."""

    text: Annotated[
        Text,
        Field(description="One or two sentences of plain English.", examples=["Training is well under way."]),
    ]


class Header(Part):
    """Everything a page may say in its front matter."""

    title: Annotated[Text, Field(description="The page's heading and its name in the menu.", examples=["Neglect"])]
    summary: Annotated[
        Text,
        Field(
            description="The page in one or two sentences, shown under the heading.",
            examples=["Helping staff to see neglect early and act on it."],
        ),
    ]
    audience: Annotated[
        Audience,
        Field(description="Who may read the page: internal or partner.", examples=["internal"]),
        Wrong("Partner", "Not a value that audience can have (found Partner)"),
        Wrong("public", "Not a value that audience can have (found public)"),
    ]
    kind: Annotated[
        PageKind,
        Field(description="home, workstream, page, reference, report, guide or decision.", examples=["workstream"]),
        Wrong("blog", "Not a value that kind can have (found blog)"),
    ] = PageKind.PAGE
    order: Annotated[
        Whole, Field(description="Its place in its section; pages without one come last, by title.", examples=[10])
    ] = 1000
    workstream: Annotated[
        Identifier | None,
        Field(description="The area of work that this page is about. Records name it.", examples=["neglect"]),
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
        Wrong("Going well.", "Keys are wanted here (found Going well.)"),
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
            examples=[["cabinet-2021-12-21"]],
        ),
    ] = ()
    aliases: Annotated[tuple[Text, ...], Field(description="Other words people search for.", examples=[["CWD"]])] = ()
    redirect_from: Annotated[
        tuple[Text, ...],
        Field(description="Addresses this page had before, as paths under docs/.", examples=[["workstreams/gcp2.md"]]),
    ] = ()

    @field_validator("review_by")
    @classmethod
    def _after_the_last_review(cls, review_by: Period | None, known: ValidationInfo) -> Period | None:
        reviewed = known.data.get("reviewed")
        if review_by and reviewed and review_by.last < reviewed:
            what = f"A next review that is before the last one (found {review_by.text}, and reviewed on {reviewed})"
            raise fault(what, "Write when the page is next to be read, or delete the key")
        return review_by


def read_header(text: str, shown: str) -> tuple[Header | None, Document | None, str, int, list[Problem]]:
    """The header of the page `text`, its YAML with lines, the body, the body's first line, and problems."""
    lines = text.split("\n")
    if lines[0] != FENCE:
        return None, None, text, 1, [_no_header(lines, shown)]
    try:
        end = lines.index(FENCE, 1)
    except ValueError:
        return (
            None,
            None,
            "",
            1,
            [_not_closed(lines, shown)],
        )
    try:
        document = parse_yaml("\n".join(lines[1:end]), shown, first_line=2)
    except ContentError as error:
        return None, None, "", end + 2, error.problems
    if not isinstance(document.value, dict):
        return (
            None,
            None,
            "",
            end + 2,
            [Problem(shown, 1, "The front matter is empty", "Give at least title, summary and audience")],
        )
    header, problems = validate(Header, document, (), "The page")
    body = "\n".join(lines[end + 1 :])
    return header, document, body, end + 2, problems


def _not_closed(lines: list[str], shown: str) -> Problem:
    cure = "Put --- alone on the line after its last key"
    for number, line in enumerate(lines[1:60], 2):
        if line.strip().startswith(FENCE) and not line.strip("- \t"):
            return Problem(shown, number, f"The front matter does not end exactly as --- (found {line!r})", cure)
    return Problem(shown, 1, "The front matter is not closed", cure)


def _no_header(lines: list[str], shown: str) -> Problem:
    cure = "Start the file with --- on its first line, then title, summary and audience, then --- again"
    for number, line in enumerate(lines[:10], 1):
        if line.strip() == FENCE:
            found = "an empty line" if number > 1 and not lines[0].strip() else repr(lines[0])
            return Problem(
                shown, 1, f"The front matter does not start on the first line exactly as --- (found {found})", cure
            )
    return Problem(shown, 1, "The page has no front matter", cure)
