"""Links, anchors and images: each leads somewhere in its edition."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import SplitResult

from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.markdown.document_tree import Image, Link, Tree
from handbook.model.addresses import UNREADABLE, split_address
from handbook.model.problems import Problem, choose

_OUTSIDE = ("http", "https")
_OWN = ("localhost", "127.0.0.1", "0.0.0.0", "::1")
EXAMPLE_LINK = "../workstreams/early-help.md"

# Where a link leads: a path relative to docs/, and an anchor.
Target = tuple[str, str]


def targets(page: Page, tree: Tree) -> list[Target] | None:
    """Where the links and images of a page lead inside the handbook, or None if one is wrong by itself."""
    found = set()
    for link in tree.links:
        if _fault(page, link):
            return None
        parts = split_address(link.target)
        if not (parts.scheme or parts.netloc):
            found.add((page.leads_to(parts.path), parts.fragment))
    for image in tree.images:
        parts = split_address(image.source)
        path = page.leads_to(parts.path)
        if parts.scheme or parts.netloc or path.endswith(".md") or not (image.alternative or "").strip():
            return None
        found.add((path, ""))
    return sorted(found)


def links_lead_somewhere(edition: RenderedEdition) -> Iterator[Problem]:
    """Check every link and image of an edition. A page's tree is read only if one of its targets is not there."""
    for path, page in edition.pages.items():
        found = edition.facts(path).targets
        if found is None or not all(_is_there(edition, target) for target in found):
            yield from _check_page(edition, page)


def _is_there(edition: RenderedEdition, target: Target) -> bool:
    path, fragment = target
    if path in edition.pages:
        return not fragment or fragment in edition.facts(path).anchors
    return (path in edition.handbook.docs.files or path in edition.made) and not fragment


def _check_page(edition: RenderedEdition, page: Page) -> Iterator[Problem]:
    tree = edition.tree(page.path)
    for link in tree.links:
        if problem := _fault(page, link):
            yield problem
        else:
            yield from _link(edition, page, link)
    for image in tree.images:
        yield from _image(edition, page, image)


def _fault(page: Page, link: Link) -> Problem | None:
    """What is wrong with a link wherever it leads."""
    found = _fault_of_address(link)
    return Problem(page.shown, link.line, *found) if found else None


def _fault_of_address(link: Link) -> tuple[str, str] | None:
    if not link.target:
        return "A link that leads nowhere", "Give it an address, or take the link away"
    parts = split_address(link.target)
    if parts.scheme == UNREADABLE:
        return f"An address that cannot be read (found {link.target})", _cure_of_unreadable(link.target)
    if parts.scheme or parts.netloc:
        return _fault_outside(link.target, parts)
    if parts.path.startswith("/"):
        what = f"A link that starts at the root of a site (found {link.target})"
        return what, f"Link from this page, as in {EXAMPLE_LINK}, so that it works on a file share too"
    if link.typed and parts.path.endswith(".html"):
        file = f"{parts.path.removesuffix('.html')}.md"
        return f"A link to a page as published (found {link.target})", f"Link to its file: {file}"
    return None


def _cure_of_unreadable(target: str) -> str:
    path, _, heading = target.partition("#")
    if " " in heading and " " not in path:
        meant = f"{path}#{'-'.join(re.findall('[a-z0-9]+', heading.lower()))}"
        return f"Write a heading in small letters with hyphens: {meant}"
    return "Copy it again; write a space as %20, and a backslash as /"


def _fault_outside(target: str, parts: SplitResult) -> tuple[str, str] | None:
    """What is wrong with an address that leads outside the handbook."""
    if parts.hostname in _OWN:
        return f"A link to your own computer (found {target})", f"Link to the page's file, as in {EXAMPLE_LINK}"
    if parts.scheme in _OUTSIDE and parts.netloc:
        return None
    what = f"A link of a kind that pages may not have (found {target})"
    return what, "Link to a page of the handbook, or to an address that starts with https://"


def _link(edition: RenderedEdition, page: Page, link: Link) -> Iterator[Problem]:
    target, line = link.target, link.line
    parts = split_address(target)
    if parts.scheme or parts.netloc:
        return
    path = page.leads_to(parts.path)
    if path not in edition.pages:
        if path not in {*edition.handbook.docs.files, *edition.handbook.docs.broken, *edition.made}:
            yield _no_such_page(edition, page, target, path, line)
    elif parts.fragment and not edition.incomplete(path):
        yield from _anchor(edition, page, path, parts.fragment, line)


def _no_such_page(edition: RenderedEdition, page: Page, target: str, path: str, line: int) -> Problem:
    if path in edition.handbook.docs.pages:
        if edition.store.edition.shows(edition.handbook.docs.pages[path].audience):
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
    choices = [posixpath.relpath(other, here) for other in (*edition.pages, *edition.handbook.docs.files)]
    return Problem(
        page.shown,
        line,
        f"A link to a page that is not there (found {target})",
        choose(target, choices, "check its path from this page's folder"),
    )


def _anchor(edition: RenderedEdition, page: Page, path: str, fragment: str, line: int) -> Iterator[Problem]:
    known = edition.facts(path).anchors
    if fragment.startswith("fnref:"):
        what = f"A footnote that nothing points to (found [^{fragment.partition(':')[2]}])"
        yield Problem(page.shown, line, what, "Write the same mark in the text, or delete the note")
    elif fragment not in known:
        what = f"A link to a heading that is not there (found #{fragment} in {edition.pages[path].shown})"
        yield Problem(
            page.shown,
            line,
            what,
            choose(fragment, sorted(known), "link to the page itself, or to one of its headings"),
        )


def _image(edition: RenderedEdition, page: Page, image: Image) -> Iterator[Problem]:
    parts = split_address(image.source)
    files = edition.handbook.docs.files
    if parts.scheme or parts.netloc:
        what = f"An image from another site (found {image.source})"
        yield Problem(page.shown, image.line, what, "Put the image under docs/assets/ and link to that")
    elif page.leads_to(parts.path) not in files:
        what = f"An image that is not there (found {image.source})"
        yield Problem(page.shown, image.line, what, choose(image.source, files, "put the image under docs/assets/"))
    if not (image.alternative or "").strip():
        what = f"An image without words for those who cannot see it (found {image.source})"
        cure = "Say what it shows between the square brackets: ![what it shows](…)"
        yield Problem(page.shown, image.line, what, cure)
