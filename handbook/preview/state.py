"""What a preview has to show: the last good site, and what is wrong with the handbook since."""

from __future__ import annotations

import json
from collections.abc import Sequence
from threading import Condition

from handbook.model.problems import Problem
from handbook.preview.preview_site import PreviewSite


class PreviewState:
    """The site that is shown and what is told beside it. Whoever asks may wait for it to change."""

    def __init__(self) -> None:
        self.site: PreviewSite | None = None
        self._told: dict[str, object] = {"site": 0, "problems": [], "notice": ""}
        self._number = 0
        self._changed = Condition()

    def show(self, site: PreviewSite, notice: str = "") -> None:
        """Shows another site, which nothing is wrong with."""
        self.site = site
        self._tell(site=int(str(self._told["site"])) + 1, problems=[], notice=notice)

    def tell(self, problems: Sequence[Problem], notice: str = "") -> None:
        """Tells what is wrong. The site stays as it is."""
        self._tell(problems=[[f"{each.path}:{each.line}", each.words] for each in problems], notice=notice)

    def after(self, number: int, seconds: float) -> tuple[int, str]:
        """The number of what is told now and what it is, as JSON: at once if the number is another, or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: self._number != number, seconds)
            return self._number, json.dumps(self._told)

    def _tell(self, **told: object) -> None:
        with self._changed:
            self._told |= told
            self._number += 1
            self._changed.notify_all()
