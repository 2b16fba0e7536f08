"""Links, anchors and images: each must lead somewhere in the edition it stands in."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.markdown.document_tree import Link, Tree
from handbook.model.addresses import UNREADABLE, split_address
from handbook.model.problems import Problem, choose

_OUTSIDE = ("http", "https")
_OWN = ("localhost", "127.0.0.1", "0.0.0.0", "::1")


# A file below docs/ that a link leads to, and the anchor in it.
Target = tuple[str, str]


def targets(page: Page, tree: Tree) -> list[Target] | None:
    """Where the links and images of a page lead inside the handbook. None where one is wrong in itself."""
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


def links_lead_somewhere(written: RenderedEdition) -> Iterator[Problem]:
    """Every link and image of an edition's pages. A page is looked at closely only if one of them may be wrong."""
    for path, page in written.pages.items():
        found = written.facts(path).targets
        if found is None or not all(_is_there(written, target) for target in found):
            yield from _closely(written, page)


def _is_there(written: RenderedEdition, target: Target) -> bool:
    path, fragment = target
    if path in written.pages:
        return not fragment or fragment in written.facts(path).anchors
    return (path in written.handbook.docs.files or path in written.made) and not fragment


def _closely(written: RenderedEdition, page: Page) -> Iterator[Problem]:
    tree = written.tree(page.path)
    for link in tree.links:
        if problem := _fault(page, link):
            yield problem
        else:
            yield from _link(written, page, link)
    for image in tree.images:
        yield from _image(written, page, image.source, image.alternative, image.line)


def _fault(page: Page, link: Link) -> Problem | None:
    """What is wrong with a link wherever it leads."""
    target, line = link.target, link.line
    if not target:
        return Problem(page.shown, line, "A link that leads nowhere", "Give it an address, or take the link away")
    parts = split_address(target)
    if parts.scheme == UNREADABLE:
        what = f"An address that cannot be read (found {target})"
        if " " in (heading := target.partition("#")[2]) and " " not in target.partition("#")[0]:
            meant = f"{target.partition('#')[0]}#{'-'.join(re.findall('[a-z0-9]+', heading.lower()))}"
            return Problem(page.shown, line, what, f"Write a heading in small letters with hyphens: {meant}")
        return Problem(page.shown, line, what, "Copy it again; write a space as %20, and a backslash as /")
    if parts.scheme or parts.netloc:
        if parts.hostname in _OWN:
            what = f"A link to your own computer (found {target})"
            return Problem(page.shown, line, what, "Link to the page's file, as in ../workstreams/neglect.md")
        if parts.scheme in _OUTSIDE and parts.netloc:
            return None
        return Problem(
            page.shown,
            line,
            f"A link of a kind that pages may not have (found {target})",
            "Link to a page of the handbook, or to an address that starts with https://",
        )
    if parts.path.startswith("/"):
        return Problem(
            page.shown,
            line,
            f"A link that starts at the root of a site (found {target})",
            "Link from this page, as in ../workstreams/neglect.md, so that it works on a file share too",
        )
    if link.typed and parts.path.endswith(".html"):
        file = f"{parts.path.removesuffix('.html')}.md"
        what = f"A link to a page as published (found {target})"
        return Problem(page.shown, line, what, f"Link to its file: {file}")
    return None


def _link(written: RenderedEdition, page: Page, link: Link) -> Iterator[Problem]:
    target, line = link.target, link.line
    parts = split_address(target)
    if parts.scheme or parts.netloc:
        return
    path = page.leads_to(parts.path)
    if path not in written.pages:
        if path not in {*written.handbook.docs.files, *written.handbook.docs.broken, *written.made}:
            yield _no_such_page(written, page, target, path, line)
    elif parts.fragment and not written.incomplete(path):
        yield from _anchor(written, page, path, parts.fragment, line)


def _no_such_page(written: RenderedEdition, page: Page, target: str, path: str, line: int) -> Problem:
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


def _anchor(written: RenderedEdition, page: Page, path: str, fragment: str, line: int) -> Iterator[Problem]:
    known = written.facts(path).anchors
    if fragment.startswith("fnref:"):
        what = f"A footnote that nothing points to (found [^{fragment.partition(':')[2]}])"
        yield Problem(page.shown, line, what, "Write the same mark in the text, or delete the note")
    elif fragment not in known:
        what = f"A link to a heading that is not there (found #{fragment} in {written.pages[path].shown})"
        yield Problem(
            page.shown,
            line,
            what,
            choose(fragment, sorted(known), "link to the page itself, or to one of its headings"),
        )


def _image(written: RenderedEdition, page: Page, source: str, alternative: str | None, line: int) -> Iterator[Problem]:
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
