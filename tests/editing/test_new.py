"""A record or a page is added from flags or from answers at a terminal, and never by halves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handbook.editing.creation import forms
from handbook.editions.check import check
from handbook.model.record_kinds import KINDS
from tests.editing.conftest import Handbook, tree

EVENT = ["partner", "visit-ends", "The visit ends", "visit", "2021-09-08", "report-2021", "paragraph 1"]
FLAGS = ("--audience", "--id", "--title", "--type", "--when", "--source", "--locator")


def typed(root: Path, *arguments: str, keys: str) -> subprocess.CompletedProcess[str]:
    """What the command says at a terminal to someone who types `keys`."""
    ours, theirs = os.openpty()
    os.write(ours, keys.encode())
    try:
        return subprocess.run(
            [sys.executable, "-m", "handbook.cli", "--root", str(root), *arguments],
            stdin=theirs,
            capture_output=True,
            text=True,
            timeout=60,
        )
    finally:
        os.close(ours)
        os.close(theirs)


def test_everything_that_is_kept_can_be_added() -> None:
    assert list(forms()) == ["page", "workstream", *KINDS]


@pytest.mark.parametrize("name", forms())
def test_the_audience_is_asked_first_and_every_question_has_an_example(name: str) -> None:
    asked = forms()[name].asked
    assert asked[0].name == "audience"
    assert len({question.name for question in asked}) == len(asked)
    for question in asked:
        assert question.entry.question != question.entry.key, f"{question.name} has no description"
        assert question.entry.example or question.entry.choices, f"{question.name} has no example"


def test_answers_at_a_terminal_make_what_flags_make(example: Path, handbook: Handbook) -> None:
    before = tree(example)
    done = typed(example, "new", "event", keys="\n".join([*EVENT, ""]) + "\n")
    assert done.returncode == 0, done.stderr
    assert "Will partners see this?" in done.stdout
    by_answers = tree(example)
    for name, data in before.items():
        (example / name).write_bytes(data)
    said = handbook("new", "event", *(word for pair in zip(FLAGS, EVENT, strict=True) for word in pair))
    assert said.code == 0, said.err
    assert tree(example) == by_answers != before
    assert not check(example).problems


def test_a_wrong_answer_is_asked_for_again(example: Path) -> None:
    keys = ["Partner", "partner", "Bad Id", "good-id", "Staff in post", "people", "over 5", "1,500", "12/2021"]
    keys += ["2021-12", "report-2012", "report-2021", "paragraph 2", "qualifer", "qualifier", "over"]
    keys += ["aliases", "staff", "posts", "", ""]
    done = typed(example, "new", "figure", keys="\n".join(keys) + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
    for said in (
        "Did you mean partner?",
        "Not an id (found Bad Id)",
        "add --qualifier over",
        "Not a period (found 12/2021)",
        "Did you mean report-2021?",
        "Did you mean qualifier?",
    ):
        assert said in done.stdout
    text = (example / "data/figures/good-id.yml").read_text("utf-8")
    assert text == (
        "good-id:\n  title: Staff in post\n  unit: people\n  aliases:\n    - staff\n    - posts\n"
        '  observations:\n    - value: "1500"\n      qualifier: over\n      period: 2021-12\n'
        "      source: report-2021\n      locator: paragraph 2\n  audience: partner\n"
    )


def test_what_a_check_refuses_is_not_written_and_the_answers_are_given_back(example: Path) -> None:
    before = tree(example)
    done = typed(example, "new", "event", keys="\n".join([*EVENT[:-1], "paragraf 1", ""]) + "\n")
    assert done.returncode == 1
    assert "has no such passage (found paragraf 1). Did you mean paragraph 1?" in done.stderr
    assert "handbook new event --audience partner --id visit-ends --title 'The visit ends'" in done.stderr
    assert tree(example) == before


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_end_of_the_input_writes_nothing(example: Path, count: int) -> None:
    before = tree(example)
    done = typed(example, "new", "event", keys="".join(f"{answer}\n" for answer in EVENT[:count]) + "\x04")
    assert (done.returncode, done.stderr) == (1, "\nStopped. Nothing was written.\n")
    assert tree(example) == before


def test_an_interruption_at_a_question_writes_nothing(example: Path) -> None:
    before = tree(example)
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "handbook.cli", "--root", str(example), "new", "event"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that run in the background pass on that an interruption is not heard.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout
    while "One of" not in (line := process.stdout.readline()):
        assert line
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert (process.returncode, said) == (130, "\nStopped. Nothing was written.\n")
    assert tree(example) == before


def test_without_a_terminal_the_missing_flags_are_named(example: Path) -> None:
    command = [sys.executable, "-m", "handbook.cli", "--root", str(example), "new", "event", "--title", "A"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr == (
        "Nothing was written. There is no terminal to ask at, so give these too: "
        "--audience, --id, --type, --when, --source, --locator.\n"
    )
