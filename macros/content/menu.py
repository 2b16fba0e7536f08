"""The order of the menu: sections from the settings, pages in them by `order` and title."""

from __future__ import annotations

from .page import Page
from .settings import Section, Settings

HOME = "index.md"


def section_of(page: Page, settings: Settings) -> Section | None:
    """The section of the menu that a page stands in. The home page stands in none."""
    if page.path == HOME:
        return None
    return next((section for section in settings.sections if _in(page, section.folder)), None)


def place(page: Page, settings: Settings) -> tuple[int, str, bool, int, str]:
    """What the pages of the menu are sorted by. A folder's index page comes first in it, a folder in a folder after it."""
    section = section_of(page, settings)
    index = settings.sections.index(section) if section else -1
    return index, page.folder, not page.path.endswith("index.md"), page.header.order, page.header.title


def _in(page: Page, folder: str) -> bool:
    return page.folder == folder or folder != "." and page.folder.startswith(f"{folder}/")
