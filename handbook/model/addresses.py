"""Addresses of links and images as people typed them: not all of them are URLs."""

from __future__ import annotations

import html
import posixpath
import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

# The scheme given to an address that browsers could read in different ways.
UNREADABLE = "unreadable"


@lru_cache(maxsize=4096)
def relative(address: str, folder: str) -> str:
    """Make an address below the site's root relative to a page in `folder`."""
    return posixpath.relpath(address, folder or ".")


@lru_cache(maxsize=4096)
def split_address(address: str) -> SplitResult:
    """Split an address into its parts. One that is malformed or has white space has the scheme UNREADABLE."""
    try:
        # Browsers unescape HTML in attributes: &colon; is a colon.
        parts = urlsplit(html.unescape(address))
        _ = parts.port
    except ValueError:
        return SplitResult(UNREADABLE, "", "", "", "")
    return SplitResult(UNREADABLE, "", "", "", "") if re.search(r"[\s\x00-\x1f\\]", address) else parts
