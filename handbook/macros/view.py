"""What a macro is given: the page that calls it, and the records and pages of its edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from handbook.loading.macro_registry import Macro, MacroError, MacroFault
from handbook.loading.menu import place
from handbook.loading.page import Page
from handbook.macros.tags import escape, tag
from handbook.markdown.extensions.staff import LABEL
from handbook.model.addresses import relative
from handbook.model.dependencies import Dependency, DependencyKind, not_recording, note_dependency
from handbook.model.editions import Audience, Edition
from handbook.model.front_matter import PageKind
from handbook.model.parts import Part
from handbook.model.periods import day_in_words
from handbook.model.problems import Place, choose
from handbook.model.sources import Source
from handbook.model.store import Absence, MissingRecord, Store

# The pages that show a record, a passage or a link to a page.
Uses = Mapping[Dependency, tuple[str, ...]]


@dataclass
class SiteContext:
    """The store and pages of an edition, and which pages use what, once that is known."""

    store: Store
    pages: Mapping[str, Page]
    uses: Uses = field(default_factory=dict)

    def about(self, workstream: str) -> Page | None:
        """Return the page about an area of work, if there is one."""
        note_dependency(DependencyKind.WORKSTREAM_PAGE, workstream)
        return self._about.get(workstream)

    def report_on(self, source: str) -> Page | None:
        """Return the page of a report that rests on this source alone, if there is one."""
        note_dependency(DependencyKind.REPORT_PAGE, source)
        return self._reports.get(source)

    def with_macro(self, name: str, *args: str) -> Page | None:
        """Return the first page that calls a macro such as `register`, with these first arguments, if there is one."""
        note_dependency(DependencyKind.MACRO_PAGE, name, *args)
        return next((page for called, page in self._callers.get(name, ()) if called[: len(args)] == args), None)

    @cached_property
    def _about(self) -> dict[str, Page]:
        with not_recording():
            pages = [page for page in self.pages.values() if page.header.workstream]
        return {str(page.header.workstream): page for page in reversed(pages)}

    @cached_property
    def _reports(self) -> dict[str, Page]:
        with not_recording():
            pages = [page for page in self.pages.values() if page.header.kind is PageKind.REPORT]
        return {page.header.sources[0]: page for page in reversed(pages) if len(page.header.sources) == 1}

    @cached_property
    def _callers(self) -> dict[str, list[tuple[tuple[Any, ...], Page]]]:
        """The arguments and the page of every call, by macro, in the order of the pages."""
        callers: dict[str, list[tuple[tuple[Any, ...], Page]]] = {}
        with not_recording():
            for page in self.pages.values():
                for call in page.calls(self.store.edition):
                    callers.setdefault(call.name, []).append((call.args, page))
        return callers


@dataclass
class View:
    """A page being rendered, as its macros see it.

    `store` has the records that the edition may show, `site` its pages. Links and marks are made here, and the notes
    and charts of the page are counted, so that each has an id.
    """

    site: SiteContext
    page: Page
    notes: int = 0
    charts: Counter[str] = field(default_factory=Counter)
    _menu_entries: dict[str, tuple[Any, Markup]] = field(default_factory=dict, init=False, repr=False)

    @property
    def store(self) -> Store:
        return self.site.store

    def call(self, macro: Macro, /, *args: Any, **kwargs: Any) -> str:
        """Return what a macro writes for this page. Raises MacroError and MissingRecord.

        In the past, what a macro has nothing for is shown as not yet reported.
        """
        try:
            return macro(self, *args, **kwargs)
        except MacroFault:
            raise
        except (MacroError, MissingRecord):
            if not self.store.past:
                raise
            # The present is checked first, so that only the day can be the reason.
            return str(self.not_yet_reported(start=kwargs.get("start") is True))

    def next_note(self) -> str:
        """Return the id of the next note on this page."""
        self.notes += 1
        return f"note-{self.notes}"

    def next_chart(self, id: str) -> str:
        """Return the id of the next chart of `id` on this page: chart-turnover, then chart-turnover-2."""
        self.charts[id] += 1
        return f"chart-{id}" if self.charts[id] == 1 else f"chart-{id}-{self.charts[id]}"

    def url(self, page: Page, anchor: str = "") -> str:
        """Return the relative address of another page of this edition."""
        note_dependency(DependencyKind.LINK, page.path)
        address = relative(page.url, self.page.url.rpartition("/")[0])
        return f"{address}#{anchor}" if anchor else address

    def link(self, text: str | Markup, page: Page | None, anchor: str = "", **attributes: str) -> Markup:
        """Return a link to a page of this edition, or the text alone where `page` is None."""
        return tag("a", text, href=self.url(page, anchor), **attributes) if page else escape(text)

    def menu_entry(self, page: Page) -> tuple[Any, Markup]:
        """Return the sort key of a page in lists and the link to it. Cached, since a register lists a page often."""
        if page.path not in self._menu_entries:
            self._menu_entries[page.path] = place(page, self.store.settings), self.link(page.header.title, page)
        return self._menu_entries[page.path]

    def record_link(self, text: str | Markup, macro: str, anchor: str, **attributes: str) -> Markup:
        """Return a link to a record's entry on the page that calls `macro`, such as `register`."""
        return self.link(text, self.site.with_macro(macro), anchor, **attributes)

    def edit_address(self, place: Place) -> str | None:
        """Return the address where staff can edit `place`. None for partners, in the past, or if the settings have none."""
        if self.store.edition is not Edition.INTERNAL or self.store.past:
            return None
        return self.store.settings.edit_address(place)

    def edit_link(self, text: str, place: Place) -> Markup:
        """Return a link to where staff can edit `place`, or nothing."""
        address = self.edit_address(place)
        return tag("a", text, href=address, class_="edit") if address else Markup("")

    def staff_mark(self, part: Part) -> Markup:
        """Return the mark of a record, or part of one, that is for staff alone, on a page that is for partners too."""
        if self.page.audience is Audience.INTERNAL or part.audience is Audience.PARTNER:
            return Markup()
        return tag("small", LABEL, class_="staff-label", data_search_exclude=True) + Markup(" ")

    def not_yet_reported(self, start: bool = False) -> Markup:
        """Return the words for what was not known on the day, with a capital at the `start` of a sentence."""
        words = f"{'Not' if start else 'not'} yet reported at {day_in_words(self.store.as_at)}"
        return tag("span", words, class_="not-yet")

    def default_source(self) -> str:
        """Return the id of the source that a citation means when it names none. Raises MacroError."""
        if not self.page.header.sources:
            raise MacroError(
                "The page names no sources", "List them under sources in its front matter, or give cite() a source"
            )
        return self.page.header.sources[0]

    def note_passage(self, source_id: str, locator: str) -> None:
        """Record that this page draws on a passage."""
        note_dependency(DependencyKind.PASSAGE, source_id, locator)

    def check_passage(self, source_id: str, locator: str) -> None:
        """Raise MacroError if the outline of the source has no such passage."""
        outline = self.store.outline_to_check(source_id)
        if outline is None:
            what = f"The source {source_id} has no outline, so {locator} cannot be checked"
            raise MacroError(what, f"List its passages in data/sources/{source_id}.yml, as the other outlines do")
        if locator not in (names := [part.locator for part in outline.parts]):
            if any(source.id == locator for source in self.store.all(Source)):
                cure = f'Name it after them, as in {{{{ cite("paragraph 18", source="{locator}") }}}}'
                raise MacroError(f"A source among the passages (found {locator})", cure)
            raise MacroError(
                f"{source_id} has no such passage (found {locator})",
                choose(locator, names, f"see its outline in {outline.place.path}"),
            )


def describe_missing(error: MissingRecord) -> tuple[str, str]:
    """Return what is wrong and the cure for a record that a page asks for and its edition does not have."""
    if error.why is Absence.HIDDEN:
        return (
            f"The {error.kind} {error.name} is internal, and this page is for partners too",
            "Put the call between {% if internal %} and {% endif %}, or make the record's audience partner",
        )
    if error.why is Absence.LATER:
        return (
            f"The {error.kind} {error.name} was not yet known on the day the handbook speaks for",
            "Check as_at in data/handbook.yml and the date of the record's source",
        )
    return f"No {error.kind} has this id (found {error.name})", choose(
        error.name, error.choices, f"add the {error.kind} under data/"
    )
