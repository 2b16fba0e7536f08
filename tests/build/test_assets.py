"""Styles, scripts and fonts bear a hash of what is in them, and everything that names them is right."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.files.hashed_names import HASHED, hashed_name, with_hashes
from handbook.model.editions import Edition
from handbook.outputs.search.index import HEADS_FILE

NAMED = re.compile(r"""(?:src|href|data-index|data-engine)="([^"#?]+)""")
STYLES = re.compile(r"""url\(["']?([^"')#]+)""")


def references(folder: Path) -> set[tuple[str, str]]:
    """What every page and stylesheet of a site names within the site: where, and what."""
    found = set()
    for path in folder.rglob("*"):
        if path.suffix in (".html", ".css"):
            pattern = NAMED if path.suffix == ".html" else STYLES
            for name in pattern.findall(path.read_text("utf-8")):
                if ":" not in name:
                    here = path.relative_to(folder)
                    base = "" if name.startswith("/") else here.parent.as_posix()
                    found.add((here.as_posix(), posixpath.normpath(posixpath.join(base, name.lstrip("/")))))
    return found


@pytest.mark.parametrize("edition", Edition)
def test_everything_that_is_named_is_there(edition: Edition, built: Callable[[Edition], Path]) -> None:
    site = built(edition)
    found = references(site)
    assert not [(where, name) for where, name in sorted(found) if not (site / name).exists()]
    assert any(name.endswith(".woff2") for _, name in found)


def test_each_name_holds_the_hash_of_the_file(built: Callable[[Edition], Path]) -> None:
    site = built(Edition.INTERNAL)
    hashed = [path for path in site.rglob("*") if path.suffix in HASHED and path != site / HEADS_FILE]
    hashed = [path for path in hashed if path.relative_to(site).parts[0] == "assets"]
    assert {path.suffix for path in hashed} == HASHED
    for path in hashed:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert path.stem.rpartition(".")[2] == digest[:10], path


def test_a_changed_font_changes_the_name_of_the_style_that_names_it() -> None:
    style = b'@font-face { src: url("../fonts/a.woff2"); background: url(data:image/png;base64,AA) }'
    one, two = (with_hashes({"s/t.css": style, "fonts/a.woff2": font}) for font in (b"1", b"2"))
    assert one["s/t.css"][0] != two["s/t.css"][0]
    name = hashed_name("fonts/a.woff2", b"1")
    assert one["fonts/a.woff2"] == (name, b"1")
    assert f'url("../{name}")'.encode() in one["s/t.css"][1] and b"url(data:image/png;base64,AA)" in one["s/t.css"][1]
