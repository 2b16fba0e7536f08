"""The audit: every canary planted in what only staff may read is found, and nothing right is refused."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from macros.content.editions import Edition
from macros.publish.audit import Finding, audit

from ..conftest import ROOT, copy_example, run
from .canaries import PHRASES, WORDS, phrase, plant, word
from .planted import (
    chunk,
    docx,
    exif,
    gzipped,
    jpeg,
    pdf,
    pdf_in_codes,
    png,
    png_packed_text,
    png_text,
    png_world_text,
    segment,
    stream,
    webp,
    xmp,
    zipped,
)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example handbook with every canary, and both editions of it built."""
    root = copy_example(tmp_path_factory.mktemp("canaries") / "handbook")
    plant(root)
    for config in ("mkdocs.yml", "mkdocs.partner.yml"):
        done = run("mkdocs", "build", "--strict", "-f", config, cwd=root)
        assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def found(planted: Path) -> list[Finding]:
    """What the audit finds in the internal edition, read as if it were the partners'."""
    return audit(planted, planted / "build/internal")


@pytest.mark.parametrize("name", PHRASES)
def test_a_canary_in_words_is_found(name: str, found: list[Finding]) -> None:
    assert [finding for finding in found if f"zq{name}b" in finding.found]


@pytest.mark.parametrize("name", WORDS)
def test_a_canary_that_is_one_word_is_found(name: str, found: list[Finding]) -> None:
    assert [finding for finding in found if re.search(rf"\bzq{name}\b", finding.found.lower())]


def test_the_partner_edition_holds_no_canary(planted: Path) -> None:
    site = planted / "build/partner"
    assert audit(planted, site) == []
    for path in site.rglob("*"):
        assert "zq" not in path.name
        # Every canary starts with letters that no word of the example or of English does.
        assert not path.is_file() or not re.search(rb"\bzq[a-z]{4}", path.read_bytes()), path
