"""Fingerprints of dependencies: what each of them is now, as a short hash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from handbook.loading.handbook import Handbook
from handbook.loading.page import Page, hash_of
from handbook.macros.view import SiteContext
from handbook.model.canonical import fingerprint
from handbook.model.dependencies import Dependency, DependencyKind, not_recording
from handbook.rules import QUESTIONS

# Gives the fingerprint of a dependency of one kind from the parts of its name.
Provider = Callable[..., str | None]
_NONE = fingerprint(None)


class Fingerprints:
    """The fingerprints of the dependencies on a handbook, and with a `site` on an edition of it.

    Unknown kinds have no fingerprint, so their dependents are never cached.
    """

    def __init__(self, handbook: Handbook, site: SiteContext | None = None):
        self._known: dict[Dependency, str | None] = {}
        self._providers = _of_handbook(handbook)
        if site:
            self._providers |= _of_edition(site)

    def add(self, kind: DependencyKind, provider: Provider) -> None:
        """Add a kind of dependency. `provider` takes the parts of a dependency's name."""
        self._providers[kind] = provider

    def __call__(self, dependency: Dependency) -> str | None:
        """The fingerprint of a dependency, or None where it has none."""
        if dependency not in self._known:
            provider = self._providers.get(dependency.kind)
            with not_recording():
                self._known[dependency] = provider(*dependency.name) if provider else None
        return self._known[dependency]


def _of_handbook(handbook: Handbook) -> dict[DependencyKind, Provider]:
    pages, records = handbook.docs.pages, handbook.records

    @cache
    def of_record(name: str) -> str:
        return fingerprint(records.get(name))

    return {
        DependencyKind.SOURCE_TEXT: lambda path: hash_of(pages[path].source) if path in pages else _NONE,
        DependencyKind.SOURCE_PAGE: lambda path=None: _of_pages(pages, path),
        DependencyKind.SOURCE_RECORD: lambda name=None: (
            of_record(name) if name else fingerprint([*map(of_record, records)])
        ),
        DependencyKind.UNREADABLE_RECORDS: lambda: fingerprint(records.faults),
        DependencyKind.QUESTION: lambda name: fingerprint(handbook.ask(QUESTIONS[name])) if name in QUESTIONS else None,
    }


def _of_edition(site: SiteContext) -> dict[DependencyKind, Provider]:
    store = site.store
    records = {record.id: record for record in store.everything()}

    @cache
    def of_record(name: str) -> str:
        return fingerprint((records.get(name), store.is_later(name)))

    def of_records(kind: str = "", name: str = "") -> str:
        if name:
            return of_record(name)
        return fingerprint([of_record(record.id) for record in records.values() if record.kind == kind or not kind])

    return {
        DependencyKind.RECORD: of_records,
        DependencyKind.ABSENCE: lambda name: fingerprint((name in records, store.is_later(name))),
        DependencyKind.OUTLINE: lambda name: fingerprint(store.outline_to_check(name)),
        # Whether there is such a passage is a dependency on the outline.
        DependencyKind.PASSAGE: lambda source, locator: fingerprint((source, locator)),
        DependencyKind.PAGE: lambda path=None: _of_pages(site.pages, path),
        DependencyKind.LINK: lambda path: _of_pages(site.pages, path),
        DependencyKind.WORKSTREAM_PAGE: lambda name: _of_page(site.about(name)),
        DependencyKind.REPORT_PAGE: lambda source: _of_page(site.report_on(source)),
        DependencyKind.MACRO_PAGE: lambda *call: _of_page(site.with_macro(*call)),
        DependencyKind.USERS: lambda kind=None, *name: (
            fingerprint(site.uses.get(Dependency(DependencyKind(kind), name)))
            if kind
            else fingerprint(sorted(site.uses.items()))
        ),
    }


def _of_pages(pages: Mapping[str, Page], path: str | None) -> str:
    return fingerprint([*map(_of_page, pages.values())]) if path is None else _of_page(pages.get(path))


def _of_page(page: Page | None) -> str:
    """A page's path and front matter. What reads more of a page also depends on its text."""
    return page.header_fingerprint if page else _NONE
