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
    """Python-Markdown as the site uses it, keeping the tree of what it last read."""

    def __init__(self, extensions: dict[str, Any]):
        self._keeper = _Keeper()
        self._markdown = Markdown(extensions=[*extensions, self._keeper], extension_configs=extensions)
        self._read: dict[tuple[str, tuple[int, ...]], tuple[Tree, str]] = {}

    def tree(self, page: Evaluated) -> Tree:
        """The tree of a page's Markdown, with lines of the page's file."""
        return self._once(page)[0]

    def html(self, page: Evaluated) -> str:
        """A page's Markdown as the HTML of its content."""
        return self._once(page)[1]

    def _once(self, page: Evaluated) -> tuple[Tree, str]:
        """Many pages are the same in both editions; such a page is read once."""
        key = (page.markdown, tuple(page.lines))
        if key not in self._read:
            self._markdown.reset()
            self._keeper.root = None
            html = self._markdown.convert(page.markdown)
            # A page without text has no tree: Python-Markdown does not get so far.
            root = self._keeper.root if self._keeper.root is not None else Element("div")
            self._read[key] = TreeReader(self._markdown, page, self._keeper.typed_ids).read(root), html
        return self._read[key]


def unusable(extensions: dict[str, Any]) -> dict[str, str]:
    """The extensions that Python-Markdown cannot use, each with its reason."""
    found = {}
    for name, settings in extensions.items():
        try:
            Markdown(extensions=[name], extension_configs={name: settings})
        except Exception as error:  # An extension is code of another's, and may raise anything.
            found[name] = str(error).partition("\n")[0]
    return found


class _Keeper(Extension):
    """Keeps the finished tree, after every other tree processor has run, and the ids as typed."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Element | None = None
        self.typed_ids: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        keeper = self

        class Keep(Treeprocessor):
            def run(self, root: Element) -> None:
                keeper.root = root

        class KeepTypedIds(Treeprocessor):
            def run(self, root: Element) -> None:
                keeper.typed_ids = [element.get("id", "") for element in root.iter() if element.tag in HEADINGS]

        md.treeprocessors.register(Keep(md), "handbook-keep", -1000)
        # After attr_list has read `{: #id }` (8), before toc gives the second of two equal ids another (5).
        md.treeprocessors.register(KeepTypedIds(md), "handbook-keep-ids", 6)
