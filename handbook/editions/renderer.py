"""Writing an edition: every page's macros evaluated against what the edition may see."""

from __future__ import annotations

from datetime import date

from handbook.loading.handbook import Handbook
from handbook.loading.menu import HOME
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.loading.template import Call
from handbook.macros.registry import MACROS
from handbook.macros.site_addresses import made
from handbook.macros.view import MacroError, SiteContext, View, missing
from handbook.markdown.source import MarkdownSource
from handbook.model.coverage import uses_of
from handbook.model.dependencies import TrackedDict
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
        shown = {path: page for path, page in shown.items() if path == HOME or not _is_later(page, store)}
        pages = TrackedDict("pages", shown)
        self.site = SiteContext(store, pages)
        self.written = RenderedEdition(handbook, store, pages, self.evaluate, frozenset(made()))
        self.last = [path for path, page in shown.items() if any(map(_reads_uses, page.calls(edition)))]
        self.first = [path for path in shown if path not in self.last]

    def know_uses(self) -> None:
        """Tells the site what the pages use that do not show such uses themselves."""
        self.site.uses = TrackedDict("uses", uses_of({path: self.written.reads[path] for path in self.first}))

    def evaluate(self, path: str) -> MarkdownSource:
        """The Markdown of a page. What is read is recorded, since a page may list what it draws on."""
        with self.written.store.recording():
            return self._evaluated(path)[0]

    def write(self, path: str) -> tuple[MarkdownSource, list[Problem]]:
        """The Markdown of a page, and every problem in writing it. What it read and whether it failed is noted."""
        written, page = self.written, self.written.pages[path]
        with written.store.recording() as reads:
            markdown, failed = self._evaluated(path)
        written.reads[path] = frozenset(reads)
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
        macros = {name: macro.on(view) for name, macro in MACROS.items()}
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


def _is_later(page: Page, store: Store) -> bool:
    """True for a page whose time has not come: it compares reports that are not there, or it is of later sources.

    The guide shows what such a page calls, and stays.
    """
    calls = page.calls(store.edition)
    reports = max((MACROS[call.name].reports for call in calls if call.name in MACROS), default=0)
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
            choose(call.name, MACROS, "see the list of macros in docs/editing/macros.md"),
        )
        for page in handbook.docs.pages.values()
        if edition.shows(page.audience)
        for call in page.calls(edition)
        if call.name not in MACROS
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
        if call.name in MACROS and (area := MACROS[call.name].area(call.args, dict(call.kwargs))) and area not in areas
    ]


def _reads_uses(call: Call) -> bool:
    return call.name in MACROS and MACROS[call.name].reads_uses


def _problem(written: RenderedEdition, page: Page, call: Call, error: Exception) -> Problem | None:
    if isinstance(error, MissingRecord):
        # What a record names wrongly is told once, at the record.
        typed = error.name in (*call.args, *dict(call.kwargs).values())
        if not typed or written.handbook.records.may_have(error.kind, error.name):
            return None
        return Problem(page.shown, call.line, *missing(error))
    if isinstance(error, MacroError):
        return Problem(page.shown, call.line, error.what, error.cure)
    if call.name not in MACROS:
        return None
    raise error
