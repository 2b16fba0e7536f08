"""The past: where an edition of an earlier day is built, and what becomes of links to what was not yet there.

The words of pages are those of today. A link in them may lead to a page or a heading that came
later: its words are then shown without the link.
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

# A link in the HTML of a page. None stands inside another.
_LINK = re.compile(
    r'<a(?P<before>(?: [^<>]*?)?) href="(?P<target>[^"]*)"(?P<after>[^<>]*)>(?P<words>.*?)</a>', re.DOTALL
)


def earlier_day(text: str) -> date | None:
    """The day that the plugin's option as_at names, and None where it is empty. Raises Refused for what is no day."""
    try:
        return parse_day(text) if text else None
    except ValueError as error:
        reason = f": {error}" if str(error) else ""
        raise FolderRefused(f"as_at is not a day (found {text}{reason}). Write it as 2021-12-21.") from None


def past_folder(root: Path, edition: Edition, as_at: date) -> Path:
    """Where an edition of an earlier day is built: beside the present one, and never in its place."""
    return root / BUILT / f"{edition}-as-at-{as_at}"


def still_leads(written: RenderedEdition, page: Page, target: str) -> str | None:
    """What a link on `page` leads to in an edition of the past, or None where that was not there yet.

    A link to a heading that was not there leads to its page.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return target
    path = page.leads_to(parts.path)
    if path not in written.pages:
        return None if path in written.handbook.docs.pages else target
    if parts.fragment and parts.fragment not in written.tree(path).anchors:
        return parts.path or None
    return target


def links_of_then(written: RenderedEdition, path: str, html: str) -> str:
    """The content of the page at `path` without links that lead nowhere in an edition of the past."""
    if not written.store.past:
        return html
    page = written.pages[path]

    def mended(link: re.Match[str]) -> str:
        leads = still_leads(written, page, unescape(link["target"]))
        if leads is None:
            return f"<span{link['before']}{link['after']}>{link['words']}</span>"
        return f'<a{link["before"]} href="{escape(leads)}"{link["after"]}>{link["words"]}</a>'

    return _LINK.sub(mended, html)
