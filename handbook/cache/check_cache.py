"""What a check told of a handbook, for another check of the same."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from handbook.cache.location import FOLDER
from handbook.cache.up_to_date import inputs
from handbook.files.atomic import replace
from handbook.loading.page_analysis import problem_as_json, problem_from
from handbook.model.problems import Problem

_FILE = f"{FOLDER}/told"


def told_before(root: Path, now: str | None) -> list[Problem] | None:
    """Every problem that a check found, if these were its inputs; None where another check is needed."""
    try:
        known = json.loads((root / _FILE).read_text("utf-8"))
        return list(map(problem_from, known["problems"])) if now and known["inputs"] == now else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_told(root: Path, before: str | None, problems: list[Problem]) -> None:
    """Notes what a check told, if its inputs are still what they were before. A full disk costs only time."""
    if before and inputs(root) == before:
        kept = {"inputs": before, "problems": list(map(problem_as_json, problems))}
        with suppress(OSError):
            (root / FOLDER).mkdir(parents=True, exist_ok=True)
            replace(root / _FILE, json.dumps(kept).encode())
