"""Text and tags that mean the same in a Markdown paragraph and in a block of HTML."""

from __future__ import annotations

import re

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
    given = ""
    for key, value in attributes.items():
        key = key.rstrip("_").replace("_", "-")
        if value is True:
            given += f' {key}=""'
        elif value not in (None, False):
            given += f' {key}="{Markup.escape(curly(str(value)))}"'
    return Markup(f"<{name}{given}>{escape(content)}</{name}>")
