"""The handbook as it would be: a copy of what a check reads, with a change in it, checked before anything is written."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from handbook.editing.saving import may_be_written
from handbook.editions.check import Checked, check
from handbook.loading.macro_package import load_macros
from handbook.loading.mkdocs_config import CONFIG_FILE, PARTNER_FILE
from handbook.loading.page_files import DOCS
from handbook.model.locations import OVERRIDES
from handbook.model.problems import Problem, Severity

_FOLDERS = (DOCS, "data", OVERRIDES)
_FILES = (CONFIG_FILE, PARTNER_FILE)


@dataclass(frozen=True)
class Draft:
    """The handbook with a change: what a check reads and finds then, and what of it the change brings."""

    checked: Checked
    new: list[Problem]
    earlier: int

    @property
    def errors(self) -> list[Problem]:
        """The errors that are not there without the change."""
        return [problem for problem in self.new if problem.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        """The warnings that are not there without the change."""
        return [problem for problem in self.new if problem.severity is Severity.WARNING]


def draft(root: Path, changes: dict[str, bytes]) -> Draft:
    """The handbook at `root` as it would be with the files in `changes`, each by its path. Writes nothing in `root`.

    `earlier` counts the errors that the handbook has already. Raises Refused for a file that may not be written.
    """
    for shown in changes:
        may_be_written(root, shown)
    with tempfile.TemporaryDirectory(prefix="handbook-") as folder:
        copy = Path(folder)
        for name in _FOLDERS:
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, symlinks=True)
        for name in _FILES:
            if (root / name).is_file():
                shutil.copy(root / name, copy / name)
        for shown, data in changes.items():
            (copy / shown).parent.mkdir(parents=True, exist_ok=True)
            (copy / shown).write_bytes(data)
        macros = load_macros(root)
        after = check(copy, macros=macros)
    before = check(root, macros=macros) if after.problems else Checked()
    return Draft(after, _new(before.problems, after.problems), len(before.errors))


def _new(before: list[Problem], after: list[Problem]) -> list[Problem]:
    """The problems of `after` that are not in `before`, wherever new lines have moved them to."""
    known = Counter(map(_told, before))
    found = []
    for problem in after:
        if known[_told(problem)]:
            known[_told(problem)] -= 1
        else:
            found.append(problem)
    return found


def _told(problem: Problem) -> tuple[str, str, str]:
    """What a problem says, without lines that may have moved."""
    return problem.path, re.sub(r"(:|line )\d+", r"\1", problem.what), problem.cure
