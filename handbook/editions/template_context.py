"""What the theme's templates are given: a page, the menu around it, and the edition.

Reading from these objects is recorded, so that a rendered page is reused only while what its template read is unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from handbook.editions.navigation import LARGEST_WHOLE_MENU, menu_sections
from handbook.editions.past import remove_later_links
from handbook.loading.menu import HOME
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros.figures import report_name
from handbook.macros.view import SiteContext, View
from handbook.model.addresses import relative
from handbook.model.dependencies import DependencyKind, not_recording, note_dependency
from handbook.model.problems import Place
from handbook.model.record_kinds import Body
from handbook.model.store import Store


@dataclass(frozen=True)
class TemplateGlobals:
    """What every template knows of the edition, as `handbook`."""

    site: SiteContext
    reviewed: Callable[[str], date | None]
    largest_whole_menu: int = LARGEST_WHOLE_MENU

    @classmethod
    def of(cls, edition: RenderedEdition) -> TemplateGlobals:
        return cls(SiteContext(edition.store, edition.pages), edition.reviewed)

    @property
    def store(self) -> Store:
        return self.site.store

    @property
    def pages(self) -> Mapping[str, Page]:
        return self.site.pages

    def page_with(self, name: str, *args: str) -> Page | None:
        """Return the first page that calls the macro `name` with these arguments."""
        return self.site.with_macro(name, *args)

    @cached_property
    def _about(self) -> list[Page]:
        with not_recording():
            pages = [page for page in self.pages.values() if page.folder == "about"]
        return sorted(pages, key=lambda page: page.header.order)

    @property
    def about(self) -> list[Page]:
        """The pages about the handbook itself, in order."""
        note_dependency(DependencyKind.FOOTER)
        return self._about


@dataclass(frozen=True)
class PageHeading:
    """An entry in a page's table of contents. `title` is HTML; `url` leads to the heading on the same page."""

    title: str
    url: str
    level: int
    children: list[PageHeading]


class SitePage:
    """A page as templates see it, with the attributes that MkDocs documents for its own `page`."""

    def __init__(self, edition: RenderedEdition, page: Page, site_url: str = ""):
        self._edition = edition
        self.path, self.url, self.title = page.path, page.url, page.header.title
        self.is_homepage = page.path == HOME
        self.canonical_url = urljoin(site_url, page.url) if site_url else None
        self.abs_url = urlsplit(self.canonical_url).path if self.canonical_url else None
        # The day that the site speaks for, so that a build does not depend on the clock.
        self.update_date = edition.store.as_at.isoformat()

    @property
    def content(self) -> str:
        """The HTML of the page's own content."""
        note_dependency(DependencyKind.CONTENT, self.path)
        return remove_later_links(self._edition, self.path, self._edition.facts(self.path).html)

    @property
    def toc(self) -> list[PageHeading]:
        """The page's headings, each with those below it."""
        note_dependency(DependencyKind.CONTENT, self.path)
        return _headings(self._edition.facts(self.path).headings)


@dataclass(frozen=True)
class NavigationSection:
    """A section of the menu. It is `active` on its own pages."""

    title: str
    children: list[SitePage]
    active: bool


class SiteNavigation:
    """The menu of an edition."""

    def __init__(self, edition: RenderedEdition, pages: Mapping[str, SitePage]):
        self.homepage = pages.get(HOME)
        self.sections = [(title, [pages[path] for path in paths]) for title, paths in menu_sections(edition).items()]
        self.pages = [*filter(None, [self.homepage]), *(page for _, listed in self.sections for page in listed)]
        self.section_of = {page.path: title for title, listed in self.sections for page in listed}


class PageNavigation:
    """The menu as one page shows it. Without a page it is that of a page outside the menu."""

    def __init__(self, navigation: SiteNavigation, path: str = ""):
        self._navigation, self._path = navigation, path
        self.homepage = navigation.homepage

    @property
    def items(self) -> list[NavigationSection]:
        """The sections, in order."""
        note_dependency(DependencyKind.MENU, self._path)
        active = self._navigation.section_of.get(self._path)
        return [NavigationSection(title, pages, title == active) for title, pages in self._navigation.sections]

    @property
    def pages(self) -> list[SitePage]:
        """Every page in the menu, the home page first."""
        note_dependency(DependencyKind.MENU, self._path)
        return self._navigation.pages


def page_context(
    edition: RenderedEdition, site: SiteContext, page: SitePage, navigation: SiteNavigation
) -> dict[str, Any]:
    """What the template of a page is given, beside what every template is given."""
    source = edition.pages[page.path]
    view = View(site, source)
    leads = view.store.some(Body, filter(None, [source.header.lead]))
    return {
        "page": page,
        "nav": PageNavigation(navigation, page.path),
        "base_url": relative(".", source.folder),
        "header": source.header,
        "lead": leads[0].name if leads else "",
        "changed": edition.changed(page.path),
        "report": report_name(view),
        "edit_address": view.edit_address(Place(source.shown, 1)),
    }


def _headings(found: Iterable[Mapping[str, Any]]) -> list[PageHeading]:
    return [PageHeading(one["name"], f"#{one['id']}", one["level"], _headings(one["children"])) for one in found]
