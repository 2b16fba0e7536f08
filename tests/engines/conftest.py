"""Where the other engines are."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def engine() -> Callable[..., Run]:
    """Gives what runs a program of another engine's environment. Where that is not made, the test is skipped, which is told."""

    def at_hand(name: str, program: str) -> Run:
        path = ROOT / ".venvs" / name / "bin" / program
        if not (ROOT / ".venvs" / name / "ready").is_file():
            pytest.skip(f"{name} is not at hand: run make .venvs/{name}/ready")

        def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
            return subprocess.run([path, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, timeout=300)

        return run

    return at_hand
