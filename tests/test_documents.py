"""What the documents promise is there: paths, commands, options."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from handbook import cli
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
TOPS = ("docs/", "data/", "macros/", "overrides/", "tests/", "benchmarks/", "deploy/", "mkdocs", "requirements")


def paths_in(text: str) -> set[str]:
    """The paths of the project that a text names in code or links to."""
    named = set(re.findall(r"`([\w./-]+)`", text)) | set(re.findall(r"\]\(([\w./-]+)\)", text))
    return {name for name in named if name.startswith(TOPS) and "<" not in name}


def test_every_path_is_there() -> None:
    assert missing_paths(README) == set()


def missing_paths(text: str, *roots: Path) -> set[str]:
    """The paths that a text names and that are neither in the project nor in any of the `roots`."""
    return {name for name in paths_in(text) if not any((root / name).exists() for root in (ROOT, *roots))}


@pytest.mark.parametrize("target", re.findall(r"make ([a-z-]+)", README))
def test_every_make_target_is_there(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_the_readme_says_how_the_tests_are_run() -> None:
    assert "make test" in README
    assert "make test" in (ROOT / ".ci/run").read_text("utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command, by its name."""
    actions = cli.parser()._subparsers._group_actions  # type: ignore[union-attr]
    return dict(actions[0].choices)  # type: ignore[arg-type]


def test_every_command_has_help_and_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    listed = re.findall(r"^  (\w+) +\S.*\n +handbook \1", capsys.readouterr().out, re.MULTILINE)
    assert listed == list(commands())
    for name in listed:
        with pytest.raises(SystemExit):
            cli.main([name, "--help"])
        assert f"Example: handbook {name}" in capsys.readouterr().out


def test_the_lock_files_hold_hashes_and_no_addresses() -> None:
    locks = [
        *ROOT.glob("requirements*.txt"),
        ROOT / "benchmarks/requirements.txt",
        *(ROOT / "tests/engines").glob("*.txt"),
    ]
    assert len(locks) == 6
    for name in locks:
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text and "--index-url" not in text and "--find-links" not in text
        for requirement in re.split(r"\n(?=\S)", text.strip()):
            assert "==" in requirement and "--hash=sha256:" in requirement, requirement
