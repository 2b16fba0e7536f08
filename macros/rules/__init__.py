"""What must hold. Each rule is a small function from what was read to the problems in it."""

from __future__ import annotations

from macros.content.handbook import Handbook, Written
from macros.content.problems import Problem


def check_handbook(handbook: Handbook) -> list[Problem]:
    return []


def check_edition(written: Written) -> list[Problem]:
    return []
