"""Python-Markdown as the site uses it, set to give up the tree that it makes of a page."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from .template import Evaluated
from .tree import HEADINGS, Tree, TreeReader


class Parser:
    """Python-Markdown as the site uses it, giving the tree that it makes of a page."""

    def __init__(self, extensions: dict[str, Any]):
        self._ids = _TypedIds()
        self._markdown = Markdown(extensions=[*extensions, self._ids], extension_configs=extensions)
        self._trees: dict[tuple[str, tuple[int, ...]], Tree] = {}

    def tree(self, page: Evaluated) -> Tree:
        """The tree of a page's Markdown, with lines of the page's file.

        Many pages are the same in both editions; such a page is read once.
        """
        key = (page.markdown, tuple(page.lines))
        if key not in self._trees:
            root = self._parsed(page.markdown)
            self._trees[key] = TreeReader(self._markdown, page, self._ids.found).read(root)
        return self._trees[key]

    def html(self, page: Evaluated) -> str:
        """A page's Markdown as the HTML of its content."""
        self._markdown.reset()
        return self._markdown.convert(page.markdown)

    def _parsed(self, text: str) -> Element:
        """What Python-Markdown's `convert` does up to the point where it would write the tree as HTML."""
        self._markdown.reset()
        self._markdown.lines = text.split("\n")
        for preprocessor in self._markdown.preprocessors:
            self._markdown.lines = preprocessor.run(self._markdown.lines)
        root = self._markdown.parser.parseDocument(self._markdown.lines).getroot()
        for treeprocessor in self._markdown.treeprocessors:
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
        return root


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
