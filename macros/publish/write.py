"""Writing an edition: every page's macros evaluated against what the edition may see."""

from __future__ import annotations

from datetime import date

from macros.content.coverage import uses_of
from macros.content.editions import Edition
from macros.content.handbook import Handbook, Written
from macros.content.header import PageKind
from macros.content.menu import HOME
from macros.content.pages import Page
from macros.content.problems import Problem, choose
from macros.content.store import MissingRecord, Store
from macros.content.template import Call
from macros.views.macros import MACROS
from macros.views.view import MacroError, Site, View, missing


def write(handbook: Handbook, edition: Edition, as_at: date | None = None) -> tuple[Written, list[Problem]]:
    """The Markdown of every page that `edition` has, and every problem in writing it.

    With `as_at`, it is the edition of that earlier day.
    """
    store = Store(handbook.settings, handbook.records, edition, as_at)
    pages = {path: page for path, page in handbook.docs.pages.items() if edition.shows(page.audience)}
    pages = {path: page for path, page in pages.items() if path == HOME or not _is_later(page, store)}
    written = Written(handbook, store, pages)
    problems = unknown_macros(handbook, edition)
    last = [page for page in pages.values() if any(_reads_uses(call) for call in page.template.calls(edition))]
    site = Site(store, pages)
    for page in pages.values():
        if page not in last:
            problems += _write_page(written, site, page)
    site.uses = uses_of(written.reads)
    for page in last:
        problems += _write_page(written, site, page)
    return written, problems


def _is_later(page: Page, store: Store) -> bool:
    """True for a page whose time has not come: it compares reports that are not there, or it is of later sources.

    The guide shows what such a page calls, and stays.
    """
    reports = max((MACROS[call.name].reports for call in page.template.calls() if call.name in MACROS), default=0)
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
        for call in page.template.calls(edition)
        if call.name not in MACROS
    ]


def _reads_uses(call: Call) -> bool:
    return call.name in MACROS and MACROS[call.name].reads_uses


def _write_page(written: Written, site: Site, page: Page) -> list[Problem]:
    view = View(site, page)
    macros = {name: macro.on(view) for name, macro in MACROS.items()}
    with written.store.recording() as reads:
        markdown, failed = page.evaluate(written.store.edition, macros)
    written.markdown[page.path] = markdown
    written.reads[page.path] = frozenset(reads)
    if failed:
        written.failed.add(page.path)
    return [problem for call, error in failed if (problem := _problem(written, page, call, error))]


def _problem(written: Written, page: Page, call: Call, error: Exception) -> Problem | None:
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
