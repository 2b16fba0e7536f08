"""The command `handbook diff` in real repositories: what it compares with, and what it says when it cannot."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from handbook import cli
from tests.conftest import copy_example
from tests.review.repository import Repository

NO_CHANGE = "Readers see no change in words, figures, pages or images."


def diff(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    code = cli.main(["--root", str(root), "diff", *options])
    said = capsys.readouterr()
    assert bool(said.out) is (code == 0) and "Traceback" not in said.err
    return code, said.out + said.err


def first_line(work: Repository, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    code, said = diff(work.root, capsys, *options)
    assert code == 0, said
    return said.partition("\n")[0]


def commit_of(work: Repository, name: str) -> str:
    return work.git("rev-parse", name)[:10]


def test_work_is_compared_with_main_where_it_parted(work: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    parted = commit_of(work, "main")
    work.git("checkout", "--quiet", "main")
    work.edit("data/risks.yml", "again and again", "once more")
    work.commit("More on main")
    work.git("checkout", "--quiet", "work")
    assert first_line(work, capsys) == f"What changed since main ({parted})"
    assert NO_CHANGE in diff(work.root, capsys)[1]
    # What is not committed counts, and so does what git does not know yet.
    work.edit("data/figures/neglect.yml", '"700"', '"720"')
    work.page("docs/plans.md", "internal", "Plans.")
    said = diff(work.root, capsys)[1]
    assert "-> over 720 people, October 2021 (Example report" in said
    assert "Page in docs/plans.md: added, in the internal edition only" in said
    work.commit("Done")
    assert diff(work.root, capsys)[1] == said
    assert first_line(work, capsys, "HEAD") == f"What changed since HEAD ({commit_of(work, 'HEAD')})"
    assert NO_CHANGE in diff(work.root, capsys, "HEAD")[1]


def test_main_as_it_is_shared_comes_first_and_head_last(work: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    work.git("update-ref", "refs/remotes/origin/main", "main")
    assert first_line(work, capsys).startswith("What changed since origin/main (")
    work.git("update-ref", "-d", "refs/remotes/origin/main")
    work.git("branch", "--quiet", "-D", "main")
    assert first_line(work, capsys).startswith("What changed since HEAD (")


def test_what_is_no_content_is_counted_and_not_hidden(work: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (work.root / "notes.txt").write_text("A note")
    work.edit("mkdocs.yml", "site_name:", "# A name\nsite_name:")
    code, said = diff(work.root, capsys)
    assert code == 0 and NO_CHANGE in said
    assert "2 files of code, look or tests changed too." in said
    assert "what they do to readers is not told here" in said


def test_every_form_is_given(work: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    work.edit("data/figures/neglect.yml", '"700"', '"720"')
    assert diff(work.root, capsys, "--format", "markdown")[1].startswith("## What changed since main (")
    assert diff(work.root, capsys, "--format", "html")[1].startswith("<!doctype html>\n")


def test_a_handbook_with_errors_is_not_compared(work: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    work.edit("docs/risks.md", "audience: partner", "audience: everyone")
    code, said = diff(work.root, capsys)
    assert code == 1 and said.startswith("Nothing was compared.\ndocs/risks.md:4: Not a value that audience can have")


def test_an_earlier_handbook_that_cannot_be_read_is_told(work: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    work.edit("data/handbook.yml", "as_at: 2021-12-21", "as_of: 2021-12-21")
    work.on_main()
    work.edit("data/handbook.yml", "as_of: 2021-12-21", "as_at: 2021-12-21")
    code, said = diff(work.root, capsys)
    assert code == 1
    assert "cannot be read by the code that is here" in said and "data/handbook.yml:" in said


def test_a_tree_from_before_there_was_a_handbook_is_told(work: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    kept = work.root.parent / "kept"
    (work.root / "data").rename(kept)
    work.on_main()
    kept.rename(work.root / "data")
    code, said = diff(work.root, capsys)
    assert code == 1 and "cannot be read by the code that is here" in said


def test_an_earlier_page_that_cannot_be_read_counts_as_new(
    work: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    work.edit("docs/risks.md", "audience: partner", "audience: everyone")
    work.on_main()
    work.edit("docs/risks.md", "audience: everyone", "audience: partner")
    code, said = diff(work.root, capsys)
    assert code == 0
    assert "The page Risks is for partners, and is new." in said
    assert "The earlier handbook could not be read in full: 1 problem, the first at docs/risks.md:4." in said


def test_what_git_cannot_say_is_a_sentence(
    work: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = diff(work.root, capsys, "nowhere")
    assert code == 1 and said.startswith("Nothing was compared.\nGit knows no revision nowhere.")
    code, said = diff(copy_example(tmp_path / "bare"), capsys)
    assert code == 1 and "is not in a git repository" in said


def test_a_clone_without_its_history_is_told_how_to_get_it(
    work: Repository, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = work.git("rev-parse", "HEAD")
    work.page("docs/plans.md", "internal", "Plans.")
    work.commit("More")
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", work.root.as_uri(), shallow], check=True)
    code, said = diff(shallow, capsys, first)
    assert code == 1 and "git fetch --unshallow" in said
    # Without a revision there is still one to compare with.
    assert diff(shallow, capsys)[0] == 0


def test_it_is_written_to_a_file_whose_folder_need_not_be_there(
    work: Repository, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """As it would be printed. A file that cannot be written is told in a sentence."""
    work.edit("data/figures/neglect.yml", '"700"', '"720"')
    file = tmp_path / "new" / "changes.html"
    assert diff(work.root, capsys, "--format", "html", "--output", str(file)) == (0, f"The changes are in {file}.\n")
    assert file.read_text("utf-8") == diff(work.root, capsys, "--format", "html")[1]
    code, said = diff(work.root, capsys, "--output", str(file.parent))
    assert (code, said) == (1, f"The changes could not be written (Is a directory: {file.parent}).\n")
