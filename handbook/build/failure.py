"""The error that stops a build."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.model.problems import Problem


class BuildFailed(Exception):
    """A site could not be built. `problems` holds what is wrong with the handbook, where that is the reason."""

    def __init__(self, message: str = "", problems: Sequence[Problem] = ()):
        super().__init__(message)
        self.problems = list(problems)
