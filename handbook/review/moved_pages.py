"""Pages that have a new path, told by the old one in their front matter."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from handbook.loading.page import Page


def moved_pages(before: Collection[str], now: Mapping[str, Page]) -> dict[str, str]:
    """The path before of each page that moved, by its path now.

    A page moved when it redirects from a page that was there and is gone.
    """
    return {
        path: old
        for path, page in now.items()
        for old in page.header.redirect_from
        if path not in before and old in before and old not in now
    }
