"""Format problems for a person, for a pull request on GitHub, or as JSON for another program."""

from __future__ import annotations

import json
from collections.abc import Sequence

from handbook.model.problems import Problem, Severity

FORMATS = ("text", "github", "json")


def told(problems: Sequence[Problem], form: str = "text") -> str:
    """Format problems in one of FORMATS: one line each, then their count; in JSON, a list without a count."""
    if form == "json":
        return json.dumps([_as_json(problem) for problem in problems], indent=2, ensure_ascii=False)
    show = _github if form == "github" else str
    return "\n".join([*map(show, problems), _count(problems)])


def _count(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    counted = ((errors, "error"), (len(problems) - errors, "warning"))
    counts = [f"{count} {word if count == 1 else f'{word}s'}" for count, word in counted if count]
    return f"{' and '.join(counts)} found." if counts else "No problems found."


def _github(problem: Problem) -> str:
    """A workflow command, with which GitHub Actions shows a problem at its line of the pull request.

    Escaped as the runner unescapes it: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    """
    message = _escaped(problem.words)
    path = _escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{problem.severity} file={path},line={problem.line}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _as_json(problem: Problem) -> dict[str, str | int]:
    return {
        "path": problem.path,
        "line": problem.line,
        "severity": str(problem.severity),
        "what": problem.what,
        "cure": problem.cure,
    }
