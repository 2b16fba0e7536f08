"""Problems as a person, a pull request or another program is told of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from handbook.model.problems import Problem, Severity

FORMATS = ("text", "github", "json")


def told(problems: Sequence[Problem], form: str = "text") -> str:
    """The problems, a line each, with their count; as JSON, a list without one."""
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
    """A problem as GitHub Actions shows it, at its line in the pull request, escaped as its runner unescapes it."""
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
