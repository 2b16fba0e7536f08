"""The check that git runs before a commit, in a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT


@pytest.fixture
def repository(example: Path) -> Path:
    """The example under git, with the hook in force, and the command where `make serve` puts it."""
    shutil.copytree(ROOT / ".githooks", example / ".githooks")
    (example / ".venv/bin").mkdir(parents=True)
    command = example / ".venv/bin/handbook"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m handbook.cli "$@"\n')
    command.chmod(0o755)
    git(example, "init", "-q")
    git(example, "config", "user.name", "Editor")
    git(example, "config", "user.email", "editor@council.example")
    git(example, "config", "core.hooksPath", ".githooks")
    return example


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # The settings of whoever runs the tests stay out of it.
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, timeout=120, env=env)


def commit(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    git(root, "add", "docs", "data")
    return git(root, "commit", "-q", "-m", "A change", *more)


def test_what_is_right_is_committed(repository: Path) -> None:
    done = commit(repository)
    assert done.returncode == 0, done.stderr


def test_what_is_wrong_is_not_and_the_editor_is_told(repository: Path) -> None:
    page = repository / "docs/index.md"
    page.write_text(page.read_text("utf-8").replace("audience: partner", "audience: partners"), "utf-8")
    done = commit(repository)
    assert done.returncode == 1
    assert "docs/index.md:4: Not a value that audience can have (found partners)" in done.stdout + done.stderr
    assert git(repository, "rev-parse", "HEAD").returncode != 0
    assert commit(repository, "--no-verify").returncode == 0


def test_without_the_command_nothing_passes_unchecked(repository: Path) -> None:
    (repository / ".venv/bin/handbook").unlink()
    done = commit(repository)
    assert done.returncode == 1
    assert "Run make serve once" in done.stderr


def test_the_program_pre_commit_runs_the_same(repository: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    assert os.access(ROOT / hook["entry"], os.X_OK)
    done = subprocess.run([repository / hook["entry"]], cwd=repository / "docs", capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "No problems found.\n")
