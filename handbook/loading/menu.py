"""The order of pages in the menu: sections as in the settings, and in each its pages by `order` and title."""

from __future__ import annotations

from functools import cache

from handbook.loading.page import Page
from handbook.model.settings import MenuSection, Settings

HOME = "index.md"


def section_of(page: Page, settings: Settings) -> MenuSection | None:
    """The section of the menu that a page belongs to. The home page belongs to none."""
    index = _index(page, settings)
    return None if index is None else settings.sections[index]


def place(page: Page, settings: Settings) -> tuple[int, str, bool, int, str]:
    """The sort key of a page in the menu. In a folder, its index page comes first and its subfolders come last."""
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
    """The index of the first section whose folder is `folder` or holds it."""
    return next((index for index, section in enumerate(sections) if _in(folder, section)), None)


def _in(folder: str, section: str) -> bool:
    return folder == section or section != "." and folder.startswith(f"{section}/")
