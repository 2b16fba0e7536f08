"""The HTML figure around every drawing: title, summary, key, source and a table of the numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from handbook.macros.figures import passages_link
from handbook.macros.open_data.page import downloads
from handbook.macros.rendering import render_template
from handbook.macros.view import View
from handbook.model.parts import Record, Sourced

# Characters of a label that fit on one line of the narrowest screen.
_LINE = 34


@dataclass(frozen=True)
class ChartId:
    """The id of a drawing on its page, and the id of the heading that names it where it has no title of its own."""

    id: str
    heading: str = ""

    @property
    def title(self) -> str:
        """The id of the element that names the drawing, for aria-labelledby."""
        return self.heading or f"{self.id}-title"


@dataclass(frozen=True)
class Chart:
    """What is shown of a chart.

    `says` are the sentences of the summary, `drawing` the SVG, and `keys` sentences on how to read it. `parts` are the
    records or parts of records that it is drawn from, and `model` is their kind. Without a `table`, the page already
    has one beside the chart, with the links to the data.
    """

    title: str
    says: Iterable[str]
    drawing: str
    keys: Iterable[str]
    parts: Iterable[Sourced]
    model: type[Record]
    table: str = ""


def render_chart(view: View, name: ChartId, chart: Chart) -> str:
    """Render a chart with its title, summary, key, sources and table."""
    return render_template(
        "charts/frame",
        name=name,
        title=chart.title,
        says=Markup(" ").join(chart.says),
        drawing=Markup(chart.drawing),
        keys=Markup(" ").join(chart.keys),
        foot=[*_sources(view, chart.parts), *([downloads(view, chart.model)] if chart.table else [])],
        table=Markup(chart.table),
    )


def wrapped(text: str) -> list[str]:
    """Split a label into lines that fit the narrowest screen."""
    return textwrap.wrap(text, _LINE)


def _sources(view: View, parts: Iterable[Sourced]) -> list[Markup]:
    """Return the line that names the sources of a drawing, if it has any."""
    passages: dict[str, dict[str, None]] = {}
    for part in parts:
        passages.setdefault(part.source, {}).update(dict.fromkeys(part.locators))
    links = [passages_link(view, source, tuple(names), start=True) for source, names in passages.items()]
    return [Markup("Source: ") + Markup("; ").join(links)] if links else []
