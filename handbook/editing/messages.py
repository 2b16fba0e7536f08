"""What the editing commands say, in columns that fit what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from handbook.editing.creation import Addition
from handbook.editing.new_observation import PendingObservation
from handbook.editing.usages import Spot, shown
from handbook.loading.handbook import Handbook
from handbook.macros import wording
from handbook.model.editions import Edition
from handbook.model.figures import Figure, Observation
from handbook.model.parts import Record
from handbook.model.periods import day_in_words
from handbook.model.sources import Source
from handbook.rules.due import Due


def columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows of words as lines, each column as wide as its widest word, two spaces in from the edge."""
    rows = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  " + "   ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def spots(found: Sequence[Spot]) -> list[str]:
    """A line for each place: path and line, the editions that show it, and what stands there."""
    return columns([str(spot), *_editions(spot.editions), spot.what] for spot in found)


def _editions(editions: tuple[Edition, ...]) -> list[str]:
    """A column with the editions that show something, and none for what is no page."""
    if not editions:
        return []
    return ["both editions" if len(editions) == len(Edition) else f"{editions[0]} only"]


def name_of(record: Record) -> str:
    """What a record is called: its kind and id, and its title or name if it has one."""
    title = getattr(record, "title", None) or getattr(record, "name", None)
    return f"{record.kind} {record.id}{f', {title}' if title else ''}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things: 1 page, 3 pages."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def change(planned: PendingObservation) -> str:
    """What was added to a figure, and what readers see of it."""
    if planned.insertion is None:
        return f"{planned.place.path}:{planned.place.line}: {planned.figure.id} has this observation already. Nothing was written."
    assert planned.draft and planned.draft.checked.handbook
    handbook, figure = planned.draft.checked.handbook, planned.figure
    lines = [f"{planned.place.path}:{planned.place.line}: added to {figure.id}, {figure.title}.", ""]
    first, then = ("before", "now") if figure.latest is planned.observation else ("latest", "added")
    rows = [(then, planned.observation)]
    rows.insert(0, (first, planned.before))
    lines += columns([word, *_said(handbook, figure, seen)] for word, seen in rows)
    return "\n".join([*lines, "", *_seen_by_readers(planned, handbook)])


def _said(handbook: Handbook, figure: Figure, seen: Observation) -> tuple[str, str, str]:
    """A number, its time and its source in words."""
    source = handbook.records[seen.source]
    assert isinstance(source, Source)
    return (
        wording.full(figure, seen),
        str(seen.period),
        f"{wording.source_name(source)}, {wording.locators(seen.locators)}",
    )


def _seen_by_readers(planned: PendingObservation, handbook: Handbook) -> list[str]:
    figure, known = planned.figure, planned.shown_from()
    as_at = handbook.settings.as_at
    if known and known > as_at:
        return [
            f"Readers do not see it yet: the handbook speaks for {day_in_words(as_at)}, and this became known on {day_in_words(known)}.",
            "They will once as_at in data/handbook.yml is that day or later.",
        ]
    lines = []
    if figure.latest is not planned.observation:
        lines += [
            f"It is not the latest. Pages go on showing {wording.full(figure, figure.latest)}, {figure.latest.period}.",
            "",
        ]
    if planned.changed:
        lines += ["These lines now show something else. Read the sentences round them:", *spots(planned.changed)]
    else:
        lines.append("No page shows anything else than before.")
    if planned.kept:
        lines += ["", "These show the figure as before:", *spots(planned.kept)]
    return lines


def notes(warnings: Iterable[object], earlier: int) -> list[str]:
    """What a check warns of since the change, and how many errors it finds that were there before."""
    lines = [str(warning) for warning in warnings]
    if earlier:
        lines.append(
            f"The handbook has {counted(earlier, 'error')} that this did not make. The command handbook check lists them."
        )
    return ["", *lines] if lines else []


def addition(made: Addition, record: Record | None) -> str:
    """What was added, and where readers find it."""
    assert made.draft.checked.handbook
    if record is None:
        lines = [f"{made.shown}: a new page. Write it where its notes stand, and look at it with handbook serve."]
    else:
        lines = [f"{made.shown}:{made.line}: added the {name_of(record)}."]
        if found := shown(made.draft.checked.editions.values(), record):
            lines += ["", "Pages show or cite it here:", *spots(found)]
        else:
            lines += ["", "No page shows it yet."]
    return "\n".join([*lines, *notes(made.draft.warnings, made.draft.earlier)])


def where(record: Record, locator: str, showing: Sequence[Spot], naming: Sequence[Spot]) -> str:
    """Everywhere that a record, or a passage of a source, is shown and named."""
    about = f"{name_of(record)}, {locator}" if locator else name_of(record)
    lines = [f"{record.place.path}:{record.place.line}: the {about}."]
    if showing:
        lines += ["", "Pages show or cite it here:", *spots(showing)]
    if naming:
        lines += ["", "These name it:", *spots(naming)]
    pages = len({spot.path for spot in showing})
    count = f"{counted(len(showing), 'line')} on {counted(pages, 'page')}" if showing else "No page shows or cites it"
    more = f", and {counted(len(naming), 'key')} {'names' if len(naming) == 1 else 'name'} it" if naming else ""
    return "\n".join([*lines, "", f"{count}{more}."])


def due(found: Sequence[Due], without_next: Sequence[Figure], on: date) -> str:
    """What is due on a day, by lead, and what has to be written so that more can be told."""
    lines = [f"What is due on {day_in_words(on)}."]
    for lead, group in groupby(found, key=lambda each: each.lead):
        rows = [[f"{each.place.path}:{each.place.line}", each.why, each.name] for each in group]
        lines += ["", lead or "No lead named", *columns(rows)]
    if not found:
        lines += ["", "Nothing."]
    else:
        lines += ["", f"{counted(len(found), 'thing')} to look at."]
    if any(each.why == "not reviewed" for each in found):
        lines.append(
            "When someone has read a page against its sources, write the day in its front matter: reviewed: 2021-12-21."
        )
    if without_next:
        number = counted(len(without_next), "figure")
        verb = "does" if len(without_next) == 1 else "do"
        lines.append(
            f"{number} {verb} not say how often a new number comes. Where a source says, write it, as in every: quarter."
        )
    return "\n".join(lines)
