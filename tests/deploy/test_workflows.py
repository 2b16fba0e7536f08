"""What the workflows may do, and what they may keep."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook import cli
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
CHECK, COMMENT, DEPLOY, PREVIEW = (
    ROOT / f".github/workflows/{name}.yml" for name in ("check", "comment", "deploy", "preview")
)
# What runs the code of a pull request, and what runs only the code of main.
STRANGERS, OURS = (CHECK, PREVIEW), (COMMENT, DEPLOY)

# The only job whose token can do more than read: it posts a comment, and reads what to post.
MORE = {(COMMENT, "comment"): {"contents": "read", "actions": "read", "pull-requests": "write"}}


def read(path: Path) -> dict[str, Any]:
    # YAML takes the key `on` for true.
    return {"on" if key is True else key: value for key, value in yaml.safe_load(path.read_text("utf-8")).items()}


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


def runs(path: Path) -> list[str]:
    return [step["run"] for step in steps(path) if "run" in step]


def test_there_are_four() -> None:
    assert WORKFLOWS == [CHECK, COMMENT, DEPLOY, PREVIEW]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_runs_is_taken_from_where_it_is_safe(path: Path) -> None:
    """Whoever may write or has secrets never runs, or even fetches, what a pull request holds."""
    workflow, text = read(path), re.sub(r"^\s*#.*", "", path.read_text("utf-8"), flags=re.MULTILINE)
    assert "pull_request_target" not in workflow["on"]
    if path in STRANGERS:
        assert list(workflow["on"]) == ["pull_request"]
        assert "secrets" not in text and "github.token" not in text and "GITHUB_TOKEN" not in text
    else:
        assert "pull_request" not in workflow["on"]
        for step in steps(path):
            fetches = step.get("uses", "").startswith("actions/checkout")
            assert not fetches or step["with"] == {"persist-credentials": False}
        assert "git fetch" not in text and "git checkout" not in text and "download-artifact" not in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("workflow_run:", "pull_request_target:"),
        ("workflow_run:", "pull_request:"),
        ("persist-credentials: false", "persist-credentials: false\n          ref: refs/pull/7/head"),
        ("run: python3", "run: git fetch origin refs/pull/7/head && python3"),
    ],
)
def test_a_workflow_that_would_run_a_strangers_code_with_a_token_is_found(old: str, new: str, tmp_path: Path) -> None:
    text = COMMENT.read_text("utf-8")
    assert old in text
    (tmp_path / "comment.yml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(AssertionError):
        test_what_runs_is_taken_from_where_it_is_safe(tmp_path / "comment.yml")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_and_the_token_can_only_read(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    assert used and all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action) for action in used)
    assert read(path)["permissions"] == {"contents": "read"}
    for name, job in read(path)["jobs"].items():
        assert job.get("permissions") == MORE.get((path, name)) and job["timeout-minutes"] <= 60
    for step in steps(path):
        assert not step.get("uses", "").startswith("actions/checkout") or step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_from_outside_becomes_part_of_a_command(path: Path) -> None:
    assert not [run for run in runs(path) if "${{" in run]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_command_is_there(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = "\n".join(runs(path))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"make (\S+)", said):
        assert target == ".venv/ready" or re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target
    for script in re.findall(r"^(deploy/\S+)", said, re.MULTILINE):
        assert (ROOT / script).stat().st_mode & 0o111, script
    for command in re.findall(r"handbook (\w+)", said):
        with pytest.raises(SystemExit) as ended:
            cli.main([command, "--help"])
        assert ended.value.code == 0, command
        capsys.readouterr()


def test_of_an_outside_contribution_only_what_partners_may_read_and_what_changed_is_kept() -> None:
    kept = {
        step["with"]["name"]: step["with"]["path"].split()
        for path in STRANGERS
        for step in steps(path)
        if "upload-artifact" in step.get("uses", "")
    }
    assert kept == {
        "comment": ["build/changes/comment.md", "build/changes/number"],
        "preview": ["build/partner/", "build/changes/changes.html"],
    }
    names = [step.get("name", "") for step in steps(PREVIEW)]
    audited = names.index("Build both editions, and audit what partners get")
    assert audited < names.index("Keep the comment") < names.index("Keep the preview")
    assert "handbook audit build/partner" in steps(PREVIEW)[audited]["run"]
    assert not [path for path in STRANGERS if "cache" in path.read_text("utf-8")]


def test_the_comment_is_posted_by_code_of_main_once_the_preview_is_whole() -> None:
    workflow = read(COMMENT)
    assert workflow["on"] == {"workflow_run": {"workflows": [read(PREVIEW)["name"]], "types": ["completed"]}}
    assert runs(COMMENT) == ["python3 .github/comment.py"]
    condition = workflow["jobs"]["comment"]["if"]
    assert "workflow_run.event == 'pull_request'" in condition and "conclusion == 'success'" in condition


def test_a_wider_audience_needs_a_second_person() -> None:
    audience = read(CHECK)["jobs"]["audience"]["steps"]
    assert audience[0]["with"]["fetch-depth"] == 0
    assert 'handbook widened "$BASE" --require-reviewer' in audience[-1]["run"]
    assert "continue-on-error" not in CHECK.read_text("utf-8")


def test_only_main_is_deployed_only_from_a_private_repository_and_only_to_partners() -> None:
    workflow = read(DEPLOY)
    assert workflow["on"] == {"push": {"branches": ["main"]}}
    assert workflow["concurrency"] == {"group": "deploy", "cancel-in-progress": False}
    assert list(workflow["jobs"]) == ["partner"]
    said = runs(DEPLOY)
    assert said[0] == 'deploy/only-if-private.sh "$PRIVATE"'
    assert steps(DEPLOY)[1]["env"] == {"PRIVATE": "${{ github.event.repository.private }}"}
    sent = [run for run in said if "publish.sh" in run]
    assert sent == ["deploy/publish.sh fetch", "deploy/publish.sh send"]
    assert "handbook audit build/partner" in said[-2] and said[-1] == sent[-1]
    assert not [step for step in steps(DEPLOY) if "artifact" in step.get("uses", "")]
    assert set(re.findall(r"secrets\.(\w+)", DEPLOY.read_text("utf-8"))) == {"HANDBOOK_DEPLOY_KEY"}


def test_what_the_operator_is_told_of_is_there() -> None:
    guide = (ROOT / "deploy/README.md").read_text("utf-8")
    named = re.findall(r"`((?:nginx|settings)/[\w./-]*|[\w-]+\.sh|tests/\S+|\.github/\S+)`", guide)
    places = (ROOT / "deploy", ROOT / "deploy/nginx/handbook", ROOT)
    assert len(named) >= 8
    assert not [name for name in named if not any((place / name).exists() for place in places)]
    workflow = DEPLOY.read_text("utf-8")
    for setting in re.findall(r"(?:variable|secret) `(\w+)`", guide):
        assert re.search(rf"(?:vars|secrets)\.{setting}\b", workflow), setting
