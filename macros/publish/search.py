"""What makes the right page come first in a search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.content.header import PageKind
from macros.content.models import Term
from macros.content.pages import Page

# Readers look for the work first, then for what is said about it, and seldom for how to edit.
_WEIGHTS = {
    PageKind.HOME: 0.5,
    PageKind.WORKSTREAM: 4.0,
    PageKind.PAGE: 2.0,
    PageKind.REFERENCE: 0.7,
    PageKind.REPORT: 0.5,
    PageKind.GUIDE: 1.0,
    PageKind.DECISION: 0.1,
}


def search_words(page: Page, terms: Iterable[Term]) -> list[str]:
    """What people may call the subject of a page: its aliases, and the names of the terms that name it."""
    words = list(page.header.aliases)
    for term in terms:
        if term.page == page.path:
            words += [term.name, *filter(None, [term.abbreviation]), *term.aliases]
    return list(dict.fromkeys(words))


def search_settings(page: Page, terms: Iterable[Term]) -> dict[str, Any]:
    """What Material's search plugin reads of a page: how much its matches weigh, and its short names.

    The index takes each tag as one word, so the longer names are left to the hidden text.
    """
    names = [word for word in search_words(page, terms) if " " not in word]
    return {"search": {"boost": _WEIGHTS[page.header.kind]}, "tags": names}
