"""Python-Markdown's reading of what stands inside a line, made quick.

Python-Markdown tries some thirty patterns on every piece of text, most of which hold none of them.
Here a pattern that is nowhere in a text is passed over at once. What comes of a page is the same.
"""

from __future__ import annotations

import re
import re._constants as kind
import re._parser as reader
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor as Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

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
            else:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, patternIndex, start)
            if matched:
                present = [sign for sign in signs if sign in data]
            else:
                patternIndex += 1
        return data


def _quick_ways(pattern: Any) -> tuple[frozenset[str], Search]:
    if not isinstance(pattern, Pattern):
        return frozenset((_ANYWHERE,)), lambda _data, _start: True
    compiled = pattern.getCompiledRegExp()
    return needed_by(compiled) or frozenset((_ANYWHERE,)), compiled.search


def needed_by(compiled: re.Pattern[str]) -> frozenset[str]:
    """Characters of which every text with this pattern in it holds one; none where that cannot be told."""
    if compiled.flags & re.IGNORECASE:
        return frozenset()
    return _needed(reader.parse(compiled.pattern, compiled.flags))


def _needed(parts: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """As `needed_by`, for a pattern as Python's own reader of patterns gives it, which is the same since Python 3.11."""
    ways = [way for what, more in parts if (way := _needed_by_part(what, more))]
    # Letters, digits and spaces stand in most texts, so that a way without them tells more.
    return min(
        ways, key=lambda way: (sum(sign.isalnum() or sign == " " for sign in way), len(way)), default=frozenset()
    )


def _needed_by_part(what: Any, more: Any) -> frozenset[str]:
    if what is kind.LITERAL:
        return frozenset(chr(more))
    if what is kind.IN:
        return (
            frozenset(chr(sign) for _, sign in more) if all(each is kind.LITERAL for each, _ in more) else frozenset()
        )
    if what in (kind.SUBPATTERN, kind.ASSERT):
        return _needed(more[-1])
    if what in (kind.MAX_REPEAT, kind.MIN_REPEAT, kind.POSSESSIVE_REPEAT) and more[0]:
        return _needed(more[2])
    if what is kind.BRANCH:
        ways = list(map(_needed, more[1]))
        return frozenset().union(*ways) if all(ways) else frozenset()
    return frozenset()


def quicken(markdown: Markdown) -> None:
    """Makes `markdown`, once all its extensions are in, read lines the quick way."""
    for processor in markdown.treeprocessors:
        if type(processor) is InlineProcessor:
            processor.__class__ = _Quick
