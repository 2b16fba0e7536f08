"""Python-Markdown's reading of what stands inside a line, made quick.

Python-Markdown tries some forty patterns on every piece of text, most of which hold none of them.
Here a pattern that is nowhere in a text is passed over at once. What comes of a page is the same.
"""

from __future__ import annotations

from collections.abc import Callable
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
    def _patterns(self) -> list[tuple[Any, Search | None]]:
        """Each pattern with a quick way to tell that it is not in a text, where there is one."""
        return [
            (pattern, pattern.getCompiledRegExp().search if isinstance(pattern, Pattern) else None)
            for pattern in self.inlinePatterns
        ]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        patterns, start = self._patterns, 0
        while patternIndex < len(patterns):
            pattern, search = patterns[patternIndex]
            if search and search(data, start) is None:
                matched, start = False, 0
            else:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, patternIndex, start)
            if not matched:
                patternIndex += 1
        return data


def quicken(markdown: Markdown) -> None:
    """Makes `markdown`, once all its extensions are in, read lines the quick way."""
    for processor in markdown.treeprocessors:
        if type(processor) is InlineProcessor:
            processor.__class__ = _Quick
