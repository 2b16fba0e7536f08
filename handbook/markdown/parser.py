"""Python-Markdown as the site uses it: one reading of a page gives its tree and its HTML."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlunsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX

from handbook.markdown.document_tree import HEADINGS, Tree, TreeReader
from handbook.markdown.fast_path import quicken
from handbook.markdown.source import MarkdownSource
from handbook.model.addresses import relative, split_address


@dataclass(frozen=True)
class ParsedPage:
    """What a page's Markdown makes: its tree, the HTML of its content, and its headings as the toc extension nests them."""

    tree: Tree
    html: str
    headings: list[dict[str, Any]] = field(default_factory=list)


class PageParser:
    """Reads pages with the site's own extensions."""

    def __init__(self, extensions: dict[str, Any]):
        self._ids = _TypedIds()
        self._markdown = Markdown(extensions=[*extensions, self._ids], extension_configs=extensions)
        quicken(self._markdown)

    def page(self, page: MarkdownSource, folder: str) -> ParsedPage:
        """What the Markdown of a page in `folder` makes. Links to pages lead to them as they are published."""
        root = self._root(page.markdown)
        tree = TreeReader(self._markdown, page, self._ids.found).read(root)
        _publish_links(root, folder)
        return ParsedPage(tree, self._html(root), getattr(self._markdown, "toc_tokens", []))

    def tree(self, page: MarkdownSource) -> Tree:
        """The tree of a page's Markdown, with lines of the page's file."""
        root = self._root(page.markdown)
        return TreeReader(self._markdown, page, self._ids.found).read(root)

    def _root(self, text: str) -> Element:
        """What Python-Markdown's `convert` does up to the point where it writes the tree as HTML."""
        self._markdown.reset()
        self._markdown.lines = text.split("\n")
        for preprocessor in self._markdown.preprocessors:
            self._markdown.lines = preprocessor.run(self._markdown.lines)
        root = self._markdown.parser.parseDocument(self._markdown.lines).getroot()
        for treeprocessor in self._markdown.treeprocessors:
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
        return root

    def _html(self, root: Element) -> str:
        """The rest of what `convert` does."""
        html = self._markdown.serializer(root)
        html = html.partition(f"<{self._markdown.doc_tag}>")[2].rpartition(f"</{self._markdown.doc_tag}>")[0].strip()
        for postprocessor in self._markdown.postprocessors:
            html = postprocessor.run(html)
        return html.strip()


def _publish_links(root: Element, folder: str) -> None:
    """Turns links to files below docs/ from a page in `folder` into links to what they are published as."""
    for element in root.iter():
        key = {"a": "href", "img": "src"}.get(element.tag)
        if key and (target := element.get(key)):
            element.set(key, _published(target, folder))


def _published(target: str, folder: str) -> str:
    parts = split_address(target)
    # An address with a character from Python-Markdown's own stash is an e-mail address.
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/") or STX in target:
        return target
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    if path.endswith(".md"):
        path = f"{path.removesuffix('.md')}.html"
    return urlunsplit(("", "", relative(path, folder), parts.query, parts.fragment))


def unusable(extensions: dict[str, Any]) -> dict[str, str]:
    """The extensions that Python-Markdown cannot use, each with its reason."""
    found = {}
    for name, settings in extensions.items():
        try:
            Markdown(extensions=[name], extension_configs={name: settings})
        except Exception as error:  # An extension is code of another's, and may raise anything.
            found[name] = str(error).partition("\n")[0]
    return found


class _TypedIds(Extension):
    """Keeps the ids of headings as they were typed, before the second of two equal ones is given another."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        keeper = self

        class Keep(Treeprocessor):
            def run(self, root: Element) -> None:
                keeper.found = [element.get("id", "") for element in root.iter() if element.tag in HEADINGS]

        # After attr_list has read `{: #id }` (8), before toc (5).
        md.treeprocessors.register(Keep(md), "handbook-typed-ids", 6)
