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


class _Quick(InlineProcessor):
    """Python-Markdown's own processor, whose loop over the patterns this replaces."""

    @cached_property
    def _patterns(self) -> list[tuple[Any, str, Search | None]]:
        """Each pattern with two quick ways to tell that it is not in a text: a character it needs, and a search."""
        return [
            (pattern, *_quick_ways(pattern)) if isinstance(pattern, Pattern) else (pattern, "", None)
            for pattern in self.inlinePatterns
        ]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        patterns, start = self._patterns, 0
        while patternIndex < len(patterns):
            pattern, needed, search = patterns[patternIndex]
            if needed not in data or search and search(data, start) is None:
                matched, start = False, 0
            else:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, patternIndex, start)
            if not matched:
                patternIndex += 1
        return data


def _quick_ways(pattern: Any) -> tuple[str, Search]:
    compiled = pattern.getCompiledRegExp()
    if compiled.flags & re.IGNORECASE:
        return "", compiled.search
    return _needed(reader.parse(compiled.pattern, compiled.flags)), compiled.search


def _needed(parts: Iterable[tuple[Any, Any]]) -> str:
    """A character that every text with this pattern in it holds, the last there is; empty where none is sure.

    `parts` is the pattern as Python's own reader of patterns gives it, which is the same since Python 3.11.
    """
    found = ""
    for what, more in parts:
        if what is kind.LITERAL:
            found = chr(more)
        elif what in (kind.SUBPATTERN, kind.ASSERT):
            found = _needed(more[-1]) or found
        elif what in (kind.MAX_REPEAT, kind.POSSESSIVE_REPEAT) and more[0]:
            found = _needed(more[2]) or found
    return found


def quicken(markdown: Markdown) -> None:
    """Makes `markdown`, once all its extensions are in, read lines the quick way."""
    for processor in markdown.treeprocessors:
        if type(processor) is InlineProcessor:
            processor.__class__ = _Quick
