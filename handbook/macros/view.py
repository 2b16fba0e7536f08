"""One page of one edition in the making: what its macros are given to work with."""

from __future__ import annotations

import json
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
from handbook.model.coverage import passage
from handbook.model.dependencies import read, untraced
from handbook.model.editions import Audience, Edition
from handbook.model.front_matter import PageKind
from handbook.model.parts import Part
from handbook.model.periods import day_in_words
from handbook.model.problems import Place, choose
from handbook.model.sources import Source
from handbook.model.store import Absence, MissingRecord, Store

# For each record, list or passage that was read, the pages that read it.
Uses = Mapping[str, tuple[str, ...]]


@dataclass
class SiteContext:
    """An edition's store and pages, and, once every page has been read, what uses what."""

    store: Store
    pages: Mapping[str, Page]
    uses: Uses = field(default_factory=dict)

    def about(self, workstream: str) -> Page | None:
        """The page about an area of work."""
        read(f"about:{workstream}")
        return self._about.get(workstream)

    def report_on(self, source: str) -> Page | None:
        """The page that tells what a source says, and what no other does."""
        read(f"report_on:{source}")
        return self._reports.get(source)

    def with_macro(self, name: str, *args: str) -> Page | None:
        """The page that a macro such as `register` is the heart of: the first that calls it so."""
        read(f"with_macro:{json.dumps([name, *args])}")
        return next((page for called, page in self._callers.get(name, ()) if called[: len(args)] == args), None)

    @cached_property
    def _about(self) -> dict[str, Page]:
        with untraced():
            pages = [page for page in self.pages.values() if page.header.workstream]
        return {str(page.header.workstream): page for page in reversed(pages)}

    @cached_property
    def _reports(self) -> dict[str, Page]:
        with untraced():
            pages = [page for page in self.pages.values() if page.header.kind is PageKind.REPORT]
        return {page.header.sources[0]: page for page in reversed(pages) if len(page.header.sources) == 1}

    @cached_property
    def _callers(self) -> dict[str, list[tuple[tuple[Any, ...], Page]]]:
        """For each macro, the arguments and the page of every call, in the order of the pages."""
        callers: dict[str, list[tuple[tuple[Any, ...], Page]]] = {}
        with untraced():
            for page in self.pages.values():
                for call in page.calls(self.store.edition):
                    callers.setdefault(call.name, []).append((call.args, page))
        return callers


@dataclass
class View:
    """A page being written. It counts the notes and charts it has made, so that each has an id."""

    site: SiteContext
    page: Page
    notes: int = 0
    charts: Counter[str] = field(default_factory=Counter)
    _listed: dict[str, tuple[Any, Markup]] = field(default_factory=dict, init=False, repr=False)

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
            return str(self.not_yet(start=kwargs.get("start") is True))

    def next_note(self) -> str:
        self.notes += 1
        return f"note-{self.notes}"

    def next_chart(self, id: str) -> str:
        """The name of another chart of `id` on this page: chart-turnover, then chart-turnover-2."""
        self.charts[id] += 1
        return f"chart-{id}" if self.charts[id] == 1 else f"chart-{id}-{self.charts[id]}"

    def url(self, page: Page, anchor: str = "") -> str:
        """The address of another page of this edition from this one."""
        self.store.note(f"page:{page.path}")
        address = relative(page.url, self.page.url.rpartition("/")[0])
        return f"{address}#{anchor}" if anchor else address

    def link(self, text: str | Markup, page: Page | None, anchor: str = "", **attributes: str) -> Markup:
        """A link to a page of this edition, or the text alone where there is no such page."""
        return tag("a", text, href=self.url(page, anchor), **attributes) if page else escape(text)

    def listed(self, page: Page) -> tuple[Any, Markup]:
        """What a page is sorted by in a list of pages, and the link to it by its title. A register lists a page often."""
        if page.path not in self._listed:
            self._listed[page.path] = place(page, self.store.settings), self.link(page.header.title, page)
        return self._listed[page.path]

    def record_link(self, text: str | Markup, macro: str, anchor: str, **attributes: str) -> Markup:
        """A link to a record's entry on the page made by `macro`, such as `register`."""
        return self.link(text, self.site.with_macro(macro), anchor, **attributes)

    def edit_address(self, place: Place) -> str | None:
        """Where staff can change what stands at `place`. Partners never see it, nor anyone in the past or if it is not set."""
        if self.store.edition is not Edition.INTERNAL or self.store.past:
            return None
        return self.store.settings.edit_address(place)

    def edit_link(self, text: str, place: Place) -> Markup:
        """A link to where staff can change what stands at `place`, or nothing."""
        address = self.edit_address(place)
        return tag("a", text, href=address, class_="edit") if address else Markup("")

    def staff_mark(self, part: Part) -> Markup:
        """The mark of a record, or a part of one, that partners do not see, on a page that they do."""
        if self.page.audience is Audience.INTERNAL or part.audience is Audience.PARTNER:
            return Markup()
        return tag("small", LABEL, class_="staff-label", data_search_exclude=True) + Markup(" ")

    def not_yet(self, start: bool = False) -> Markup:
        """What stands where nothing was known on the day, with a capital at the `start` of a sentence."""
        words = f"{'Not' if start else 'not'} yet reported at {day_in_words(self.store.as_at)}"
        return tag("span", words, class_="not-yet")

    def default_source(self) -> str:
        """The source that a citation on this page means when it names none."""
        if not self.page.header.sources:
            raise MacroError(
                "The page names no sources", "List them under sources in its front matter, or give cite() a source"
            )
        return self.page.header.sources[0]

    def draw_on(self, source_id: str, locator: str) -> None:
        """Notes that this page draws on a passage."""
        self.store.note(passage(source_id, locator))

    def check_passage(self, source_id: str, locator: str) -> None:
        """Raises MacroError when the source's outline has no such passage."""
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


def missing(error: MissingRecord) -> tuple[str, str]:
    """What is wrong, and the cure, when a page asks for a record that its edition does not have."""
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
