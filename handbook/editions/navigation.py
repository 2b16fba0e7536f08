"""The navigation of an edition, as MkDocs takes it. Nobody keeps it by hand."""

from __future__ import annotations

from typing import Any

from handbook.loading.menu import HOME, place, section_of
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition

# In a larger handbook than this, a section that is not open is one link, so that the menu does not grow with the
# square of the pages.
LARGEST_WHOLE_MENU = 200


def navigation(written: RenderedEdition) -> list[Any]:
    """The home page, then each section that has a page in this edition."""
    settings = written.handbook.settings
    sections: dict[str, list[str]] = {}
    for page in sorted(written.pages.values(), key=lambda page: place(page, settings)):
        if section := section_of(page, settings):
            sections.setdefault(section.title, []).append(page.path)
    home = [HOME] if HOME in written.pages else []
    return [*home, *({title: paths} for title, paths in sections.items())]


def menus(written: RenderedEdition) -> dict[str, Any]:
    """What the menu of each page shows: by the page's path, the titles and the pages in the order of the menu.

    It is one and the same for the pages of a section.
    """
    home, *sections = navigation(written) if HOME in written.pages else ["", *navigation(written)]
    shown: dict[str, list[Any]] = {}
    for section in sections:
        for title, paths in section.items():
            shown[title] = [(path, written.pages[path].header.title) for path in paths]
    small = sum(map(len, shown.values())) < LARGEST_WHOLE_MENU
    closed = [(title, pages if small else pages[0]) for title, pages in shown.items()]
    none: Any = (closed, "", [])
    found = dict.fromkeys((home, *written.pages), none)
    for title, pages in shown.items():
        found |= dict.fromkeys((path for path, _ in pages), (closed, title, pages))
    return found


def menu_name(written: RenderedEdition, page: Page) -> str:
    """The title of the section that a page stands in. Empty for the home page."""
    section = section_of(page, written.handbook.settings)
    return section.title if section else ""
