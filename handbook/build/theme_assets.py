"""The styles, scripts, fonts and pictures of a theme, under the names that they have in a site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from handbook.files.folders import below
from handbook.files.hashed_names import HASHED, with_hashes

# What a theme's folder holds that is for the build alone: templates, code, and notes about it.
_NOT_ASSETS = frozenset((".html", ".py", ".pyc", ".md"))


@dataclass(frozen=True)
class ThemeAssets:
    """The assets of a theme. `names` has the address of each whose name holds a hash, by the name that templates use."""

    files: dict[str, bytes]
    names: dict[str, str]


def read_theme_assets(folders: Iterable[Path]) -> ThemeAssets:
    """Read the assets of the theme's `folders`, of which the first has precedence."""
    found: dict[str, bytes] = {}
    for folder in folders:
        for path, file in below(folder).items():
            if path not in found and file.is_file() and _is_asset(path):
                found[path] = Path(file.path).read_bytes()
    files = {path: content for path, content in found.items() if PurePosixPath(path).suffix not in HASHED}
    names = {}
    for path, (name, content) in with_hashes({path: found[path] for path in found.keys() - files.keys()}).items():
        files[name], names[path] = content, name
    return ThemeAssets(files, names)


def _is_asset(path: str) -> bool:
    hidden = any(part.startswith(".") for part in path.split("/"))
    return not hidden and PurePosixPath(path).suffix not in _NOT_ASSETS and "readme" not in path.lower()
