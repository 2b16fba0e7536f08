"""Redirects: each is from the path of a page that no longer exists, and leads to one page."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.loading.handbook import Handbook
from handbook.loading.page import DOCS, Page
from handbook.loading.page_files import is_name
from handbook.model.problems import Place, Problem

# MkDocs builds the page for an unknown address itself.
_NOT_FOUND_PAGE = "404.md"


def redirects_lead_to_one_page(handbook: Handbook) -> Iterator[Problem]:
    """Check `redirect_from` in all pages, whatever their edition: an address must lead to the same page in each."""
    first: dict[str, Place] = {}
    for page in handbook.docs.pages.values():
        for index, old in enumerate(page.header.redirect_from):
            place = Place(page.shown, page.document.line(("redirect_from", index)))
            if fault := _fault(handbook, page, old):
                yield Problem(place.path, place.line, *fault)
            elif old in first:
                yield Problem(
                    place.path,
                    place.line,
                    f"An address that leads to a page already (found {old}, first in {first[old].path}:{first[old].line})",
                    "Keep it where readers of the old page should arrive, and delete the other",
                )
            first.setdefault(old, place)


def _fault(handbook: Handbook, page: Page, old: str) -> tuple[str, str] | None:
    if not old.endswith(".md") or not is_name(old) or old == _NOT_FOUND_PAGE:
        return (
            f"Not the path that a page had (found {old})",
            "Write the path that it had below docs/, as in workstreams/early-help.md",
        )
    if old == page.path:
        return (
            f"A page that redirects to itself (found {old})",
            "Delete the line; it is for paths that the page had before",
        )
    if old in handbook.docs.pages or old in handbook.docs.broken:
        return f"A page is at this address (it is {DOCS}/{old})", "Delete the line, or rename that page"
    return None
