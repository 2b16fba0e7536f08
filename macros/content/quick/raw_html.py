"""Python-Markdown's search for raw HTML, made quick.

Python-Markdown reads a whole page as HTML to find the blocks of it that are. Up to the first tag that may start
one there is nothing to find, and most of that is words.
"""

from __future__ import annotations

import re
from functools import cached_property

from markdown import Markdown
from markdown.preprocessors import HtmlBlockPreprocessor

# Tags that stand in a line. Whether Python-Markdown takes one for a block is asked of it.
_INLINE = ("a", "abbr", "b", "br", "button", "cite", "code", "em", "i", "small", "span", "strong", "sub", "sup", "time")


class _Quick(HtmlBlockPreprocessor):
    @cached_property
    def _plain(self) -> re.Pattern[str]:
        """Words, whole tags that stand in a line, and signs by name: what Python-Markdown leaves as it is."""
        names = "|".join(name for name in _INLINE if not self.md.is_block_level(name))
        tag = rf'<(?:{names})(?: [a-z-]+(?:="[^"<>`\n]*")?)*(?: ?/)?>|</(?:{names})>'
        return re.compile(rf"(?:[^<&]++|{tag}|&(?:[a-zA-Z]+;| ))*+")

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        plain = self._plain.match(text)
        end = plain.end() if plain else 0
        if end == len(text):
            return lines
        # What comes before an empty line has no bearing on what follows.
        end = text.rfind("\n\n", 0, end) + 2
        return text[:end].split("\n")[:-1] + super().run(text[end:].split("\n")) if end > 1 else super().run(lines)


def quicken(markdown: Markdown) -> None:
    """Makes `markdown`, once all its extensions are in, look for raw HTML the quick way."""
    for preprocessor in markdown.preprocessors:
        if type(preprocessor) is HtmlBlockPreprocessor:
            preprocessor.__class__ = _Quick
