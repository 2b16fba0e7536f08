"""A mistake is told in the same words by every command, before anything is wiped."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.cli import main
from handbook.editions.check import check
from tests.conftest import Once, copy_example, run
from tests.preview.running import previewing

# One mistake of each family, and the line that tells of it.
MISTAKES = {
    "yaml": ("data/figures/neglect.yml", "  unit: people", "\tunit: people", "A tab in the indentation"),
    "record": ("data/figures/neglect.yml", "qualifier: over", "qualifer: over", "Unknown key (found qualifer)"),
    "front matter": ("docs/index.md", "audience: partner", "audience: Partner", "audience can have (found Partner)"),
    "macro": (
        "docs/workstreams/neglect.md",
        'figure("trained"',
        'figure("trainde"',
        "No figure has this id (found trainde)",
    ),
    "link": ("docs/index.md", "neglect.md#risks", "neglect.md#risk", "heading that is not there (found #risk"),
    "code": ("docs/index.md", "## Workstreams", "{{ cycler.__init__() }}", "something that is not a macro"),
    "html": ("docs/index.md", "## Workstreams", "<script>x</script>\n\n## Workstreams", "(found <script>)"),
    "attribute list": ("docs/index.md", "## Workstreams", "## Workstreams {: onclick='x' }", "(found onclick on <h2>)"),
    "heading": ("docs/index.md", "## Workstreams", "#### Workstreams", "A heading that skips a level"),
    "slip": ("docs/index.md", "risks).", "risks.", "A link that is not closed"),
    "settings": ("data/handbook.yml", "as_at: 2021-12-21", "as_at: 21/12/2021", "Not a day (found 21/12/2021"),
    "site": ("mkdocs.yml", "font: false", "fonts: false", "Unknown key (found theme.fonts)"),
    "image": ("docs/index.md", "Read about", "![](a.png)\n\nRead about", "without words for those who cannot see it"),
    "text": ("docs/index.md", "Read about", "Read \u202eabout", "A character that cannot be seen (found U+202E"),
    "file": ("docs/README.md", "", "# Read me\n", "README.md"),
    "person": ("docs/index.md", "Read about", "Write to sam@example.com. Read about", "An e-mail address"),
    "redirect": (
        "docs/index.md",
        "audience: partner",
        "audience: partner\nredirect_from:\n  - figures.md",
        "figures.md",
    ),
    "number": ("docs/workstreams/neglect.md", "Staff learn", "Over 700 staff learn", "that the figure trained holds"),
}


def break_(root: Path, name: str) -> str:
    path, find, put, said = MISTAKES[name]
    text = (root / path).read_text("utf-8") if find else ""
    assert find in text
    (root / path).write_text(text.replace(find, put, 1), "utf-8")
    return said


@pytest.fixture
def sound(once: Once, tmp_path: Path) -> Path:
    """A copy of the example with its internal edition, built by plain MkDocs."""

    def make(folder: Path) -> None:
        done = run("mkdocs", "build", cwd=copy_example(folder))
        assert done.returncode == 0, done.stderr

    return Path(shutil.copytree(once("sound-example", make), tmp_path / "handbook", symlinks=True))


@pytest.mark.parametrize("name", MISTAKES)
def test_mkdocs_build_tells_what_check_tells_and_wipes_nothing(name: str, sound: Path) -> None:
    site = sound / "build/internal"
    before = sorted(site.rglob("*"))
    assert before
    said = break_(sound, name)
    done = run("mkdocs", "build", cwd=sound)
    assert done.returncode == 1
    assert said in done.stderr
    assert all(str(problem) in done.stderr for problem in check(sound).errors if "partner" not in problem.what)
    assert "Traceback" not in done.stderr
    assert sorted(site.rglob("*")) == before


@pytest.mark.parametrize("name", MISTAKES)
def test_serving_tells_it_too(name: str, example: Path) -> None:
    said = break_(example, name)
    with previewing(example) as preview:
        problems = preview.told()["problems"]
    assert any(said in words for _, words in problems)
    assert all(f"{where}: {words}" in preview.said for where, words in problems)


REFUSED_BY_MKDOCS = "mkdocs.yml:42: Not a value that validation.anchors can have (found warning)."


def break_configuration(root: Path) -> None:
    """A slip that MkDocs meets before any plugin can speak, beside one of ours."""
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(config.replace("anchors: warn", "anchors: warning"), "utf-8")
    break_(root, "record")


def test_what_mkdocs_itself_would_refuse_is_told_in_plain_words(example: Path) -> None:
    break_configuration(example)
    done = run("handbook.cli", "build", cwd=example)
    assert done.returncode == 1
    assert REFUSED_BY_MKDOCS in done.stderr
    assert "Unknown key (found qualifer)" in done.stderr
    assert "Expected one of" not in done.stderr


def test_the_preview_tells_it_in_the_same_words(example: Path) -> None:
    break_configuration(example)
    with previewing(example) as preview:
        told = [f"{where}: {words}" for where, words in preview.told()["problems"]]
    assert any(words.startswith(REFUSED_BY_MKDOCS) for words in told), told
    assert any("Unknown key (found qualifer)" in words for words in told), told
    assert "Expected one of" not in preview.said


def test_a_second_check_says_the_same(example: Path) -> None:
    """It uses what the first one kept."""
    break_(example, "slip")
    first = run("handbook.cli", "check", cwd=example)
    assert (example / ".cache/handbook/check.json").is_file()
    for _ in range(2):
        again = run("handbook.cli", "check", cwd=example)
        assert (again.stdout, again.returncode) == (first.stdout, first.returncode)
    assert run("handbook.cli", "check", "--no-cache", cwd=example).stdout == first.stdout
    (example / "docs/index.md").write_text((example / "docs/index.md").read_text("utf-8") + "\nTODO\n", "utf-8")
    again = run("handbook.cli", "check", cwd=example).stdout
    assert "A note to yourself is left in the page (found TODO)" in again
    assert first.stdout.splitlines()[0] in again


def test_so_does_mkdocs_own_serving(example: Path) -> None:
    said = break_(example, "record")
    done = run("mkdocs", "serve", "-a", "127.0.0.1:0", cwd=example)
    assert done.returncode == 1
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_check_gives_lines_a_count_and_an_exit_code(example: Path) -> None:
    good = run("handbook.cli", "check", cwd=example)
    assert (good.returncode, good.stdout) == (0, "No problems found.\n")
    break_(example, "record")
    bad = run("handbook.cli", "check", cwd=example)
    assert bad.returncode == 1
    assert bad.stdout.startswith("data/figures/neglect.yml:13: Unknown key (found qualifer). Did you mean qualifier?")
    assert bad.stdout.endswith("1 error found.\n")


def test_check_speaks_to_machines(example: Path) -> None:
    break_(example, "link")
    annotated = run("handbook.cli", "check", "--format", "github", cwd=example).stdout
    assert annotated.startswith("::error file=docs/index.md,line=16::")
    listed = json.loads(run("handbook.cli", "check", "--format", "json", cwd=example).stdout)
    assert [(problem["path"], problem["line"], problem["severity"]) for problem in listed] == [
        ("docs/index.md", 16, "error")
    ]


def test_a_command_that_is_misspelt(example: Path) -> None:
    done = run("handbook.cli", "chekc", cwd=example)
    assert done.returncode == 2
    assert done.stderr == (
        "No command has this name (found chekc). Did you mean check? If not, see handbook --help for all of them.\n"
    )


def test_a_folder_that_is_no_handbook_is_told_so(tmp_path: Path) -> None:
    done = run("handbook.cli", "--root", tmp_path, "check", cwd=tmp_path)
    assert done.returncode == 1
    assert "is not a handbook" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_imports_neither_mkdocs_nor_the_theme(example: Path) -> None:
    """It must stay quick: an editor runs it after every change."""
    code = "import sys; from handbook.cli import main; main(['check']); print([m for m in sys.modules if m in ('mkdocs', 'material')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=example, capture_output=True, text=True, env=os.environ)
    assert done.stdout.endswith("[]\n"), done.stderr


def test_a_fault_of_ours_is_a_sentence_too(
    example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> int:
        raise RuntimeError("out of step")

    monkeypatch.setattr("handbook.cli.checking._check", fail)
    assert main(["--root", str(example), "check"]) == 1
    said = capsys.readouterr().err
    assert "no mistake of yours (RuntimeError: out of step)" in said
    assert "Traceback" not in said
    monkeypatch.setenv("HANDBOOK_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main(["--root", str(example), "check"])
