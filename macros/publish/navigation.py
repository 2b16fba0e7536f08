"""The navigation of an edition, as MkDocs takes it. Nobody keeps it by hand."""

from __future__ import annotations

from typing import Any

from macros.content.handbook import Written
from macros.content.menu import HOME, place, section_of
from macros.content.page import Page


def navigation(written: Written) -> list[Any]:
    """The home page, then each section that has a page in this edition."""
    settings = written.handbook.settings
    sections: dict[str, list[str]] = {}
    for page in sorted(written.pages.values(), key=lambda page: place(page, settings)):
        if section := section_of(page, settings):
            sections.setdefault(section.title, []).append(page.path)
    home = [HOME] if HOME in written.pages else []
    return [*home, *({title: paths} for title, paths in sections.items())]


def menu_name(written: Written, page: Page) -> str:
    """The title of the section that a page stands in. Empty for the home page."""
    section = section_of(page, written.handbook.settings)
    return section.title if section else ""
