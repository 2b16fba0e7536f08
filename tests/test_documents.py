"""What the documents promise is there: paths, commands, options."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from handbook import cli
from handbook.model.figures import Figure, Observation, Target
from handbook.model.front_matter import FrontMatter
from tests.conftest import ROOT
from tests.editing.guide import unmarked

README = (ROOT / "README.md").read_text("utf-8")
GUIDES = sorted((ROOT / "docs/editing").glob("*.md"))
# Built by a command, so not there in a fresh clone.
MADE = ("build/", ".venv")
TOPS = ("docs/", "data/", "macros/", "overrides/", "tests/", "benchmarks/", "deploy/", "mkdocs", "requirements")


def paths_in(text: str) -> set[str]:
    """The paths of the project that a text names in code or links to."""
    named = set(re.findall(r"`([\w./-]+)`", text)) | set(re.findall(r"\]\(([\w./-]+)\)", text))
    return {name for name in named if name.startswith(TOPS) and "<" not in name}


# A page of the guide with commands names what they make too: `editing/test_guide.py` looks at its paths.
PLAIN = [ROOT / "README.md", *(path for path in GUIDES if "```" not in path.read_text("utf-8"))]


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.name)
def test_every_path_is_there(path: Path) -> None:
    missing = [name for name in paths_in(path.read_text("utf-8")) if not (ROOT / name).exists()]
    assert not missing


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


def test_the_guide_lists_every_command_with_its_example() -> None:
    text = (ROOT / "docs/editing/commands.md").read_text("utf-8")
    listed = {section.split("\n")[0]: section for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]}
    made = commands()
    assert listed.keys() == made.keys()
    for name, command in made.items():
        example = (command.epilog or "").removeprefix("Example: ").split("\n")[0]
        assert f"```yours\n{example}\n```" in listed[name], f"{name}: {example}"


@pytest.mark.parametrize("path", sorted((ROOT / "docs/editing").rglob("*.md")), ids=lambda path: path.name)
def test_every_block_of_the_guide_says_what_it_is(path: Path) -> None:
    """So that `editing/test_guide.py` can do it. Its marks are told in `editing/guide.py`."""
    assert not list(unmarked(path.read_text("utf-8")))


@pytest.mark.parametrize("key", FrontMatter.model_fields)
def test_every_front_matter_key_is_documented(key: str) -> None:
    assert f"`{key}`" in (ROOT / "docs/editing/keys.md").read_text("utf-8")


@pytest.mark.parametrize(
    "key", sorted({*Figure.model_fields, *Observation.model_fields, *Target.model_fields} - {"id", "place"})
)
def test_every_key_of_a_figure_is_documented(key: str) -> None:
    assert f"`{key}`" in (ROOT / "docs/editing/keys.md").read_text("utf-8")


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
