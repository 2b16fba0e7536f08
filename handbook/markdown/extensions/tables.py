"""A Markdown extension: tables that people write get the form of the tables that macros make.

Each is wrapped, so that it can scroll or be laid out as cards on a narrow screen without a
script, and each cell knows the name of its column. The first cell of a row is its heading.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class _Tables(Treeprocessor):
    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                if child.tag == "table" and child.get("class") is None:
                    parent[index] = _wrapped(child)


def _wrapped(table: Element) -> Element:
    table.set("class", "records")
    names = ["".join(cell.itertext()) for cell in table.iterfind("thead/tr/th")]
    for cell in table.iterfind("thead/tr/th"):
        cell.set("scope", "col")
    for row in table.iterfind("tbody/tr"):
        for index, cell in enumerate(row):
            if index == 0:
                cell.tag = "th"
                cell.set("scope", "row")
            elif index < len(names) and names[index]:
                cell.set("data-label", names[index])
    wrapper = Element("div", {"class": "table"})
    wrapper.tail, table.tail = table.tail, None
    wrapper.append(table)
    return wrapper


class TablesExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        # After what stands in the cells has been read (20).
        md.treeprocessors.register(_Tables(md), "handbook-tables", 15)


def makeExtension(**options: Any) -> TablesExtension:  # noqa: N802 (Python-Markdown's name)
    """What Python-Markdown calls to have the extension."""
    return TablesExtension(**options)
