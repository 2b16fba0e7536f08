"""The navigation of an edition: its sections from the settings, its pages from their headers."""

from __future__ import annotations

from typing import Any

from macros.content.handbook import Written
from macros.content.pages import Page

HOME = "index.md"


def navigation(written: Written) -> list[Any]:
    """The nav as MkDocs takes it. A section's index page, if it has one, comes first."""
    nav: list[Any] = [HOME] if HOME in written.pages else []
    for section in written.handbook.settings.sections:
        pages = [page for page in written.pages.values() if _in(page, section.folder) and page.path != HOME]
        if pages:
            nav.append({section.title: [page.path for page in sorted(pages, key=_place)]})
    return nav


def menu_name(written: Written, page: Page) -> str:
    """The title of the section that a page stands in. Empty for the home page."""
    sections = written.handbook.settings.sections
    return next((section.title for section in sections if _in(page, section.folder) and page.path != HOME), "")


def _in(page: Page, folder: str) -> bool:
    return page.folder == folder or folder != "." and page.folder.startswith(f"{folder}/")


def _place(page: Page) -> tuple[bool, int, str]:
    return not page.path.endswith("index.md"), page.header.order, page.header.title
