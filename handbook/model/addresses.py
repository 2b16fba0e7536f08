"""Addresses of links and images as they are typed, which may be anything."""

from __future__ import annotations

import html
import posixpath
import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

# What stands for the scheme of an address that no two readers need take alike.
UNREADABLE = "unreadable"


@lru_cache(maxsize=4096)
def relative(address: str, folder: str) -> str:
    """An address below the site's root, as a page in `folder` leads to it."""
    return posixpath.relpath(address, folder or ".")


@lru_cache(maxsize=4096)
def split_address(address: str) -> SplitResult:
    """The parts of an address. One with a space in it, or that is no address, has the scheme UNREADABLE."""
    try:
        # A browser reads &colon; in an address as a colon.
        parts = urlsplit(html.unescape(address))
        _ = parts.port
    except ValueError:
        return SplitResult(UNREADABLE, "", "", "", "")
    return SplitResult(UNREADABLE, "", "", "", "") if re.search(r"[\s\x00-\x1f\\]", address) else parts
