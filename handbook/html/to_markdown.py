"""A page's HTML as plain Markdown, which any reader of Markdown shows: no classes, cards or buttons.

What a tap opens (the date and source of a figure) becomes the title of a link. What a link leads to
that is no heading gets an anchor. A drawing is left out: a table or list beside it says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handbook.html.elements import HEADINGS, Node

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "cite",
        "code",
        "em",
        "i",
        "img",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
    ]
)
_INDENT = "    "
# What would start a heading, a quotation, a table or a list, and where a backslash goes in it.
_OPENING = re.compile(r"^()([#>|]|[+-] )|^(\d+)([.)] )")
# What is a mark of Markdown wherever it stands, and an underscore at the end of a word. The first sign tells most texts apart.
_MARKS = re.compile(r"[\\`*\[\]]|_(?:(?<![^\W_]_)|(?![^\W_]))")
# One of these is in every text that is written otherwise than it stands.
_SPECIAL = re.compile(r"[\\`*\[\]_&<]")
_ENTITY = re.compile(r"&(?=#?\w+;)")


@dataclass(frozen=True)
class MarkdownWriter:
    """Writes the Markdown of a page. `link` gives the address that a link has among Markdown files;
    `anchors` are the ids that something leads to and that no heading has of itself."""

    link: Callable[[str], str]
    anchors: frozenset[str]

    def write(self, page: Node) -> str:
        """The page's Markdown."""
        return "\n\n".join(self._blocks(page)) + "\n"

    # Blocks, each as its lines

    def _blocks(self, parent: Node) -> Iterator[str]:
        """The blocks in an element; text that stands among them is a block of its own."""
        line: list[Node | str] = []
        for part in parent.inside:
            if isinstance(part, str) or part.unseen or part.name in _INLINE:
                line.append(part)
                continue
            yield from self._paragraph(line)
            line = []
            yield from self._block(part)
        yield from self._paragraph(line)

    def _paragraph(self, parts: list[Node | str]) -> Iterator[str]:
        if text := self._line(parts):
            yield _OPENING.sub(lambda match: "\\".join(group for group in match.groups() if group is not None), text)

    def _block(self, node: Node) -> Iterator[str]:
        if node.name in HEADINGS:
            yield f"{'#' * int(node.name[1])} {self._anchor(node)}{self._line(node.inside)}"
        elif node.name in ("ul", "ol"):
            yield _list(list(self._items(node)))
        elif node.name == "dl":
            yield _list(list(self._terms(node)))
        elif node.name == "table":
            yield "\n".join(self._rows(node))
        elif node.name == "pre":
            yield _fence(node)
        elif node.name == "blockquote" or node.attributes.get("role") == "note":
            yield "\n".join(f"> {line}".rstrip() for line in "\n\n".join(self._blocks(node)).split("\n"))
        elif node.name == "hr":
            yield "---"
        else:
            blocks = list(self._blocks(node))
            if anchor := self._anchor(node):
                blocks[:1] = [anchor + "".join(blocks[:1])]
            yield from blocks

    def _items(self, node: Node) -> Iterator[str]:
        for number, item in enumerate((part for part in node.nodes() if _is_item(node, part)), 1):
            yield _item(f"{number}." if node.name == "ol" else "-", self._anchor(item), list(self._blocks(item)))

    def _terms(self, node: Node) -> Iterator[str]:
        """A list of terms, which plain Markdown does not have: what is said of each stands below it."""
        term = ""
        for part in node.inside:
            if isinstance(part, Node) and part.name in ("dt", "dd", "div"):
                if part.name == "div":
                    yield from self._terms(part)
                elif part.name == "dt":
                    term = f"{self._anchor(part)}**{self._line(part.inside)}**"
                else:
                    yield _item("-", "", [term, *self._blocks(part)])

    def _rows(self, node: Node) -> Iterator[str]:
        rows = [part for part in node.nodes() if part.name == "tr"]
        for number, row in enumerate(rows):
            cells = [part for part in row.inside if isinstance(part, Node) and part.name in ("th", "td")]
            texts = ["<br>".join(self._cell(cell)).replace("|", "\\|").replace("\n", " ") for cell in cells]
            if texts:
                texts[0] = self._anchor(row) + texts[0]
            yield f"| {' | '.join(texts)} |"
            if number == 0:
                yield "| --- " * len(cells) + "|"

    def _cell(self, node: Node) -> Iterator[str]:
        """The lines of a table's cell, where plain Markdown has no lists: each item is a line."""
        items = [part for part in node.nodes() if part.name == "li"]
        for part in items or [node]:
            yield from self._blocks(part)

    # Lines

    def _line(self, parts: list[Node | str]) -> str:
        return " ".join("".join(map(self._inline, parts)).split())

    def _inline(self, part: Node | str) -> str:
        if isinstance(part, str):
            return _escaped(part)
        if part.unseen:
            return ""
        inside = "".join(map(self._inline, part.inside))
        if part.name == "a":
            return self._anchor(part) + _link(inside, self.link(part.attributes.get("href", "")), part)
        if part.name == "img":
            alternative = _escaped(part.attributes.get("alt", ""))
            return f"![{alternative}]({self.link(part.attributes.get('src', ''))})"
        if part.name == "br":
            return "<br>"
        if part.name == "code":
            return _code(part.text())
        card = next((inner for inner in part.inside if isinstance(inner, Node) and "popover" in inner.attributes), None)
        if card:
            return self._with_card(inside, card)
        mark = {"strong": "**", "b": "**", "em": "*", "i": "*"}.get(part.name, "")
        return self._anchor(part) + _marked(inside, mark)

    def _with_card(self, inside: str, card: Node) -> str:
        """What a tap opens, as the title of a link to where there is more of it."""
        _, *said = [node.text() for node in card.inside if isinstance(node, Node) and node.name != "a"]
        target = next((node.attributes.get("href", "") for node in card.nodes() if node.name == "a"), "")
        title = ". ".join(text.rstrip(".") for text in said)
        return _link(inside, self.link(target), Node("a", {"title": title})) if target else inside

    def _anchor(self, node: Node) -> str:
        name = node.attributes.get("id", "")
        return f'<a id="{name}"></a>' if name in self.anchors else ""


def _is_item(parent: Node, part: Node) -> bool:
    return part.name == "li" and any(part is inner for inner in parent.inside)


def _list(items: list[str]) -> str:
    """Items with empty lines between them if one has more than a line."""
    return ("\n\n" if any("\n\n" in item for item in items) else "\n").join(items)


def _item(mark: str, anchor: str, blocks: list[str]) -> str:
    text = "\n\n".join(blocks)
    return f"{mark} {anchor}" + "\n".join(f"{_INDENT}{line}" if line else "" for line in text.split("\n")).lstrip()


def _link(words: str, target: str, node: Node) -> str:
    title = _escaped(node.attributes.get("title", "")).replace('"', "&quot;")
    if not words.strip() or not target:
        return words
    return f'[{words.strip()}]({target} "{title}")' if title else f"[{words.strip()}]({target})"


def _marked(text: str, mark: str) -> str:
    """Text in bold or italics, with the spaces around it left outside."""
    words = text.strip()
    return text.replace(words, f"{mark}{words}{mark}") if words and mark else text


def _code(text: str) -> str:
    if "`" in text:
        return f"`` {text} ``"
    return f"`{text}`" if text else ""


def _fence(node: Node) -> str:
    """Code as it stands, between fences that are longer than any in it."""
    raw = "".join(part if isinstance(part, str) else _raw(part) for part in node.inside).strip("\n")
    language = next((inner.attributes.get("class", "") for inner in node.nodes() if inner.name == "code"), "")
    fence = max(re.findall(r"^`{3,}", raw, re.MULTILINE), default="``") + "`"
    return f"{fence}{language.removeprefix('language-')}\n{raw}\n{fence}"


def _raw(node: Node) -> str:
    return "".join(part if isinstance(part, str) else _raw(part) for part in node.inside)


def _escaped(text: str) -> str:
    """Text as Markdown that shows exactly that."""
    if not _SPECIAL.search(text):
        return text
    text = _MARKS.sub(lambda mark: f"\\{mark[0]}", text)
    return _ENTITY.sub("&amp;", text).replace("<", "&lt;")
