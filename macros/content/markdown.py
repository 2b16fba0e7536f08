"""Python-Markdown as the site uses it, set to give up the tree that it makes of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import yaml
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from .template import Evaluated
from .tree import HEADINGS, Tree, TreeReader

_ALWAYS = ("toc", "tables", "fenced_code")


class Parser:
    """Python-Markdown as the site uses it, keeping the tree of what it last read."""

    def __init__(self, root: Path):
        extensions, configs = _site_extensions(root)
        self._keeper = _Keeper()
        self._markdown = Markdown(extensions=[*extensions, self._keeper], extension_configs=configs)

    def tree(self, page: Evaluated) -> Tree:
        """The tree of a page's Markdown, with lines of the page's file."""
        self._markdown.reset()
        self._markdown.convert(page.markdown)
        assert self._keeper.root is not None
        return TreeReader(self._markdown, page, self._keeper.typed_ids).read(self._keeper.root)


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


def _site_extensions(root: Path) -> tuple[list[str], dict[str, Any]]:
    """The Markdown extensions in mkdocs.yml, with MkDocs' own three."""
    listed = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8")).get("markdown_extensions") or []
    configs: dict[str, Any] = {}
    for item in listed:
        name, config = next(iter(item.items())) if isinstance(item, dict) else (item, {})
        configs[name] = config or {}
    return [*dict.fromkeys((*_ALWAYS, *configs))], configs
