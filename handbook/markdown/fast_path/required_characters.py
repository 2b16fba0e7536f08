"""Searches that pass over at once a text without a character that the pattern needs."""

from __future__ import annotations

import re
import re._constants as kind
import re._parser as reader
from collections.abc import Callable, Iterable
from typing import Any

Search = Callable[[str], "re.Match[str] | None"]


def search_for(compiled: re.Pattern[str]) -> Search:
    """The pattern's own search, made quick."""
    # The search itself would try every place, though the pattern can be at the first alone.
    first = next(iter(reader.parse(compiled.pattern, compiled.flags)), None)
    at_start = first == (kind.AT, kind.AT_BEGINNING) and not compiled.flags & re.MULTILINE
    search = compiled.match if at_start else compiled.search
    signs = sorted(needed_by(compiled))
    if not signs:
        return search

    def quick(text: str) -> re.Match[str] | None:
        for sign in signs:
            if sign in text:
                return search(text)
        return None

    return quick


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
