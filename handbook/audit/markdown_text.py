"""Reading Markdown for the audit: its sentences without what parts their words, and what stands by itself."""

from __future__ import annotations

import re

_LINK = re.compile(r"\]\(\s*<?([^\s()<>\"]*)>?(?:\s+\"((?:[^\"\\]|\\.)*)\")?\s*\)")
_LIST_NUMBER = re.compile(r"(?m)^ *\d+[.)] ")
_PIECES = re.compile(r"\[([^\[\]]*)\]|`([^`]*)`|\*\*([^*]*)\*\*|([^|\n]+)")
_MARKS = " \t#>*_`|+-"


def markdown_text(text: str) -> tuple[str, list[str], list[str]]:
    """The text of a Markdown file without addresses and the numbers of lists; the titles of its links,
    which are sentences of their own; and its values: addresses, lines, cells, and words in brackets or marks."""
    text = _LIST_NUMBER.sub("- ", text)
    links = _LINK.findall(text)
    text = _LINK.sub("]", text)
    pieces = [part.strip(_MARKS) for found in _PIECES.findall(text) for part in found if part]
    lines = [line.strip(_MARKS) for line in text.splitlines()]
    return text, [title for _, title in links if title], [*(target for target, _ in links), *lines, *pieces]
