"""Python-Markdown's reading of what stands inside a line, made quick.

Python-Markdown tries some thirty patterns on every piece of text, most of which hold none of them.
Here a pattern that is nowhere in a text is passed over at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

from markdown import Markdown
from markdown.inlinepatterns import HtmlInlineProcessor
from markdown.inlinepatterns import InlineProcessor as Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import STX, AtomicString

from handbook.markdown.fast_path.required_characters import needed_by

Search = Callable[[str, int], Any]
# Stands in every text, and so is what a pattern needs of which nothing else is known.
_ANYWHERE = ""


class _Quick(InlineProcessor):
    """Python-Markdown's own processor, whose loop over the patterns this replaces."""

    @cached_property
    def _patterns(self) -> list[tuple[Any, frozenset[str], Search]]:
        """Each pattern with two quick ways to tell that it is not in a text: what it needs, and a search."""
        return [(pattern, *_quick_ways(pattern)) for pattern in self.inlinePatterns]

    @cached_property
    def _signs(self) -> list[str]:
        """The characters that patterns need."""
        return sorted(frozenset().union(*(needed for _, needed, _ in self._patterns)))

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        patterns, signs, start = self._patterns, self._signs, 0
        present = [sign for sign in signs if sign in data]
        while present and patternIndex < len(patterns):
            pattern, needed, search = patterns[patternIndex]
            if needed.isdisjoint(present) or search(data, start) is None:
                matched, start = False, 0
            elif type(pattern) is HtmlInlineProcessor:
                data, start = self._without_tags(data, pattern), 0
                present = [sign for sign in signs if sign in data]
                matched = False
            else:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, patternIndex, start)
            if matched:
                present = [sign for sign in signs if sign in data]
            else:
                patternIndex += 1
        return data

    def _without_tags(self, data: str, pattern: HtmlInlineProcessor) -> str:
        """The text with every tag put aside, as one after the other would be: what macros write has many."""

        def put_aside(found: re.Match[str]) -> str:
            raw = found[1]
            if STX in raw:
                raw = pattern.backslash_unescape(pattern.unescape(raw))
            return self._InlineProcessor__stashNode(self.md.htmlStash.store(raw), pattern.type())

        return pattern.getCompiledRegExp().sub(put_aside, data)


def _quick_ways(pattern: Any) -> tuple[frozenset[str], Search]:
    if not isinstance(pattern, Pattern):
        return frozenset((_ANYWHERE,)), lambda _data, _start: True
    compiled = pattern.getCompiledRegExp()
    return needed_by(compiled) or frozenset((_ANYWHERE,)), compiled.search


def quicken(markdown: Markdown) -> None:
    """Makes `markdown`, once all its extensions are in, read lines the quick way."""
    for processor in markdown.treeprocessors:
        if type(processor) is InlineProcessor:
            processor.__class__ = _Quick
