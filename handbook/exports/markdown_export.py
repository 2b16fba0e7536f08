"""An edition as plain Markdown files, with the handbook's macros resolved, for any tool that reads Markdown."""

from __future__ import annotations

import posixpath
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from markdown.extensions.toc import slugify

from handbook.audit.site_audit import Finding, audit
from handbook.editions.check import check
from handbook.editions.navigation import navigation
from handbook.files.atomic import remove
from handbook.files.manifest import content_of, files_in
from handbook.files.site_marker import SiteMarker, check_folder, clear, write_marker
from handbook.html.elements import HEADINGS, Node, read_html
from handbook.html.to_markdown import MarkdownWriter
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.editions import Edition
from handbook.model.problems import ContentError

CONFIG = "mkdocs.yml"
_DOCS = "docs"


class NotForPartners(Exception):
    """What was to be exported holds something that partners may not read. Nothing was written."""

    def __init__(self, findings: list[Finding]):
        super().__init__("\n".join(map(str, findings)))


def export(root: Path, edition: Edition, folder: Path) -> int:
    """Writes an edition to `folder` as Markdown, and gives the number of its pages.

    What an export wrote there before is replaced. Raises Refused for a folder that holds anything else,
    ContentError where a rule of the handbook is broken, and NotForPartners; the folder is then as it was.
    """
    name = f"{edition} export"
    check_folder(root, folder, name)
    checked = check(root, [edition])
    if checked.errors:
        raise ContentError(checked.errors)
    written = checked.editions[edition]
    files = exported(written)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as temporary:
        new = Path(temporary) / "new"
        as_at = written.store.as_at.isoformat()
        write_marker(new, SiteMarker(name, as_at))
        for path, content in files.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(content)
        write_marker(new, SiteMarker(name, as_at, content_of(files_in(new))))
        if edition is Edition.PARTNER and (findings := audit(root, new)):
            raise NotForPartners(findings)
        clear(folder)
        remove(folder)
        new.replace(folder)
    return len(written.pages)


def exported(written: RenderedEdition) -> dict[str, bytes]:
    """Every file of the export, by its path: the pages, what they show, and a plain configuration of MkDocs."""
    trees = {path: read_html(written.parsed(path).html) for path in written.pages}
    wanted = _wanted(written, trees)
    files: dict[str, bytes] = {}
    for path, tree in trees.items():
        writer = MarkdownWriter(_link_from(written, written.pages[path]), frozenset(wanted[path] - _own_ids(tree)))
        files[f"{_DOCS}/{path}"] = writer.write(tree).encode()
    for path in sorted(written.files()):
        files[f"{_DOCS}/{path}"] = (written.handbook.root / "docs" / path).read_bytes()
    files[CONFIG] = yaml.safe_dump(_configuration(written), sort_keys=False, allow_unicode=True).encode()
    return files


def _configuration(written: RenderedEdition) -> dict[str, Any]:
    """What a tool that reads MkDocs' configuration has to know, without any plugin of ours."""
    settings = written.handbook.settings
    return {
        "site_name": settings.title,
        "site_description": settings.description,
        "use_directory_urls": False,
        "theme": {"name": "material", "language": "en", "font": False},
        "markdown_extensions": ["fenced_code", "tables", {"toc": {"permalink": False}}],
        "nav": navigation(written),
    }


def _wanted(written: RenderedEdition, trees: dict[str, Node]) -> dict[str, set[str]]:
    """By page, the ids that a link of this edition leads to."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees.items():
        for node in tree.nodes():
            parts = urlsplit(node.attributes.get("href", ""))
            if parts.fragment and not parts.scheme:
                wanted[written.pages[path].leads_to(parts.path)].add(parts.fragment)
    return wanted


def _own_ids(tree: Node) -> set[str]:
    """The ids that headings get from their words alone, wherever Markdown is read."""
    headings = [node for node in tree.nodes() if node.name in HEADINGS]
    return {slugify(node.text(), "-") for node in headings} & {node.attributes.get("id", "") for node in headings}


def _link_from(written: RenderedEdition, page: Page) -> Any:
    """What gives the address of a link on `page` among Markdown files."""

    def link(target: str) -> str:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc or not parts.path:
            return target
        path = page.leads_to(parts.path)
        if path in written.made:
            # Of a site alone: the words remain without the link.
            return ""
        address = posixpath.relpath(path, posixpath.dirname(page.path) or ".")
        return parts._replace(path=address).geturl() if path in written.pages else target

    return link
