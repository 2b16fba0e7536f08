"""Redirects from the addresses that pages had before."""

from __future__ import annotations

import posixpath

from handbook.loading.page import Page, address
from handbook.loading.rendered_edition import RenderedEdition


def redirects(edition: RenderedEdition) -> dict[str, Page]:
    """Return the addresses that this edition's pages had before, each with the page that it leads to."""
    return {address(old): page for page in edition.pages.values() for old in page.header.redirect_from}


def redirect_target(old: str, page: Page) -> str:
    """Return the link from the address `old` to `page`."""
    return posixpath.relpath(page.url, posixpath.dirname(old) or ".")
