"""What opens with the project in VS Code: schemas for its files, the check as a task, front matter as snippets."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from handbook.editing.json_schema import FOLDER, files_of
from handbook.loading.front_matter import split_page, validate_front_matter
from handbook.model.problems import Problem, Severity
from tests.conftest import ROOT

WORKSPACE = ROOT / ".vscode"
SNIPPETS = json.loads((WORKSPACE / "handbook.code-snippets").read_text("utf-8"))


def read(name: str) -> dict[str, object]:
    return json.loads((WORKSPACE / name).read_text("utf-8"))  # type: ignore[no-any-return]


def test_every_kind_of_file_has_its_schema() -> None:
    assert read("settings.json")["yaml.schemas"] == {f"./{FOLDER}/{name}": files for name, files in files_of().items()}


def test_every_file_of_data_has_one_schema(site_root: Path) -> None:
    files = [path.relative_to(site_root) for path in (site_root / "data").rglob("*.yml")]
    assert len(files) > 10
    for shown in files:
        found = [name for name, patterns in files_of().items() if any(shown.match(pattern) for pattern in patterns)]
        assert len(found) == 1, shown


def test_no_address_is_asked_for_schemas() -> None:
    assert read("settings.json")["yaml.schemaStore.enable"] is False


@pytest.mark.parametrize("severity", Severity)
def test_the_task_finds_file_line_and_message_in_what_the_check_says(severity: Severity) -> None:
    problem = str(Problem("data/figures/neglect.yml", 12, "A number without quotes (found 7: 1)", "Mend it", severity))
    tasks = json.loads((WORKSPACE / "tasks.json").read_text("utf-8"))["tasks"]
    found = {
        matcher["severity"]: match
        for matcher in tasks[0]["problemMatcher"]
        if (match := re.match(matcher["pattern"]["regexp"], problem))
    }
    assert list(found) == [severity]
    said = "A number without quotes (found 7: 1). Mend it."
    assert found[severity].groups() == ("data/figures/neglect.yml", "12", said)


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_right_as_it_comes(name: str) -> None:
    """With nothing filled in, it is front matter that the reader takes, so that every blank is of the right form."""
    text = "\n".join(SNIPPETS[name]["body"])
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", re.sub(r"\$\{\d+\|([^,|]*)[^}]*\}", r"\1", text)).replace("$0", "")
    front_matter, problems = validate_front_matter(split_page(text, "x.md").document)
    assert front_matter and not problems


def test_the_extension_that_reads_the_schemas_is_recommended() -> None:
    assert read("extensions.json") == {"recommendations": ["redhat.vscode-yaml"]}


def test_the_workspace_is_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert not [line for line in ignored if Path(line.strip("/")).name.startswith(".vscode")]
