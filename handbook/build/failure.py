"""What stops a build, for whoever tells of it."""

from __future__ import annotations

from collections.abc import Sequence

from handbook.model.problems import Problem


class BuildFailed(Exception):
    """MkDocs stopped. What it had to say has been logged; `problems` holds what is known to be wrong."""

    def __init__(self, message: str = "", problems: Sequence[Problem] = ()):
        super().__init__(message)
        self.problems = list(problems)
