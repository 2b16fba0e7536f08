"""Editions of an earlier day: which day, where they are built, and links to what was not there yet.

The words of pages are those of today, so a link in them may lead to a page or heading that came
later. Its words are then shown without the link.
"""

from __future__ import annotations

import re
from datetime import date
from html import escape, unescape
from pathlib import Path
from urllib.parse import urlsplit

from handbook.files.site_marker import BUILT, FolderRefused
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.editions import Edition
from handbook.model.periods import parse_day

# A link in the HTML of a page. Links are not nested.
_LINK = re.compile(
    r'<a(?P<before>(?: [^<>]*?)?) href="(?P<target>[^"]*)"(?P<after>[^<>]*)>(?P<words>.*?)</a>', re.DOTALL
)


def earlier_day(text: str) -> date | None:
    """Return the day that the option as_at names, or None where it is empty. Raise FolderRefused for what is no day."""
    try:
        return parse_day(text) if text else None
    except ValueError as error:
        reason = f": {error}" if str(error) else ""
        raise FolderRefused(f"as_at is not a day (found {text}{reason}). Write it as 2021-12-21.") from None


def past_folder(root: Path, edition: Edition, as_at: date) -> Path:
    """Return the folder for an edition of an earlier day: beside the present one, and never in its place."""
    return root / BUILT / f"{edition}-as-at-{as_at}"


def past_target(edition: RenderedEdition, page: Page, target: str) -> str | None:
    """Return what a link on `page` leads to in an edition of the past, or None where that was not there yet.

    A link to a heading that was not there leads to its page.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return target
    path = page.leads_to(parts.path)
    if path not in edition.pages:
        return None if path in edition.handbook.docs.pages else target
    if parts.fragment and parts.fragment not in edition.tree(path).anchors:
        return parts.path or None
    return target


def remove_later_links(edition: RenderedEdition, path: str, html: str) -> str:
    """Return the HTML of the page at `path` without the links that lead nowhere in an edition of the past.

    In the present edition, it is returned as it is.
    """
    if not edition.store.past:
        return html
    page = edition.pages[path]

    def replace_link(link: re.Match[str]) -> str:
        target = past_target(edition, page, unescape(link["target"]))
        if target is None:
            return f"<span{link['before']}{link['after']}>{link['words']}</span>"
        return f'<a{link["before"]} href="{escape(target)}"{link["after"]}>{link["words"]}</a>'

    return _LINK.sub(replace_link, html)
