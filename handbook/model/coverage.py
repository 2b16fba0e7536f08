"""Coverage of sources: for each passage, the pages that cite it and the records that rest on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handbook.model.dependencies import Dependency, on_passage
from handbook.model.parts import Record, Sourced, parts_of
from handbook.model.sources import Outline, OutlinePart, Source


@dataclass(frozen=True)
class Drawn:
    """A passage, with the paths of the pages and the records that draw on it."""

    part: OutlinePart
    pages: tuple[str, ...]
    records: tuple[Record, ...]


def drawn_on(outline: Outline, records: Iterable[Record], uses: Mapping[Dependency, tuple[str, ...]]) -> list[Drawn]:
    """Every passage of `outline`, in its order, with what draws on it."""
    resting: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        for locator in _locators(record, outline.source):
            if record not in resting[locator]:
                resting[locator].append(record)
    return [
        Drawn(part, uses.get(on_passage(outline.source, part.locator), ()), tuple(resting[part.locator]))
        for part in outline.parts
    ]


def _locators(record: Record, source: str) -> Iterable[str]:
    if isinstance(record, Source) and record.named_in == source and record.locator:
        yield record.locator
    for _, part in parts_of(record):
        if isinstance(part, Sourced) and part.source == source:
            yield from part.locators


def uses_of(reads: Mapping[str, Iterable[Dependency]]) -> dict[Dependency, tuple[str, ...]]:
    """For each thing that pages show, the pages that show it, in the order of their paths."""
    uses: dict[Dependency, list[str]] = {}
    for path in sorted(reads):
        for dependency in reads[path]:
            uses.setdefault(dependency, []).append(path)
    return {dependency: tuple(paths) for dependency, paths in uses.items()}
