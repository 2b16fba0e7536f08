"""The results of rendering and checking one page in one edition."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from sys import intern
from typing import Any

from handbook.model.dependencies import Dependency, DependencyKind
from handbook.model.editions import Edition
from handbook.model.problems import Problem, Severity


@cache  # since many pages show the same
def _dependency(kind: str, *name: str) -> Dependency:
    return Dependency(DependencyKind(kind), name)


class PageAnalysis:
    """What is known of a page: a view of plain values, which can be kept as JSON.

    `shows` has the records, passages and links that were read to render it. `body` gives the page's HTML with its
    headings, as `body_of` puts them together, whenever it is asked for.
    """

    def __init__(self, found: Mapping[str, Any], body: Callable[[], bytes]):
        self.shows = frozenset(_dependency(*fields) for fields in found["shows"])
        self.failed: bool = found["failed"]
        # Many pages lead to the same.
        self.anchors = frozenset(map(intern, found["anchors"]))
        # Where its links and images lead: a path below docs/ and an anchor. None where one is wrong in itself.
        targets = found["targets"]
        self.targets = None if targets is None else [(intern(path), intern(anchor)) for path, anchor in targets]
        # Fingerprints of the body, of what the page shows, and of the Markdown that the body was made of.
        self.content: str = found["content"]
        self.shown: str = found["shown"]
        self.markdown: str = found["markdown"]
        self._problems = {kind: found[kind] for kind in ("faults", "problems", "names") if found[kind]}
        self.body = body

    @property
    def found(self) -> dict[str, Any]:
        """What it was made of."""
        kinds: dict[str, Any] = dict.fromkeys(("faults", "problems", "names"), ()) | self._problems
        return {
            "failed": self.failed,
            "anchors": sorted(self.anchors),
            "targets": self.targets,
            "content": self.content,
            "shows": sorted([str(kind), *name] for kind, name in self.shows),
            "shown": self.shown,
            "markdown": self.markdown,
            **kinds,
        }

    @property
    def fingerprint(self) -> str:
        """One hash of the page's body and of what it shows, on which its date rests."""
        return f"{self.content} {self.shown}"

    @property
    def faults(self) -> list[Problem]:
        """The problems with the page's macro calls."""
        return self._of("faults")

    def problems(self, edition: Edition) -> list[Problem]:
        """The problems of the page by itself. Naming a person is a problem in the partner edition alone."""
        names = [] if edition is Edition.INTERNAL else self._of("names")
        return self.faults + self._of("problems") + names

    def _of(self, kind: str) -> list[Problem]:
        return [problem_from(given) for given in self._problems.get(kind, ())]

    @property
    def html(self) -> str:
        """The HTML of the page's content."""
        return self.body().partition(b"\n")[2].decode()

    @property
    def headings(self) -> list[dict[str, Any]]:
        """The headings, nested as the toc extension nests them."""
        headings: list[dict[str, Any]] = json.loads(self.body().partition(b"\n")[0])
        return headings


def body_of(html: str, headings: list[dict[str, Any]]) -> bytes:
    """Pack the HTML of a page's content for `PageAnalysis`: a line of JSON with its headings, then the HTML."""
    return f"{json.dumps(headings)}\n{html}".encode()


def problem_as_json(problem: Problem) -> list[str | int]:
    """A problem as a list of plain values."""
    return [problem.path, problem.line, problem.what, problem.cure, str(problem.severity)]


def problem_from(given: list[Any]) -> Problem:
    """The problem that `problem_as_json` made a list of."""
    path, line, what, cure, severity = given
    return Problem(path, line, what, cure, Severity(severity))
