"""A page of a built site made part of one long document: its ids, links and headings moved there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

_IDS = {"id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "list"}
_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Controls do nothing on paper.
_LEFT_OUT = {"button", "script", "style", "template"}
_URL_OF_ID = re.compile(r"url\(#([^)]+)\)")
_DEEPEST = 6


def anchor(path: str, fragment: str = "") -> str:
    """The id in the document of a page of the site, or of a place on it."""
    page = re.sub(r"[^a-z0-9]+", "-", path.removesuffix(".html").lower()).strip("-")
    return f"{page}--{fragment}" if fragment else f"{page}--"


def relocated(html: str, path: str, pages: Collection[str]) -> str:
    """The content of the page at `path` (its `article`) for a document that holds every one of `pages`.

    Links to other pages lead to their place in the document; links to other files of the site, which
    are not in it, become text. The document stands at the root of the site. Headings are one level
    deeper, since a section of the menu stands above its pages. What is folded away is open.
    """
    reader = _Relocator(path, pages)
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


class _Relocator(HTMLParser):
    def __init__(self, path: str, pages: Collection[str]):
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._path, self._pages = path, pages
        self._inside = False
        self._left_out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "article":
            self._inside = True
        elif self._left_out or self._inside and tag in _LEFT_OUT:
            if tag not in _VOID:
                self._left_out.append(tag)
        elif self._inside:
            given = {name: value or "" for name, value in attrs}
            self.parts.append(f"<{_deeper(tag)}{self._attributes(tag, given)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._inside and not self._left_out and tag not in _LEFT_OUT:
            self.parts.append(f"<{tag}{self._attributes(tag, {name: value or '' for name, value in attrs})}/>")

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            if tag == self._left_out[-1]:
                self._left_out.pop()
        elif tag == "article":
            self._inside = False
        elif self._inside:
            self.parts.append(f"</{_deeper(tag)}>")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def _add(self, text: str) -> None:
        if self._inside and not self._left_out:
            self.parts.append(text)

    def _attributes(self, tag: str, given: dict[str, str]) -> str:
        moved: dict[str, str] = {}
        for name, value in given.items():
            if name in _IDS:
                moved[name] = " ".join(anchor(self._path, part) for part in value.split())
            elif name == "href":
                moved |= self._link(tag, value)
            elif name == "src":
                moved[name] = self._file(value)
            elif name != "popover":
                moved[name] = _URL_OF_ID.sub(lambda match: f"url(#{anchor(self._path, match[1])})", value)
        if tag == "details":
            moved["open"] = ""
        return "".join(f' {name}="{escape(value)}"' for name, value in moved.items())

    def _link(self, tag: str, address: str) -> dict[str, str]:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return {"href": address}
        page = self._of_site(parts.path) if parts.path else self._path
        if page in self._pages:
            return {"href": f"#{anchor(page, unquote(parts.fragment))}"}
        return {}

    def _file(self, address: str) -> str:
        parts = urlsplit(address)
        return address if parts.scheme or parts.netloc else self._of_site(parts.path)

    def _of_site(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self._path), unquote(path)))


def _deeper(tag: str) -> str:
    """A heading's tag, one level deeper. Any other tag as it is."""
    if re.fullmatch(r"h[1-6]", tag):
        return f"h{min(int(tag[1]) + 1, _DEEPEST)}"
    return tag
