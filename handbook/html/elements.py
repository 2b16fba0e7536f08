"""The elements of a page's HTML, as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handbook.html.reader import HtmlReader

_VOID = frozenset(("br", "hr", "img", "input", "wbr", "col", "meta", "link"))
_UNSEEN = frozenset(("script", "style", "template", "button", "summary", "svg"))
_SPACES = re.compile(r"\s+")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Node:
    """An element and what is in it: text, and other elements."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        """The element and every element in it."""
        yield self
        for part in self.inside:
            if isinstance(part, Node):
                yield from part.nodes()

    def text(self) -> str:
        """All text in it, with single spaces."""
        texts = (part if isinstance(part, str) else part.text() for part in self.inside)
        return _SPACES.sub(" ", "".join(texts))

    @property
    def unseen(self) -> bool:
        return self.name in _UNSEEN or "hidden" in self.attributes or "popover" in self.attributes


def read_html(html: str) -> Node:
    """The elements of a piece of HTML, under one that has no name."""
    reader = _Reader()
    reader.read(html)
    return reader.open[0]


class _Reader(HtmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].name == tag:
            self.open.pop()
        elif any(node.name == tag for node in self.open):
            while self.open.pop().name != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)
