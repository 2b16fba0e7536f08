"""What a page holds, read from the tree that Python-Markdown makes of it.

Links, headings, images and raw HTML are found in the tree that becomes the site, with the
site's own extensions, so that nothing is found that is not there and nothing there is missed.
Python-Markdown keeps no line numbers: a thing's line is where its own text next stands in the
Markdown, and from there the line of the page or of the call that made it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE, STX

from handbook.html.reader import HtmlReader
from handbook.markdown.source import MarkdownSource

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset((*HEADINGS, "p", "li", "tr", "dd", "dt", "blockquote", "caption", "figcaption"))
_CODE = frozenset(("code", "pre"))


@dataclass(frozen=True)
class Link:
    """A link. `typed` is true where the page has it as Markdown, and not as a macro's HTML."""

    target: str
    text: str
    line: int
    typed: bool


@dataclass(frozen=True)
class Image:
    source: str
    alternative: str | None
    line: int


@dataclass(frozen=True)
class Heading:
    """A heading. `typed_id` is the id that the page gives it, `id` the one that it ends up with."""

    level: int
    id: str
    typed_id: str
    text: str
    line: int


@dataclass(frozen=True)
class RawTag:
    """A tag written as HTML, with its attributes."""

    name: str
    attributes: tuple[tuple[str, str | None], ...]
    line: int


@dataclass(frozen=True)
class Block:
    """A paragraph, list item or table row: its own text, without code and without inner blocks."""

    text: str
    line: int


@dataclass
class Tree:
    """What one edition of a page holds."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    raw: list[RawTag] = field(default_factory=list)
    marked: list[RawTag] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    code: list[Block] = field(default_factory=list)
    ids: list[tuple[str, int]] = field(default_factory=list)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Everything on the page that a link can lead to."""
        return frozenset(heading.id for heading in self.headings) | {name for name, _ in self.ids}


class TreeReader:
    """Walks a tree in the order of the page, keeping its place in the Markdown."""

    def __init__(self, markdown: Markdown, page: MarkdownSource, typed_ids: list[str]):
        self.typed_ids = iter(typed_ids)
        self.stash = markdown.htmlStash.rawHtmlBlocks
        self.page = page
        self.lines = page.markdown.split("\n")
        self.at = 0
        self.tree = Tree()

    def read(self, root: Element) -> Tree:
        self._element(root)
        return self.tree

    def _element(self, element: Element) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS:
            own = _clean("".join(self._own_text(element)))
            if tag in HEADINGS:
                self._go_to(own, heading=True)
                self.tree.headings.append(
                    Heading(int(tag[1]), element.get("id", ""), next(self.typed_ids, ""), own, self._line())
                )
            elif own.strip():
                self._go_to_words(own)
                self.tree.blocks.append(Block(own, self._line()))
        if element.attrib:
            self.tree.marked.append(RawTag(tag, tuple(element.attrib.items()), self._line()))
        if element.get("id") and tag not in HEADINGS:
            self.tree.ids.append((element.get("id", ""), self._line()))
        if tag == "a" and element.get("href") is not None:
            target = element.get("href", "")
            self._go_to(target or "]()")
            self.tree.links.append(Link(target, _clean("".join(self._own_text(element))), self._line(), True))
        elif tag == "img":
            self._go_to(element.get("src", ""))
            self.tree.images.append(Image(element.get("src", ""), element.get("alt"), self._line()))
        if tag == "pre":
            code = html.unescape("".join(element.itertext()))
            self._go_to_words(code)
            self.tree.code.append(Block(code, self._line()))
        if tag not in _CODE:
            self._raw_in(element.text)
        for child in element:
            self._element(child)
            self._raw_in(child.tail)

    def _raw_in(self, text: str | None) -> None:
        if not text or STX not in text:
            return
        for match in HTML_PLACEHOLDER_RE.finditer(text):
            stashed = self.stash[int(match[1])]
            if isinstance(stashed, Element):
                self._element(stashed)
            else:
                for name, attributes in _tags(str(stashed)):
                    self._raw_tag(name, attributes)

    def _raw_tag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attributes}
        self._go_to(f"<{name}")
        line = self._line()
        self.tree.raw.append(RawTag(name, tuple(attributes), line))
        if given.get("id"):
            self.tree.ids.append((given["id"], line))
        if name == "a" and "href" in given:
            self.tree.links.append(Link(given["href"], "", line, False))
        elif name == "img":
            self.tree.images.append(Image(given.get("src", ""), dict(attributes).get("alt"), line))

    def _own_text(self, element: Element) -> Iterator[str]:
        """The text of an element up to the blocks inside it, without code."""
        if element.tag in _CODE:
            return
        yield element.text or ""
        for child in element:
            if child.tag not in _BLOCKS and child.tag not in ("ul", "ol", "table", "dl"):
                yield from self._own_text(child)
                yield " " if child.tag in ("td", "th") else ""
            yield child.tail or ""

    def _go_to(self, needle: str, heading: bool = False) -> bool:
        """Moves on to the next line that holds `needle`; stays where it is, and gives False, when none does."""
        lines = self.lines
        for number in chain(range(self.at, len(lines)), range(self.at)) if needle else ():
            if needle in lines[number] and (not heading or lines[number].lstrip().startswith("#")):
                self.at = number
                return True
        return False

    def _go_to_words(self, text: str) -> None:
        """Moves on to the line that starts with the text, or with as much of it as is not mark-up."""
        words = text.split(maxsplit=6)
        for count in (6, 3, 1):
            if self._go_to(_first_words(" ".join(words[:count]))):
                return

    def _line(self) -> int:
        return self.page.source_line(self.at + 1)


class _Tags(HtmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))

    def handle_comment(self, data: str) -> None:
        self.found.append(("!--", []))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("!doctype", []))

    def handle_pi(self, data: str) -> None:
        self.found.append(("?", []))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("![", []))


@lru_cache(maxsize=4096)
def _tags(text: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    parser = _Tags()
    parser.read(text)
    return parser.found


_PLACEHOLDER = re.compile(f"{STX}[^\x03]*\x03")


def _clean(text: str) -> str:
    """Text without Python-Markdown's placeholders for what it has put aside."""
    return _PLACEHOLDER.sub("", text).strip()


def _first_words(text: str) -> str:
    """Enough of a text to find its line by: its first words without the mark-up of its source."""
    if text.startswith("```"):
        return "```"
    parts = re.split(r"[\n*_`\[\]<>\\\u2018\u2019\u201c\u201d&]", text)
    return next((words[:60] for part in parts if (words := part.strip())), "")
