"""What the tests of editing share: the command as an editor types it, in a copy of the example handbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from handbook import cli


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Handbook = Callable[..., Said]


@pytest.fixture
def handbook(example: Path, capsys: pytest.CaptureFixture[str]) -> Handbook:
    """Runs `handbook` with arguments on the copy of the example."""

    def run(*arguments: str) -> Said:
        try:
            code = cli.main(["--root", str(example), *arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


def tree(root: Path) -> dict[str, bytes]:
    """Every file under data/ and docs/, with its bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("data", "docs")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }
