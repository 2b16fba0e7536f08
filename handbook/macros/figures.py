"""Figures on pages: one in a sentence, a panel of them, a table, a history, a change."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from handbook.loading.macro_registry import MacroError
from handbook.macros import progress_words as progress
from handbook.macros import wording
from handbook.macros.age import age, old_mark, old_words
from handbook.macros.open_data.page import downloads
from handbook.macros.rendering import fill
from handbook.macros.tags import escape, tag
from handbook.macros.view import View
from handbook.model.figures import Figure, Observation
from handbook.model.front_matter import PageKind
from handbook.model.parts import Sourced
from handbook.model.problems import choose
from handbook.model.progress import FigureChange, changes
from handbook.model.sources import Source


def figure(view: View, id: str, show: str = "full", at: str = "", start: bool = False) -> Markup:
    """A figure in a sentence, with its qualifier and unit. Its date and source are one tap away.

    `show` is "full" (over 700 people) or "value" (over 700). `at` is the period of an earlier
    observation. `start` gives it a capital, for the start of a sentence.
    """
    record = view.store.get(Figure, id)
    seen = observation(record, at) if at else spoken_of(view, record)
    one_of("show", show, ("full", "value"))
    words = wording.full(record, seen) if show == "full" else wording.value(record, seen)
    return noted(view, record, seen, wording.capital(words) if start and not seen.hidden else words)


def change(view: View, id: str, since: str = "", until: str = "") -> Markup:
    """How a figure has changed between two of its observations, worked out from the data."""
    record = view.store.get(Figure, id)
    earlier = observation(record, since or record.standing[0].period.text)
    later = observation(record, until) if until else spoken_of(view, record)
    if earlier.period >= later.period:
        raise MacroError(
            f"The figure {id} has no two observations to compare here",
            "Give it an earlier observation, or take change() away",
        )
    return noted(view, record, later, progress.words(FigureChange(record, earlier, later)), since=earlier)


def headline(view: View, *ids: str) -> str:
    """A panel of up to four figures, for the head of a page."""
    if not 1 <= len(ids) <= 4:
        raise MacroError(
            f"A headline panel has one to four figures (found {len(ids)})", "Choose the four that matter most"
        )
    panel = [
        (record, record.latest, _caption(view, record), since_first(record), age(view, record))
        for record in view.store.some(Figure, ids)
    ]
    if not panel:
        return str(view.not_yet())
    return fill("headline", panel=panel)


def figures(view: View, workstream: str) -> str:
    """The table of an area of work's figures: value, date and source of each."""
    rows = [record for record in view.store.all(Figure) if record.workstream == workstream]
    if not rows:
        return nothing(view, "No figure for this work is given")
    return figure_table(view, rows) + _data(view)


def history(view: View, id: str) -> str:
    """The table of a figure's observations, oldest first, each with its source."""
    return observation_table(view, view.store.get(Figure, id)) + _data(view)


def figure_table(view: View, records: Iterable[Figure]) -> str:
    """Figures in a table, each linked to its entry in the register."""
    rows = []
    for record in records:
        view.store.note(f"figure:{record.id}")
        seen = record.latest
        link = view.staff_mark(record) + _link(view, record)
        rows.append((link, wording.full(record, seen), seen, age(view, record), source_link(view, seen)))
    return fill("figures", rows=rows)


def observation_table(view: View, record: Figure) -> str:
    """A figure's observations, and what they say of its progress."""
    rows = [
        (seen, wording.full(record, seen), wording.remarks(record, seen), source_link(view, seen))
        for seen in record.observations
    ]
    return fill("history", rows=rows, said=progress.said(record))


def observation(record: Figure, at: str = "") -> Observation:
    """The figure's latest observation, or the one whose period is `at`. One that is corrected is not meant."""
    if not at:
        return record.latest
    for seen in reversed(record.standing):
        if seen.period.text == at:
            return seen
    periods = [seen.period.text for seen in record.standing]
    raise MacroError(
        f"The figure {record.id} has no observation for this period (found {at})",
        choose(at, periods, f"use one of {', '.join(periods)}"),
    )


def spoken_of(view: View, record: Figure) -> Observation:
    """The observation that a page means: the latest, or on a report's page the latest from that report.

    What a later source corrects is still what the report said, and its card says that it is corrected.
    """
    own = [
        seen
        for seen in record.observations
        if seen.source in view.page.header.sources[:1]
        and not ((right := record.correction_of(seen)) and right.source == seen.source)
    ]
    if view.page.header.kind is PageKind.REPORT and own:
        return max(own, key=lambda seen: seen.period)
    return record.latest


def noted(view: View, record: Figure, seen: Observation, words: str, since: Observation | None = None) -> Markup:
    """Words about a figure in a sentence, and the small card that says when, and who says so."""
    note = view.next_note()
    source = view.store.get(Source, seen.source)
    period = f"{since.period} to {seen.period}" if since else str(seen.period)
    old = "" if since else old_words(view, record, seen)
    lines = [
        tag(
            "span",
            wording.full(record, seen)
            if since is None
            else f"{wording.value(record, since)} to {wording.value(record, seen)}",
            class_="figure-note-value",
        ),
        tag("span", record.title, class_="figure-note-title"),
        tag("span", period, class_="figure-note-period"),
        tag("span", f"{wording.source_name(source)}, {wording.locators(seen.locators)}", class_="figure-note-source"),
    ]
    if old:
        lines.append(tag("span", old, class_="figure-note-old"))
    lines += [tag("span", remark, class_="figure-note-more") for remark in wording.remarks(record, seen)]
    lines.append(view.record_link("History and where it is used", "register", record.id))
    if edit := view.edit_link("Edit this figure", record.place):
        lines.append(edit)
    mark = tag(
        "button", "", type="button", class_="figure-mark", popovertarget=note, aria_label=f"About this figure: {words}"
    )
    # Not a span: the theme's search would take the end of a span in it for its own end.
    card = tag("small", Markup(" ").join(lines), class_="figure-note", id=note, popover=True, data_search_exclude=True)
    # The mark stays with the last word, so that it never stands alone at the start of a line.
    start, space, last = words.rpartition(" ")
    end = tag("span", escape(last) + mark, class_="figure-end")
    return tag("span", tag("strong", escape(start + space) + end) + old_mark(old) + card, class_="figure")


def source_link(view: View, part: Sourced) -> Markup:
    """The passages that something rests on, linked to their source's entry on the page of sources."""
    return passages_link(view, part.source, part.locators, start=True)


def passages_link(view: View, source_id: str, locators: tuple[str, ...], start: bool = False) -> Markup:
    """Passages of a source, linked to its entry, with a capital at the `start` of a cell or line.

    The source is named where it is not the page's own.
    """
    for locator in locators:
        view.draw_on(source_id, locator)
    words = wording.locators(locators)
    if source_id not in view.page.header.sources[:1]:
        words = f"{wording.source_name(view.store.get(Source, source_id))}, {words}"
    return view.record_link(wording.capital(words) if start else words, "source_list", source_id)


def _data(view: View) -> str:
    """The way to the data of all figures, under a table of some."""
    return f"\n\n{tag('p', downloads(view, Figure), class_='table-data')}"


def _link(view: View, record: Figure) -> Markup:
    return view.record_link(record.title, "register", record.id)


def _caption(view: View, record: Figure) -> Markup:
    return view.record_link(record.caption or record.title, "register", record.id)


def since_first(record: Figure) -> str:
    """What has changed since the first observation, for a panel. Empty where that cannot be told."""
    first = next(iter(changes(record)), None)
    return f"{progress.words(first)} since {first.earlier.period}" if first and not first.lack else ""


def nothing(view: View, what: str) -> str:
    return str(tag("p", f"{what} in the {report_name(view)}.", class_="nothing"))


def report_name(view: View, report: Source | None = None) -> str:
    """A report by its date, the one that the pages speak from if left out: December 2021 report."""
    source = report or view.store.report
    return f"{source.published:%B %Y} report" if source.published else source.short


def one_of(name: str, found: str, choices: tuple[str, ...]) -> None:
    if found not in choices:
        raise MacroError(
            f"{name} is not one of its choices (found {found})", choose(found, choices, f"use {' or '.join(choices)}")
        )
