"""Names of styles, scripts and fonts that hold a hash of their content.

A browser may cache such a file for ever, and a page that was opened before a publication finds the very files it was
made with, or none.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

HASHED = frozenset((".css", ".js", ".woff2", ".svg"))
_LENGTH = 10
_URL = re.compile(rb"""(url\(\s*["']?)([^"')#]+)(["'#)])""")


def hashed_name(path: str, content: bytes) -> str:
    """The name of an asset with a hash of its content before the extension: print.0a1b2c3d4e.css for print.css."""
    name = PurePosixPath(path)
    return str(name.with_suffix(f".{hashlib.sha256(content).hexdigest()[:_LENGTH]}{name.suffix}"))


def with_hashes(assets: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """For each asset its hashed name, and its content with references to the others by their hashed names.

    Only stylesheets refer to other assets, and none to another stylesheet.
    """
    styles = {path for path in assets if path.endswith(".css")}
    named = {path: (hashed_name(path, content), content) for path, content in assets.items() if path not in styles}
    names = {path: name for path, (name, _) in named.items()}
    for path in styles:
        content = _renamed(assets[path], posixpath.dirname(path), names)
        named[path] = hashed_name(path, content), content
    return named


def _renamed(style: bytes, folder: str, names: Mapping[str, str]) -> bytes:
    """A stylesheet in `folder` whose url() have the hashed names. A url() to what is no asset stays as it is."""

    def rename(match: re.Match[bytes]) -> bytes:
        path = posixpath.normpath(posixpath.join(folder, match[2].decode().strip()))
        target = posixpath.relpath(names[path], folder).encode() if path in names else match[2]
        return match[1] + target + match[3]

    return _URL.sub(rename, style)
