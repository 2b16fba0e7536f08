"""The menu of an edition, which follows from its pages and the sections in the settings."""

from __future__ import annotations

from typing import Any

from handbook.loading.menu import HOME, place, section_of
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition

# In a larger handbook than this, a section that is not open is one link, so that the menu does not grow with the
# square of the pages.
LARGEST_WHOLE_MENU = 200


def menu_sections(edition: RenderedEdition) -> dict[str, list[str]]:
    """Return the sections that have a page in this edition, by title, each with the paths of its pages in order."""
    settings = edition.handbook.settings
    sections: dict[str, list[str]] = {}
    for page in sorted(edition.pages.values(), key=lambda page: place(page, settings)):
        if section := section_of(page, settings):
            sections.setdefault(section.title, []).append(page.path)
    return sections


def navigation(edition: RenderedEdition) -> list[Any]:
    """Return the menu as MkDocs' `nav` setting takes it: the home page, then each section."""
    home = [HOME] if HOME in edition.pages else []
    return [*home, *({title: paths} for title, paths in menu_sections(edition).items())]


def menus(edition: RenderedEdition) -> dict[str, Any]:
    """Return what the menu shows on each page, by path: plain values, one and the same for the pages of a section."""
    shown = {
        title: [(path, edition.pages[path].header.title) for path in paths]
        for title, paths in menu_sections(edition).items()
    }
    whole = sum(map(len, shown.values())) < LARGEST_WHOLE_MENU
    closed = [(title, pages if whole else pages[0]) for title, pages in shown.items()]
    outside: Any = (closed, "", [])
    found = dict.fromkeys(edition.pages, outside)
    for title, pages in shown.items():
        found |= dict.fromkeys((path for path, _ in pages), (closed, title, pages))
    return found


def menu_name(edition: RenderedEdition, page: Page) -> str:
    """Return the title of the section that a page stands in. It is empty for the home page."""
    section = section_of(page, edition.handbook.settings)
    return section.title if section else ""
