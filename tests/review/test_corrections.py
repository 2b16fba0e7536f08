"""What was published and then written over is told; what was added, corrected or reworded is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import cli
from handbook.review.corrections import overwritten
from tests.review.test_exposure import Repository

STAFF, NEGLECT, ACTIONS = "data/figures/staff.yml", "data/figures/neglect.yml", "data/actions.yml"
NUMBER = (
    "was changed or deleted in place (it was {}). Put it back, and add the right one below it with the key correction."
)


@pytest.fixture
def work(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "handbook")


def told(work: Repository) -> list[str]:
    return list(map(str, overwritten(work.root, "main")))


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        (NEGLECT, 'value: "700"', 'value: "710"', "data/figures/neglect.yml:11: warning: A published number of trained " + NUMBER.format("700 for 2021-10")),
        (NEGLECT, "qualifier: over", "qualifier: about", "data/figures/neglect.yml:11: warning: A published number of trained " + NUMBER.format("700 for 2021-10")),
        (STAFF, "period: 2021-12-21", "period: 2021-12", "data/figures/staff.yml:6: warning: A published number of turnover " + NUMBER.format("19.60 for 2021-12-21")),
        (ACTIONS, "state: continuing", "state: done", "data/actions.yml:7: warning: A published state of train-staff was changed or deleted in place (it was continuing). Put it back, and add the new one below it."),
    ],
)  # fmt: skip
def test_what_is_written_over_is_told(path: str, old: str, new: str, says: str, work: Repository) -> None:
    work.edit(path, old, new)
    assert told(work) == [says]


def test_a_figure_that_is_gone_is_told(work: Repository) -> None:
    text = (work.root / STAFF).read_text("utf-8")
    (work.root / STAFF).write_text(text.partition("overspend:")[0], "utf-8")
    assert told(work) == [
        f"{STAFF}:1: warning: A published number of overspend " + NUMBER.format("3 for 2021-04/2022-03")
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (NEGLECT, "locator: paragraph 1", "locator: paragraph 2\n      note: A note."),
        (NEGLECT, "title: Staff trained to see neglect", "title: Staff who can see neglect"),
        (NEGLECT, 'value: "700"\n      qualifier: over', "suppressed: everyone"),
        (
            NEGLECT,
            "locator: paragraph 1",
            'locator: paragraph 1\n    - value: "710"\n      period: 2021-10\n      source: report-2021\n'
            "      locator: paragraph 1\n      correction: It was wrong.\n      corrected_on: 2022-01-01",
        ),
        (ACTIONS, "locator: paragraph 1", "locator: paragraph 1\n    - state: done\n      source: report-2021\n      locator: paragraph 2"),
    ],
    ids=["locator", "title", "suppressed", "corrected", "next-state"],
)  # fmt: skip
def test_what_keeps_the_past_is_not(path: str, old: str, new: str, work: Repository) -> None:
    work.edit(path, old, new)
    assert not told(work)


def test_what_was_not_yet_published_may_change(work: Repository) -> None:
    """A number of a source that the handbook did not speak of yet is a draft."""
    work.edit("data/sources.yml", "published: 2021-12-21", "published: 2022-12-21")
    work.on_main()
    work.edit(NEGLECT, 'value: "700"', 'value: "710"')
    assert not told(work)


def test_check_since_tells_it_and_goes_on(work: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    work.edit(NEGLECT, 'value: "700"', 'value: "710"')
    work.commit("Change a number")
    assert cli.main(["--root", str(work.root), "check", "--since", "main"]) == 0
    said = capsys.readouterr().out
    assert "warning: A published number of trained" in said
    assert "1 warning found." in said
