"""Python-Markdown's search for blocks of raw HTML, made quick.

Python-Markdown reads a whole page as HTML to find them. Words and tags that stand in a line hold none, and
what the handbook's macros write is XML, whose end is quick to find. From what is neither on, a page is read
as ever.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from xml.parsers import expat

from markdown import Markdown
from markdown.preprocessors import HtmlBlockPreprocessor

from handbook.html.reader import is_far_reaching

# Tags that stand in a line. Whether Python-Markdown takes one for a block is asked of it.
_INLINE = ("a", "abbr", "b", "br", "button", "cite", "code", "em", "i", "small", "span", "strong", "sub", "sup", "time")
_BLOCK = re.compile(r"(?:\A|(?<=\n))<([a-z][a-z0-9]*)[ \n>]")
# What Python-Markdown takes otherwise than XML does, or writes otherwise than it stands.
_ODD = re.compile(r"`|&#(?!\d+;|x[0-9a-f]+;)")


class _Quick(HtmlBlockPreprocessor):
    @cached_property
    def _plain(self) -> re.Pattern[str]:
        """Words, whole tags that stand in a line, and signs by name: what Python-Markdown leaves as it is."""
        names = "|".join(name for name in _INLINE if not self.md.is_block_level(name))
        tag = rf'<(?:{names})(?: [a-z-]+(?:="[^"<>`\n]*")?)*(?: ?/)?>|</(?:{names})>'
        return re.compile(rf"(?:[^<&]++|{tag}|&(?:[a-zA-Z]+;| ))*+")

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if is_far_reaching(text) or text.rfind("<") > text.rfind(">"):
            return super().run(lines)
        # As long as the text, with nothing in it that only HTML has a name for.
        as_xml = text.encode("ascii", "replace").replace(b"&", b"_")
        found, start = [], 0
        while True:
            plain = self._plain.match(text, start)
            at = plain.end() if plain else start
            if at == len(text):
                return "".join([*found, text[start:]]).split("\n")
            block = _BLOCK.match(text, at)
            end = _end_of_element(as_xml, at) if block and self.md.is_block_level(block[1]) else at
            if end == at or text[end] != "\n" or _ODD.search(text, at, end):
                # What comes before an empty line has no bearing on what follows.
                empty = text.rfind("\n\n", start, at)
                rest = start if empty < 0 else empty + 2
                lines = super().run(text[rest:].split("\n"))
                return "".join([*found, text[start:rest], "\n".join(lines)]).split("\n")
            raw = text[at:end] + ("\n" if text.startswith("\n\n", end) else "")
            found += [text[start:at], "\n", self.md.htmlStash.store(raw), "\n\n"]
            start = end


class _Found(Exception):
    """Ends the reading of an element at its end."""


def _end_of_element(data: bytes, at: int) -> int:
    """Where the element ends that begins at a place: there itself, where what follows is no XML or no such element."""
    depth, parser = 0, expat.ParserCreate()

    def start(name: str, _: Any) -> None:
        nonlocal depth
        depth += 1
        if name == "hr":
            raise _Found(0)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1
        if not depth:
            raise _Found(parser.CurrentByteIndex)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(memoryview(data)[at:], False)
    except _Found as found:
        last = at + found.args[0]
        return data.index(b">", last) + 1 if data.startswith(b"</", last) else at
    except expat.ExpatError:
        pass
    return at


def quicken(markdown: Markdown) -> None:
    """Makes `markdown`, once all its extensions are in, look for raw HTML the quick way."""
    for preprocessor in markdown.preprocessors:
        if type(preprocessor) is HtmlBlockPreprocessor:
            preprocessor.__class__ = _Quick
