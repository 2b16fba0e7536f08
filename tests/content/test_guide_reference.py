"""The guide to editing is whole: every macro, command and key is explained, and every path that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.loading.macro_package import load_macros
from handbook.model.figures import Figure, Observation, Target
from handbook.model.front_matter import FrontMatter
from tests.conftest import ROOT
from tests.content.guide import unmarked
from tests.test_documents import commands, missing_paths

GUIDE = ROOT / "docs/editing"
MACROS = load_macros(ROOT)
PAGES = sorted(GUIDE.rglob("*.md"))
# A page with commands names what they make too: `test_guide.py` looks at its paths.
PLAIN = [path for path in GUIDE.glob("*.md") if "```" not in path.read_text("utf-8")]


@pytest.mark.parametrize("path", sorted(PLAIN), ids=lambda path: path.name)
def test_every_path_is_there(path: Path) -> None:
    assert missing_paths(path.read_text("utf-8")) == set()


def test_the_guide_lists_every_command_with_its_example() -> None:
    text = (GUIDE / "commands.md").read_text("utf-8")
    listed = {section.split("\n")[0]: section for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]}
    made = commands()
    assert listed.keys() == made.keys()
    for name, command in made.items():
        example = (command.epilog or "").removeprefix("Example: ").split("\n")[0]
        assert f"```yours\n{example}\n```" in listed[name], f"{name}: {example}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_block_of_the_guide_says_what_it_is(path: Path) -> None:
    """So that `test_guide.py` can do it. Its marks are told in `guide.py`."""
    assert not list(unmarked(path.read_text("utf-8")))


@pytest.mark.parametrize("key", FrontMatter.model_fields)
def test_every_front_matter_key_is_documented(key: str) -> None:
    assert f"`{key}`" in (GUIDE / "keys.md").read_text("utf-8")


@pytest.mark.parametrize(
    "key", sorted({*Figure.model_fields, *Observation.model_fields, *Target.model_fields} - {"id", "place"})
)
def test_every_key_of_a_figure_is_documented(key: str) -> None:
    assert f"`{key}`" in (GUIDE / "keys.md").read_text("utf-8")


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_is_documented_with_its_call_and_its_result(name: str) -> None:
    """The guide shows each macro as source and result, and names each of its arguments."""
    guide = (GUIDE / "macros.md").read_text("utf-8")
    match = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", guide, re.DOTALL | re.MULTILINE)
    assert match, f"docs/editing/macros.md has no heading {name}"
    section = match[1]
    shown = re.search(r"\{% raw %\}\n```call\n(.*?)\n```\n\{% endraw %\}", section, re.DOTALL)
    assert shown, f"no example of {name}"
    assert f"{{{{ {name}(" in shown[1]
    after = section[shown.end() :]
    assert shown[1] in after or re.search(r"\]\(\.\./[\w/-]+\.md", after), f"no result of {name}"
    for argument in MACROS[name].signature.parameters:
        assert re.search(rf"`{argument}`", section), f"the argument {argument} of {name} is not explained"


def test_the_guide_names_no_macro_that_is_not_there() -> None:
    guide = (GUIDE / "macros.md").read_text("utf-8")
    assert set(re.findall(r"^## (\w+)$", guide, re.MULTILINE)) == set(MACROS)
