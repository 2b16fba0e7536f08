"""Text and tags that mean the same in a Markdown paragraph and in a block of HTML."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

# Entities where Markdown would see mark-up, so that one escaping serves both places.
_ENTITIES = {ord(character): f"&#{ord(character)};" for character in '<>"*_[]`|{}\\#~^'} | {ord("&"): "&amp;"}

# Between the items of a list in one line: the dot ends a line and never starts one.
BETWEEN = Markup("&nbsp;· ")


def escape(text: str) -> Markup:
    """Text as HTML that shows it exactly, with the apostrophes and quotes of print."""
    if isinstance(text, Markup):
        return text
    return Markup(curly(str(text)).translate(_ENTITIES))


def curly(text: str) -> str:
    """Straight quotes as the curly ones that readers see elsewhere on the page."""
    if '"' not in text and "'" not in text:
        return text
    text = re.sub(r"(^|[\s(\[])\"", "\\1\u201c", text).replace('"', "\u201d")
    return re.sub(r"(^|[\s(\[\u201c])'", "\\1\u2018", text).replace("'", "\u2019")


def tag(name: str, content: str | Markup = "", **attributes: str | bool | None) -> Markup:
    """An element. A trailing or inner underscore in an attribute's name is dropped or a hyphen.

    An attribute that is True is there, and empty: so what the macros write is XML, which is quick to read.
    """
    given = "".join(_attribute(key, value) for key, value in attributes.items() if value not in (None, False))
    return Markup(f"<{name}{given}>{escape(content)}</{name}>")


@lru_cache(maxsize=4096)
def _attribute(key: str, value: str | bool) -> str:
    """An attribute with a space before it. Most are in many tags."""
    shown = "" if value is True else Markup.escape(curly(str(value)))
    return f' {key.rstrip("_").replace("_", "-")}="{shown}"'
