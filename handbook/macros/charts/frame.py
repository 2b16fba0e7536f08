"""The figure element round every drawing: its title, what it says, its source and its numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from handbook.macros.figures import passages_link
from handbook.macros.open_data.page import downloads
from handbook.macros.rendering import fill
from handbook.macros.view import View
from handbook.model.parts import Record, Sourced

# Characters of a label that fit on one line of the narrowest screen.
_LINE = 34


@dataclass(frozen=True)
class Name:
    """A drawing's id on its page, and the id of the heading that names it where its frame has no title."""

    id: str
    heading: str = ""

    @property
    def title(self) -> str:
        """The id of what names the drawing."""
        return self.heading or f"{self.id}-title"


def framed(
    view: View,
    name: Name,
    title: str,
    says: Iterable[str],
    drawing: str,
    keys: Iterable[str],
    parts: Iterable[Sourced],
    model: type[Record],
    table: str = "",
) -> str:
    """A drawing with its title, the sentences that say what it shows, its source and its table.

    `keys` are sentences on how to read it, `parts` what it rests on, and `model` the kind of record
    that it shows. Without a `table`, the page has one beside the chart, and the way to the data too.
    """
    return fill(
        "charts/frame",
        name=name,
        title=title,
        says=Markup(" ").join(says),
        drawing=Markup(drawing),
        keys=Markup(" ").join(keys),
        foot=[*_foot(view, parts), *([downloads(view, model)] if table else [])],
        table=Markup(table),
    )


def wrapped(text: str) -> list[str]:
    """A label in lines that fit the narrowest screen."""
    return textwrap.wrap(text, _LINE)


def _foot(view: View, parts: Iterable[Sourced]) -> list[Markup]:
    """Where the numbers of a drawing come from."""
    passages: dict[str, dict[str, None]] = {}
    for part in parts:
        passages.setdefault(part.source, {}).update(dict.fromkeys(part.locators))
    links = [passages_link(view, source, tuple(names), start=True) for source, names in passages.items()]
    return [Markup("Source: ") + Markup("; ").join(links)] if links else []
