"""Figures on pages: one in a sentence, a panel of them, a table, a history, a change."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from handbook.loading.macro_registry import MacroError
from handbook.macros import progress, wording
from handbook.macros.old_figures import mark_if_old, old_mark, old_note
from handbook.macros.open_data.page import downloads
from handbook.macros.rendering import render_template
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
    seen = observation(record, at) if at else current_observation(view, record)
    check_choice("show", show, ("full", "value"))
    words = wording.full(record, seen) if show == "full" else wording.value(record, seen)
    return figure_with_note(view, record, seen, wording.capital(words) if start and not seen.hidden else words)


def change(view: View, id: str, since: str = "", until: str = "") -> Markup:
    """How a figure has changed between two of its observations, worked out from the data."""
    record = view.store.get(Figure, id)
    earlier = observation(record, since or record.standing[0].period.text)
    later = observation(record, until) if until else current_observation(view, record)
    if earlier.period >= later.period:
        raise MacroError(
            f"The figure {id} has no two observations to compare here",
            "Give it an earlier observation, or take change() away",
        )
    return figure_with_note(
        view, record, later, progress.change_in_words(FigureChange(record, earlier, later)), since=earlier
    )


def headline(view: View, *ids: str) -> str:
    """A panel of up to four figures, for the head of a page."""
    if not 1 <= len(ids) <= 4:
        raise MacroError(
            f"A headline panel has one to four figures (found {len(ids)})", "Choose the four that matter most"
        )
    panel = [
        (record, record.latest, _caption_link(view, record), since_first(record), mark_if_old(view, record))
        for record in view.store.some(Figure, ids)
    ]
    if not panel:
        return str(view.not_yet_reported())
    return render_template("headline", panel=panel)


def figures(view: View, workstream: str) -> str:
    """The table of an area of work's figures: value, date and source of each."""
    rows = [record for record in view.store.all(Figure) if record.workstream == workstream]
    if not rows:
        return nothing_reported(view, "No figure for this work is given")
    return figure_table(view, rows) + _download_links(view)


def history(view: View, id: str) -> str:
    """The table of a figure's observations, oldest first, each with its source."""
    return observation_table(view, view.store.get(Figure, id)) + _download_links(view)


def figure_table(view: View, records: Iterable[Figure]) -> str:
    """Figures in a table, each linked to its entry in the register."""
    rows = []
    for record in records:
        view.store.note(record)
        seen = record.latest
        link = view.staff_mark(record) + _register_link(view, record)
        rows.append((link, wording.full(record, seen), seen, mark_if_old(view, record), source_link(view, seen)))
    return render_template("figures", rows=rows)


def observation_table(view: View, record: Figure) -> str:
    """A figure's observations, and what they say of its progress."""
    rows = [
        (seen, wording.full(record, seen), wording.remarks(record, seen), source_link(view, seen))
        for seen in record.observations
    ]
    return render_template("history", rows=rows, statements=progress.statements(record))


def observation(record: Figure, at: str = "") -> Observation:
    """Return the latest observation, or the one whose period is `at`, without those corrected. Raises MacroError."""
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


def current_observation(view: View, record: Figure) -> Observation:
    """Return the observation that a page means: the latest, or on the page of a report the latest from that report.

    An observation that a later source corrects is still what the report said. Its note says that it is corrected.
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


def figure_with_note(
    view: View, record: Figure, seen: Observation, words: str, since: Observation | None = None
) -> Markup:
    """Return words about a figure with a button that opens a note: its value, period, source and remarks."""
    note = view.next_note()
    source = view.store.get(Source, seen.source)
    period = f"{since.period} to {seen.period}" if since else str(seen.period)
    old = "" if since else old_note(view, record, seen)
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
    # Not a span: the theme's search ends an excluded element at the first end tag of the same name.
    card = tag("small", Markup(" ").join(lines), class_="figure-note", id=note, popover=True, data_search_exclude=True)
    # The mark stays with the last word, so that it never stands alone at the start of a line.
    start, space, last = words.rpartition(" ")
    end = tag("span", escape(last) + mark, class_="figure-end")
    return tag("span", tag("strong", escape(start + space) + end) + old_mark(old) + card, class_="figure")


def source_link(view: View, part: Sourced) -> Markup:
    """Return the passages that a part rests on, linked to the entry of their source."""
    return passages_link(view, part.source, part.locators, start=True)


def passages_link(view: View, source_id: str, locators: tuple[str, ...], start: bool = False) -> Markup:
    """Return passages of a source as a link to its entry, and record that the page draws on them.

    The source is named unless it is the first of the page's own. `start` gives a capital, for a cell or line.
    """
    for locator in locators:
        view.note_passage(source_id, locator)
    words = wording.locators(locators)
    if source_id not in view.page.header.sources[:1]:
        words = f"{wording.source_name(view.store.get(Source, source_id))}, {words}"
    return view.record_link(wording.capital(words) if start else words, "source_list", source_id)


def _download_links(view: View) -> str:
    """Return the links to the data of all figures, for below a table of some."""
    return f"\n\n{tag('p', downloads(view, Figure), class_='table-data')}"


def _register_link(view: View, record: Figure) -> Markup:
    return view.record_link(record.title, "register", record.id)


def _caption_link(view: View, record: Figure) -> Markup:
    return view.record_link(record.caption or record.title, "register", record.id)


def since_first(record: Figure) -> str:
    """Return the change since the first observation in words, or an empty string where it cannot be told."""
    first = next(iter(changes(record)), None)
    return (
        f"{progress.change_in_words(first)} since {first.earlier.period}" if first and not first.unknown_reason else ""
    )


def nothing_reported(view: View, what: str) -> str:
    return str(tag("p", f"{what} in the {report_name(view)}.", class_="nothing"))


def report_name(view: View, report: Source | None = None) -> str:
    """Return the name of a report by its date, as in December 2021 report. By default the one that pages speak from."""
    source = report or view.store.report
    return f"{source.published:%B %Y} report" if source.published else source.short


def check_choice(name: str, found: str, choices: tuple[str, ...]) -> None:
    if found not in choices:
        raise MacroError(
            f"{name} is not one of its choices (found {found})", choose(found, choices, f"use {' or '.join(choices)}")
        )
