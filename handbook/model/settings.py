"""The settings of a handbook, as `data/handbook.yml` has them."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import BeforeValidator, Field

from handbook.model.editions import Edition
from handbook.model.examples import BadExample
from handbook.model.fields import Address, Day, EditAddress, SourceId, Text, Whole, field_error
from handbook.model.parts import Strict
from handbook.model.problems import Place


def _bar(value: Any) -> Any:
    if isinstance(value, str) and (found := re.search(r"[{}].*", value.replace("{as_at}", ""))):
        raise field_error(
            f"Something else to fill in than the day (found {found[0]})", "Write {as_at} for the day, or no braces"
        )
    return value


class MenuSection(Strict):
    """A part of the navigation: a folder under docs/, and what it is called."""

    folder: Annotated[Text, Field(description="The folder under docs/; . is docs/ itself.", examples=["workstreams"])]
    title: Annotated[Text, Field(description="What readers see.", examples=["Workstreams"])]


class EditionWords(Strict):
    """The words in the bar at the top of every page of an edition."""

    label: Annotated[
        Text | None, Field(description="One word, set apart at the start of the bar.", examples=["Internal"])
    ] = None
    bar: Annotated[
        Text,
        BeforeValidator(_bar),
        Field(
            description="The sentence in the bar at the top of every page. {as_at} stands for the day it speaks for.",
            examples=["As reported on {as_at}."],
        ),
    ]


class Licence(Strict):
    """The licence under which the handbook's data may be used."""

    name: Annotated[Text, Field(description="Its short name, as Open Definition lists it.", examples=["OGL-UK-3.0"])]
    title: Annotated[Text, Field(description="Its full name.", examples=["Open Government Licence v3.0"])]
    url: Annotated[
        Address, Field(description="Where it can be read.", examples=["https://www.nationalarchives.gov.uk/"])
    ]


class Settings(Strict):
    """The settings that the whole handbook shares."""

    title: Annotated[Text, Field(description="The handbook's name.", examples=["Improvement handbook"])]
    description: Annotated[
        Text, Field(description="The handbook in one sentence.", examples=["What each workstream is doing."])
    ]
    council: Annotated[
        Text,
        Field(description="The council whose services the handbook is about.", examples=["Example County Council"]),
    ]
    official: Annotated[
        Text, Field(description="What the site is, and what it is not.", examples=["Made from a public paper."])
    ]
    as_at: Annotated[Day, Field(description="The handbook shows what was known on this day.", examples=["2021-12-21"])]
    report: Annotated[SourceId, Field(description="The report that the pages speak from.", examples=["report-2021"])]
    earlier_reports: Annotated[
        tuple[SourceId, ...],
        Field(description="The reports before it, oldest first.", examples=[["report-2020"]]),
    ] = ()
    repository: Annotated[
        EditAddress | None,
        Field(
            description="Where a file of the handbook can be changed, for the edit links of the internal edition. "
            "{path} stands for the file, {line} for the line in it.",
            examples=[
                "https://github.com/example/handbook/edit/main/{path}#L{line}",
                "https://gitlab.com/example/handbook/-/edit/main/{path}#L{line}",
            ],
        ),
    ] = None
    old_after: Annotated[
        Whole | None,
        Field(description="The months after which the latest value of a figure is shown as old.", examples=["12"]),
    ] = None
    licence: Annotated[
        Licence | None,
        Field(description="The licence of the handbook's data, once one has been decided."),
        BadExample("OGL-UK-3.0", "Keys are wanted here (found OGL-UK-3.0)"),
    ] = None
    contact: Annotated[
        Text | None,
        Field(description="Where readers can write. Not a person's address.", examples=["improvement@council.example"]),
    ] = None
    starting_points: Annotated[
        tuple[Text, ...],
        Field(
            description="The pages that the search offers before anything is typed, as paths under docs/.",
            examples=[["inspection/how-inspections-work.md"]],
        ),
    ] = ()
    editions: Annotated[dict[Edition, EditionWords], Field(description="What each edition says of itself.")]
    sections: Annotated[
        tuple[MenuSection, ...],
        Field(min_length=1, description="The parts of the menu, in its order."),
        BadExample("workstreams", "sections is a list (found workstreams)"),
    ]

    def edit_address(self, place: Place) -> str | None:
        """The address where `place` can be edited, or None if the settings name no repository."""
        if self.repository is None:
            return None
        return self.repository.replace("{path}", quote(place.path)).replace("{line}", str(place.line))
