"""Writing an edition: every page's macros evaluated against what the edition may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from handbook.loading.handbook import Handbook
from handbook.loading.macro_registry import MacroError, MacroRegistry
from handbook.loading.menu import HOME
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.loading.template import Call
from handbook.macros.site_addresses import generated_addresses
from handbook.macros.view import SiteContext, View, describe_missing
from handbook.markdown.source import MarkdownSource
from handbook.model.coverage import uses_of
from handbook.model.dependencies import SHOWN, DependencyKind, TrackedDict, recording
from handbook.model.editions import Edition
from handbook.model.front_matter import PageKind
from handbook.model.problems import Problem, choose
from handbook.model.store import MissingRecord, Store


class EditionRenderer:
    """Writes the pages of an edition, each when it is asked for.

    The pages in `last` show what other pages use, which is known once `uses` has been told.
    """

    def __init__(self, handbook: Handbook, edition: Edition, as_at: date | None = None):
        shown = {path: page for path, page in handbook.docs.pages.items() if edition.shows(page.audience)}
        store = Store(handbook.settings, handbook.records, edition, as_at)
        shown = {
            path: page for path, page in shown.items() if path == HOME or not _is_later(page, store, handbook.macros)
        }
        pages = TrackedDict(DependencyKind.PAGE, shown)
        self.site = SiteContext(store, pages)
        self.written = RenderedEdition(handbook, store, pages, self.evaluate, frozenset(generated_addresses()))
        self.last = [path for path, page in shown.items() if _needs_uses(page.calls(edition), handbook.macros)]
        self.first = [path for path in shown if path not in self.last]

    def know_uses(self) -> None:
        """Tells the site what the pages use that do not show such uses themselves."""
        self.site.uses = TrackedDict(
            DependencyKind.USERS, uses_of({path: self.written.reads[path] for path in self.first})
        )

    def evaluate(self, path: str) -> MarkdownSource:
        """The Markdown of a page. Its dependencies are recorded, since a page may list what it draws on."""
        with recording():
            return self._evaluated(path)[0]

    def write(self, path: str) -> tuple[MarkdownSource, list[Problem]]:
        """The Markdown of a page, and every problem in writing it. What it shows and whether it failed is noted."""
        written, page = self.written, self.written.pages[path]
        with recording() as dependencies:
            markdown, failed = self._evaluated(path)
        written.reads[path] = frozenset(each for each in dependencies if each.kind in SHOWN)
        if failed:
            written.failed.add(path)
        return markdown, [problem for call, error in failed if (problem := _problem(written, page, call, error))]

    def keep(self, path: str) -> list[Problem]:
        """Writes a page and keeps its Markdown. Gives the problems."""
        markdown, problems = self.write(path)
        self.written.keep(path, markdown)
        return problems

    def _evaluated(self, path: str) -> tuple[MarkdownSource, list[tuple[Call, Exception]]]:
        page = self.written.pages[path]
        view = View(self.site, page)
        macros = {name: partial(view.call, macro) for name, macro in self.written.handbook.macros.items()}
        return page.evaluate(self.written.store.edition, macros)


def write(handbook: Handbook, edition: Edition, as_at: date | None = None) -> tuple[RenderedEdition, list[Problem]]:
    """An edition with the Markdown of every page that it has, and every problem in writing it.

    With `as_at`, it is the edition of that earlier day.
    """
    writer = EditionRenderer(handbook, edition, as_at)
    problems = unknown_macros(handbook, edition) + unknown_areas(handbook, edition)
    for path in writer.first:
        problems += writer.keep(path)
    writer.know_uses()
    for path in writer.last:
        problems += writer.keep(path)
    return writer.written, problems


def _is_later(page: Page, store: Store, macros: MacroRegistry) -> bool:
    """True for a page whose time has not come: it compares reports that are not there, or it is of later sources.

    The guide shows what such a page calls, and stays.
    """
    calls = page.calls(store.edition)
    reports = max((macros[call.name].needs.reports for call in calls if call.name in macros), default=0)
    if reports > len(store.reports) and page.header.kind is not PageKind.GUIDE:
        return True
    return store.past and bool(page.header.sources) and all(map(store.is_later, page.header.sources))


def unknown_macros(handbook: Handbook, edition: Edition) -> list[Problem]:
    """Calls of macros that do not exist, in the pages of `edition`."""
    return [
        Problem(
            page.shown,
            call.line,
            f"No macro has this name (found {call.name})",
            choose(call.name, handbook.macros, "see the list of macros in docs/editing/macros.md"),
        )
        for page in handbook.docs.pages.values()
        if edition.shows(page.audience)
        for call in page.calls(edition)
        if call.name not in handbook.macros
    ]


def unknown_areas(handbook: Handbook, edition: Edition) -> list[Problem]:
    """Calls that name an area of work which no page is about: they would show that nothing is known of it."""
    areas = {page.header.workstream for page in handbook.docs.pages.values() if page.header.workstream}
    return [
        Problem(
            page.shown,
            call.line,
            f"No page is about this area of work (found {area})",
            choose(area, sorted(areas), "name the workstream of a page, as its front matter has it"),
        )
        for page in handbook.docs.pages.values()
        if edition.shows(page.audience) and not handbook.docs.broken
        for call in page.calls(edition)
        if (area := _area(call, handbook.macros)) and area not in areas
    ]


def _area(call: Call, macros: MacroRegistry) -> str:
    """The area of work that a call names, or an empty string."""
    return macros[call.name].workstream(call.args, dict(call.kwargs)) if call.name in macros else ""


def _needs_uses(calls: Iterable[Call], macros: MacroRegistry) -> bool:
    return any(macros[call.name].needs.uses for call in calls if call.name in macros)


def _problem(written: RenderedEdition, page: Page, call: Call, error: Exception) -> Problem | None:
    macro = written.handbook.macros.get(call.name)
    if isinstance(error, MissingRecord):
        # What a record names wrongly is told once, at the record. A macro of the handbook's own may name one itself.
        named = error.name in (*call.args, *dict(call.kwargs).values()) or not (macro and macro.is_engine)
        if not named or written.handbook.records.may_have(error.kind, error.name):
            return None
        return Problem(page.shown, call.line, *describe_missing(error))
    if isinstance(error, MacroError):
        return Problem(page.shown, call.line, error.what, error.cure)
    if macro is None:
        return None
    raise error
