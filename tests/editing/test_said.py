"""What the editing commands say and write, held against golden files.

A case is a file under `golden/`: the edits to the example handbook, the commands as an editor types them,
and what follows: what is printed, the exit code where it is not 0, and the lines that are new. Write one
without `says`, run with UPDATE_CASES=1, and read what was filled in.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
from pathlib import Path

import pytest
import yaml

from tests.editing.conftest import Handbook, tree
from tests.test_cases import apply, as_yaml

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.yml")), ids=lambda path: path.stem)
def test_what_is_said(path: Path, example: Path, handbook: Handbook) -> None:
    text = path.read_text("utf-8")
    case = yaml.safe_load(text)
    for edit in case.get("edits", ()):
        apply(edit, example / edit["file"])
    before = tree(example)
    said = ""
    for command in case["commands"]:
        done = handbook(*shlex.split(command)[1:])
        said += f"$ {command}\n{done.out}{done.err}" + (f"(exit {done.code})\n" if done.code else "")
    said += changes(before, tree(example))
    if os.environ.get("UPDATE_CASES"):
        path.write_text(re.sub(r"\nsays:.*", "", text, flags=re.DOTALL).rstrip() + "\n" + as_yaml(said), "utf-8")
        return
    assert said == case["says"]


def changes(before: dict[str, bytes], after: dict[str, bytes]) -> str:
    """The lines that are new or gone, by file."""
    found = ""
    for name in sorted({*before, *after}):
        old, new = (files.get(name, b"").decode().splitlines() for files in (before, after))
        lines = [line for line in difflib.ndiff(old, new) if line[0] in "+-"]
        found += f"{name}\n" + "".join(f"{line.rstrip()}\n" for line in lines) if lines else ""
    return found
