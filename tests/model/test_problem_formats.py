"""Problems as a pull request or another program is told of them."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from handbook.model.problem_formats import told
from handbook.model.problems import Problem, Severity

# What GitHub's runner does with a line: a command in the line's own words, or nothing at all.
COMMAND = re.compile(r"::(error|warning) file=([^,:]*),line=(\d+)::([^\r\n]*)")

_problems = st.builds(
    Problem,
    path=st.text(min_size=1),
    line=st.integers(1, 9999),
    what=st.text(),
    cure=st.text(),
    severity=st.sampled_from(Severity),
)


def unescaped(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


@given(_problems)
def test_github_reads_back_what_was_told_whatever_it_holds(problem: Problem) -> None:
    """A file's name or words must not end the line, or start a command of their own."""
    line = told([problem], "github").removesuffix("\n1 error found.").removesuffix("\n1 warning found.")
    match = COMMAND.fullmatch(line)
    assert match
    severity, path, number, message = match.groups()
    assert (severity, unescaped(path), int(number)) == (str(problem.severity), problem.path, problem.line)
    assert unescaped(message) == problem.words


@given(st.lists(_problems))
def test_json_reads_back_too(problems: list[Problem]) -> None:
    read = json.loads(told(problems, "json"))
    assert [Problem(**{**each, "severity": Severity(each["severity"])}) for each in read] == problems


def test_nothing_wrong_is_said_in_each_form() -> None:
    assert told([]) == told([], "github") == "No problems found."
    assert told([], "json") == "[]"
