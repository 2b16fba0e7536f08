"""The order of the menu: sections from the settings, pages in them by `order` and title."""

from __future__ import annotations

from functools import cache

from handbook.loading.page import Page
from handbook.model.settings import MenuSection, Settings

HOME = "index.md"


def section_of(page: Page, settings: Settings) -> MenuSection | None:
    """The section of the menu that a page stands in. The home page stands in none."""
    index = _index(page, settings)
    return None if index is None else settings.sections[index]


def place(page: Page, settings: Settings) -> tuple[int, str, bool, int, str]:
    """What the pages of the menu are sorted by. A folder's index page comes first in it, a folder in a folder after it."""
    index = _index(page, settings)
    return (
        -1 if index is None else index,
        page.folder,
        not page.path.endswith("index.md"),
        page.header.order,
        page.header.title,
    )


def _index(page: Page, settings: Settings) -> int | None:
    if page.path == HOME:
        return None
    return _first(page.folder, tuple(section.folder for section in settings.sections))


@cache
def _first(folder: str, sections: tuple[str, ...]) -> int | None:
    """The first of the folders of sections that a folder is, or is in."""
    return next((index for index, section in enumerate(sections) if _in(folder, section)), None)


def _in(folder: str, section: str) -> bool:
    return folder == section or section != "." and folder.startswith(f"{section}/")
