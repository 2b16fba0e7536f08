"""A Markdown extension: sections that stand side by side where there is room.

A heading says so with `{: .column }`. It and what follows it, up to the next heading of its level
or a higher one, are one column; columns that follow each other stand in one row.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from handbook.markdown.document_tree import HEADINGS


class _Columns(Treeprocessor):
    def run(self, root: Element) -> None:
        if not any("column" in (heading.get("class") or "").split() for heading in root):
            return
        row: Element | None = None
        column: Element | None = None
        for element in list(root):
            if element.tag in HEADINGS and (column is None or element.tag <= column[0].tag):
                column = None
                if "column" in (element.get("class") or "").split():
                    if row is None:
                        row = Element("div", {"class": "columns"})
                        root.insert(list(root).index(element), row)
                    column = Element("section", {"class": "column"})
                    row.append(column)
                    del element.attrib["class"]
                else:
                    row = None
            if column is not None:
                root.remove(element)
                column.append(element)


class ColumnsExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        # After attr_list has read `{: .column }` (8), and before toc (5).
        md.treeprocessors.register(_Columns(md), "handbook-columns", 7)


def makeExtension(**options: Any) -> ColumnsExtension:  # noqa: N802 (Python-Markdown's name)
    """What Python-Markdown calls to have the extension."""
    return ColumnsExtension(**options)
