"""What the preview shows: the last site that could be built, and what is wrong with the handbook since."""

from __future__ import annotations

import json
from collections.abc import Sequence
from threading import Condition
from typing import TypedDict

from handbook.model.problems import Problem
from handbook.preview.preview_site import PreviewSite


class _Status(TypedDict):
    """What browsers are told. `site` counts the sites shown; each problem is a place and what is wrong there."""

    site: int
    problems: list[list[str]]
    notice: str


class PreviewState:
    """The current site and status. Browsers wait for the status to change."""

    def __init__(self) -> None:
        self.site: PreviewSite | None = None
        self._status = _Status(site=0, problems=[], notice="")
        self._version = 0
        self._changed = Condition()

    def show_site(self, site: PreviewSite, notice: str = "") -> None:
        """Show another site, which nothing is wrong with."""
        self.site = site
        self._publish(_Status(site=self._status["site"] + 1, problems=[], notice=notice))

    def show_problems(self, problems: Sequence[Problem], notice: str = "") -> None:
        """Show what is wrong. The site stays as it is."""
        shown = [[f"{problem.path}:{problem.line}", problem.words] for problem in problems]
        self._publish(_Status(site=self._status["site"], problems=shown, notice=notice))

    def wait_for_change(self, version: int, timeout: float) -> tuple[int, str]:
        """Wait until the status is no longer that of `version`, or for `timeout` seconds.

        Return the version of the status, and the status as JSON.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._version != version, timeout)
            return self._version, json.dumps(self._status)

    def _publish(self, status: _Status) -> None:
        with self._changed:
            self._status = status
            self._version += 1
            self._changed.notify_all()
