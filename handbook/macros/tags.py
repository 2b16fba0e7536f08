"""Escaped text and HTML elements that read the same in Markdown and in a block of HTML."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

# Characters with a meaning in Markdown are entities too, so that one escaping serves both.
_ENTITIES = {ord(character): f"&#{ord(character)};" for character in '<>"*_[]`|{}\\#~^'} | {ord("&"): "&amp;"}

# Separates items on one line. The dot ends a line and never starts one.
BETWEEN = Markup("&nbsp;· ")


def escape(text: str) -> Markup:
    """Escape text for Markdown and HTML, with curly quotes. Markup is returned as it is."""
    if isinstance(text, Markup):
        return text
    return Markup(curly(str(text)).translate(_ENTITIES))


def curly(text: str) -> str:
    """Replace straight quotes with the curly ones that readers see elsewhere on the page."""
    if '"' not in text and "'" not in text:
        return text
    text = re.sub(r"(^|[\s(\[])\"", "\\1\u201c", text).replace('"', "\u201d")
    return re.sub(r"(^|[\s(\[\u201c])'", "\\1\u2018", text).replace("'", "\u2019")


def tag(name: str, content: str | Markup = "", **attributes: str | bool | None) -> Markup:
    """Return an element with escaped content and attributes, as in `tag("p", "Text", class_="note")`.

    In the name of an attribute, a trailing underscore is dropped and any other becomes a hyphen. None and False leave
    the attribute out. True gives it an empty value, so that the output is XML, which is quicker to parse.
    """
    given = "".join(_attribute(key, value) for key, value in attributes.items() if value not in (None, False))
    return Markup(f"<{name}{given}>{escape(content)}</{name}>")


@lru_cache(maxsize=4096)
def _attribute(key: str, value: str | bool) -> str:
    """Return an attribute with a space before it. Cached, since most are in many elements."""
    shown = "" if value is True else Markup.escape(curly(str(value)))
    return f' {key.rstrip("_").replace("_", "-")}="{shown}"'
