"""The handbook as a whole: its settings, records and pages, read from its folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from handbook.loading.macro_package import load_macros
from handbook.loading.macro_registry import MacroRegistry
from handbook.loading.mkdocs_config import read_site
from handbook.loading.page import Page
from handbook.loading.page_files import Docs, read_docs
from handbook.loading.record_files import Records, read_records
from handbook.loading.references import check_references
from handbook.loading.settings import read_settings
from handbook.markdown.parser import PageParser
from handbook.model.dependencies import DependencyKind, not_recording, note_dependency
from handbook.model.problems import ContentError, Problem
from handbook.model.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True)
class Handbook:
    """Everything under data/ and docs/, read once, and the macros that pages may call."""

    root: Path
    settings: Settings
    records: Records
    docs: Docs
    parser: PageParser
    macros: MacroRegistry
    _answers: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def ask(self, question: Callable[[Handbook], T]) -> T:
        """The answer to a question about the whole handbook, worked out once."""
        note_dependency(DependencyKind.QUESTION, question.__name__)
        if question.__name__ not in self._answers:
            with not_recording():
                self._answers[question.__name__] = question(self)
        answer: T = self._answers[question.__name__]
        return answer


def read_handbook(
    root: Path, known: Mapping[str, bytes | Page] = MappingProxyType({}), macros: MacroRegistry | None = None
) -> tuple[Handbook, list[Problem]]:
    """The handbook at `root` and every problem in reading it.

    `known` holds what was read of pages before, and `macros` those that pages may call, where they are not to be
    loaded from the handbook's own package: no code of an earlier revision is ever run. Raises ContentError where so much is wrong that nothing else can be read.
    """
    settings, problems = read_settings(root)
    records, faults = read_records(root)
    docs, page_faults = read_docs(root, known)
    extensions, site_faults = read_site(root)
    problems += faults + page_faults + site_faults
    if settings is None or site_faults:
        raise ContentError(problems)
    if macros is None:
        macros = load_macros(root)
    problems += check_references(records) + macros.problems
    return Handbook(root, settings, records, docs, PageParser(extensions), macros), problems
