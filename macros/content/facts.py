"""What is known of a page of an edition once it has been written and checked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from .editions import Edition
from .problems import Problem, Severity


class Facts:
    """What is known of a page: a view of plain values, which can be kept as JSON.

    `body` gives the page's HTML with its headings, as `body_of` puts them together, whenever it is asked for.
    """

    def __init__(self, found: Mapping[str, Any], body: Callable[[], bytes]):
        self.found = found
        self.uses = frozenset(found["uses"])
        self.failed: bool = found["failed"]
        self.anchors = frozenset(found["anchors"])
        # Where its links and images lead: a path below docs/ and an anchor. None where one is wrong in itself.
        self.targets: list[list[str]] | None = found["targets"]
        # A hash of the body.
        self.content: str = found["content"]
        self.body = body

    @property
    def faults(self) -> list[Problem]:
        """What was wrong with the page's calls when it was written."""
        return [problem_from(given) for given in self.found["faults"]]

    def problems(self, edition: Edition) -> list[Problem]:
        """What is wrong with the page by itself. That it names a person is wrong in some editions alone."""
        names = [] if edition is Edition.INTERNAL else self.found["names"]
        return self.faults + [problem_from(given) for given in (*self.found["problems"], *names)]

    @property
    def html(self) -> str:
        """The HTML of the page's content."""
        return self.body().partition(b"\n")[2].decode()

    @property
    def headings(self) -> list[dict[str, Any]]:
        """Its headings, as the toc extension nests them."""
        headings: list[dict[str, Any]] = json.loads(self.body().partition(b"\n")[0])
        return headings


def body_of(html: str, headings: list[dict[str, Any]]) -> bytes:
    """The HTML of a page's content, below a line that holds its headings."""
    return f"{json.dumps(headings)}\n{html}".encode()


def problem_as_json(problem: Problem) -> list[str | int]:
    """A problem as a list of plain values."""
    return [problem.path, problem.line, problem.what, problem.cure, str(problem.severity)]


def problem_from(given: list[Any]) -> Problem:
    """The problem that `problem_as_json` made a list of."""
    path, line, what, cure, severity = given
    return Problem(path, line, what, cure, Severity(severity))
