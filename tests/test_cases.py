"""Ways to be wrong, and things that look odd and are right: files in, exact messages out.

A case is a file under `cases/`: edits to the example handbook, and what `handbook check` then
says. Write a new case without `says`, run with UPDATE_CASES=1, and read what was filled in.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.editions.check import check
from tests.conftest import copy_example

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the example, which each case changes and puts back."""
    return copy_example(tmp_path_factory.mktemp("cases") / "handbook")


@pytest.fixture
def undo(tree: Path) -> Iterator[list[tuple[Path, bytes | None]]]:
    kept: list[tuple[Path, bytes | None]] = []
    yield kept
    for path, before in reversed(kept):
        if path.is_symlink() or path.is_file():
            path.unlink()
        if before is not None:
            path.write_bytes(before)
    for folder in sorted((tree / "docs", tree / "data"), reverse=True):
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()


@pytest.mark.parametrize(
    "path", sorted(CASES.rglob("*.yml")), ids=lambda path: path.relative_to(CASES).with_suffix("").as_posix()
)
def test_case(path: Path, tree: Path, undo: list[tuple[Path, bytes | None]]) -> None:
    text = path.read_text("utf-8")
    case = yaml.safe_load(text)
    for edit in case["edits"]:
        target = tree / edit["file"]
        undo.append((target, target.read_bytes() if target.is_file() else None))
        apply(edit, target)
    said = "".join(f"{problem}\n" for problem in check(tree).problems)
    if os.environ.get("UPDATE_CASES"):
        path.write_text(re.sub(r"\nsays:.*", "", text, flags=re.DOTALL).rstrip() + "\n" + as_yaml(said), "utf-8")
        return
    assert said == case["says"]


def apply(edit: dict[str, Any], target: Path) -> None:
    """Makes one edit: new text, a replacement in the text, bytes, a link, or no file at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if "find" in edit:
        before = target.read_text("utf-8")
        assert before.count(edit["find"]) >= 1, f"{edit['find']!r} is not in {edit['file']}"
        target.write_text(before.replace(edit["find"], edit["put"], 1), "utf-8")
    elif "bytes" in edit:
        target.write_bytes(bytes.fromhex(edit["bytes"]))
    elif "link" in edit:
        target.symlink_to(edit["link"])
    elif edit.get("delete"):
        target.unlink()
    elif "add" in edit:
        target.write_text(target.read_text("utf-8") + edit["add"], "utf-8")
    elif "copy" in edit:
        shutil.copy(target.parent / edit["copy"], target)
    else:
        target.write_text(edit["text"], "utf-8")


def as_yaml(said: str) -> str:
    if not said:
        return 'says: ""\n'
    return "says: |\n" + "".join(f"  {line}\n" for line in said.splitlines())
