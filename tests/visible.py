"""What a reader sees of a page: the words of its main part, whichever tool has made it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# Drawings, buttons, menus, and what stands beside the page: no words of the page itself.
_UNSEEN = frozenset(("aside", "svg", "summary", "script", "style", "button", "template", "nav"))
_EMPTY = frozenset(("br", "hr", "img", "input", "meta", "link", "wbr", "col"))


class _Main(HTMLParser):
    """Collects the text of `article`, without what a reader does not see at first."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY:
            self.text.append(" " if tag == "br" else "")
            return
        given = dict(attrs)
        seen = self.seen or tag == "article"
        if tag in _UNSEEN or "popover" in given or "hidden" in given or given.get("class") == "headerlink":
            seen = False
        self.open.append((tag, seen))
        if tag not in _INLINE:
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self.open) and self.open.pop()[0] != tag:
            pass
        if tag not in _INLINE:
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        if self.seen:
            self.text.append(data)

    @property
    def seen(self) -> bool:
        return self.open[-1][1] if self.open else False


_INLINE = frozenset(("a", "abbr", "b", "button", "code", "em", "i", "small", "span", "strong", "sub", "sup"))


def visible_words(page: str) -> list[str]:
    """The words that a page's main part shows, in order, with their punctuation."""
    parser = _Main()
    parser.feed(page)
    parser.close()
    return re.sub(r"\s+", " ", "".join(parser.text)).strip().split(" ")
