"""Links, anchors and images: each must lead somewhere in the edition it stands in."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from macros.content.addresses import UNREADABLE, split_address
from macros.content.handbook import Written
from macros.content.pages import Page
from macros.content.problems import Problem, choose
from macros.content.tree import Link

_OUTSIDE = ("http", "https")


def links_lead_somewhere(written: Written) -> Iterator[Problem]:
    """Every link and image of an edition's pages."""
    for path, page in written.pages.items():
        tree = written.tree(path)
        for link in tree.links:
            yield from _link(written, page, link)
        for image in tree.images:
            yield from _image(written, page, image.source, image.alternative, image.line)


def _link(written: Written, page: Page, link: Link) -> Iterator[Problem]:
    target, line = link.target, link.line
    if not target:
        yield Problem(page.shown, line, "A link that leads nowhere", "Give it an address, or take the link away")
        return
    parts = split_address(target)
    if parts.scheme == UNREADABLE:
        what = f"An address that cannot be read (found {target})"
        yield Problem(page.shown, line, what, "Copy it again; write a space as %20, and a backslash as /")
        return
    if parts.scheme or parts.netloc:
        if parts.scheme not in _OUTSIDE or not parts.netloc:
            yield Problem(
                page.shown,
                line,
                f"A link of a kind that pages may not have (found {target})",
                "Link to a page of the handbook, or to an address that starts with https://",
            )
        return
    if parts.path.startswith("/"):
        yield Problem(
            page.shown,
            line,
            f"A link that starts at the root of a site (found {target})",
            "Link from this page, as in ../workstreams/neglect.md, so that it works on a file share too",
        )
        return
    path = page.leads_to(parts.path)
    if link.typed and parts.path.endswith(".html"):
        file = f"{parts.path.removesuffix('.html')}.md"
        yield Problem(page.shown, line, f"A link to a page as published (found {target})", f"Link to its file: {file}")
        return
    if path not in written.pages:
        if path not in written.handbook.docs.files and path not in written.handbook.docs.broken:
            yield _no_such_page(written, page, target, path, line)
    elif parts.fragment and not written.incomplete(path):
        yield from _anchor(written, page, path, parts.fragment, line)


def _no_such_page(written: Written, page: Page, target: str, path: str, line: int) -> Problem:
    if path in written.handbook.docs.pages:
        if written.store.edition.shows(written.handbook.docs.pages[path].audience):
            what = f"A link to a page that is left out until there is a second report (found {target})"
            return Problem(page.shown, line, what, "Take the link away; the menu has the page from then on")
        what = f"A page for partners links to an internal one (found {target})"
        return Problem(
            page.shown, line, what, "Put the link between {% if internal %} and {% endif %}, or make that page partner"
        )
    if target.lower().startswith("www."):
        what = f"An address without its beginning (found {target})"
        return Problem(page.shown, line, what, f"Write https://{target}")
    here = posixpath.dirname(page.path) or "."
    choices = [posixpath.relpath(other, here) for other in (*written.pages, *written.handbook.docs.files)]
    return Problem(
        page.shown,
        line,
        f"A link to a page that is not there (found {target})",
        choose(target, choices, "check its path from this page's folder"),
    )


def _anchor(written: Written, page: Page, path: str, fragment: str, line: int) -> Iterator[Problem]:
    known = written.tree(path).anchors
    if fragment not in known:
        what = f"A link to a heading that is not there (found #{fragment} in {written.pages[path].shown})"
        yield Problem(
            page.shown,
            line,
            what,
            choose(fragment, sorted(known), "link to the page itself, or to one of its headings"),
        )


def _image(written: Written, page: Page, source: str, alternative: str | None, line: int) -> Iterator[Problem]:
    parts = split_address(source)
    if parts.scheme or parts.netloc:
        yield Problem(
            page.shown,
            line,
            f"An image from another site (found {source})",
            "Put the image under docs/assets/ and link to that",
        )
    elif page.leads_to(parts.path) not in written.handbook.docs.files:
        yield Problem(
            page.shown,
            line,
            f"An image that is not there (found {source})",
            choose(source, written.handbook.docs.files, "put the image under docs/assets/"),
        )
    if not (alternative or "").strip():
        yield Problem(
            page.shown,
            line,
            f"An image without words for those who cannot see it (found {source})",
            "Say what it shows between the square brackets: ![what it shows](…)",
        )
