"""Check what records refer to: other records, passages of sources, and whether their audience may see both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic.fields import FieldInfo

from handbook.loading.record_files import Records
from handbook.loading.strict_yaml import Path
from handbook.model.editions import Audience, narrowest
from handbook.model.fields import Ref
from handbook.model.parts import Part, Record, Sourced, parts_of
from handbook.model.problems import Problem, choose
from handbook.model.sources import Outline, Source


def check_references(records: Records) -> list[Problem]:
    """Find dangling ids, ids of the wrong kind, passages that are in no outline, and leaks to partners."""
    problems: list[Problem] = []
    outlines = outlines_of(records)
    for record in records.values():
        audiences: dict[Path, Audience] = {}
        for path, part in parts_of(record):
            parent = audiences.get(path[:-2], Audience.PARTNER if not path else Audience.INTERNAL)
            audience = narrowest(parent, part.audience) if path else part.audience or Audience.INTERNAL
            audiences[path] = audience
            if path and part.audience is Audience.PARTNER and parent is Audience.INTERNAL:
                problems.append(
                    _problem(
                        records,
                        record,
                        (*path, "audience"),
                        "A part for partners inside something internal",
                        f"Make the {record.kind} partner, or delete this line",
                    )
                )
            for named in named_by(part):
                problems += _reference(records, record, path, named, audience)
            for inner, what, cure in unknown_passages(part, outlines):
                problems.append(_problem(records, record, (*path, *inner), what, cure))
    return problems + _without_outline(records, outlines)


def _without_outline(records: Records, outlines: Mapping[str, Outline]) -> list[Problem]:
    """Problems with sources that records rest on and that have no outline to check their passages against."""
    if records.incomplete:
        return []
    resting = {part.source for record in records.values() for _, part in parts_of(record) if isinstance(part, Sourced)}
    return [
        _problem(
            records,
            record,
            (),
            f"The source {record.id} has no outline, so what rests on it cannot be checked",
            f"List its passages in data/sources/{record.id}.yml, as the other outlines do",
        )
        for record in records.values()
        if isinstance(record, Source) and record.id in resting and record.id not in outlines
    ]


def outlines_of(records: Records) -> dict[str, Outline]:
    """Every outline by the id of its source."""
    return {record.source: record for record in records.values() if isinstance(record, Outline)}


class NamedId(NamedTuple):
    """An id that a part names: the key it stands under, the kind of record that it must be of, and the id."""

    key: str
    kind: str
    id: str


def named_by(part: Part) -> Iterator[NamedId]:
    """Every id of another record in a part."""
    for key, kind in _refs(type(part)):
        value: Any = getattr(part, key)
        for name in value if isinstance(value, tuple) else (value,):
            if name is not None:
                yield NamedId(key, kind, name)


@cache
def _refs(model: type[Part]) -> tuple[tuple[str, str], ...]:
    """The keys of a model that hold ids, each with the kind of record it must name."""
    return tuple((key, mark.kind) for key, field in model.model_fields.items() for mark in refs_of(field))


def refs_of(field: FieldInfo) -> list[Ref]:
    """The kinds of record whose ids a field holds: none, or one."""
    return [mark for mark in field.metadata if isinstance(mark, Ref)] or _marks_inside(field.annotation)


def _marks_inside(annotation: Any) -> list[Ref]:
    """The Ref of an annotation such as `tuple[BodyId, ...]` or `SourceId | None`."""
    found = [mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, Ref)]
    for inner in getattr(annotation, "__args__", ()):
        found += _marks_inside(inner)
    return found


def _reference(records: Records, record: Record, path: Path, named: NamedId, audience: Audience) -> Iterator[Problem]:
    """What is wrong with an id that the part of `record` at `path`, written for `audience`, names."""
    key, kind, name = named
    path = (*path, key)
    target = records.get(name)
    if target is None or target.kind != kind:
        if target is None and records.may_have(kind, name):
            return
        otherwise = f"add the {kind} under data/" if target is None else f"give the id of a {kind}"
        found = f"No {kind} has this id" if target is None else f"{name} is a {target.kind}, not a {kind}"
        choices = [other.id for other in records.values() if other.kind == kind]
        yield _problem(records, record, path, f"{found} (found {name})", choose(name, choices, otherwise))
    elif audience is Audience.PARTNER and (target.audience or Audience.INTERNAL) is Audience.INTERNAL:
        what = f"This {record.kind} is for partners and names the {kind} {name}, which is internal"
        yield _problem(records, record, path, what, f"Make {name} partner, or this internal")


def unknown_passages(part: Part, outlines: Mapping[str, Outline]) -> Iterator[tuple[Path, str, str]]:
    """Passages that a part names and its source's outline does not have: the key, what is wrong, and the cure."""
    source: str | None
    locators: dict[Path, str]
    if isinstance(part, Source):
        source, locators = part.named_in, {("locator",): part.locator or ""}
    elif isinstance(part, Sourced):
        source, locators = part.source, {("locator",): part.locator}
        locators |= {("also", index): locator for index, locator in enumerate(part.also)}
    else:
        return
    outline = outlines.get(source or "")
    known = [passage.locator for passage in outline.parts] if outline else []
    for path, locator in locators.items():
        if outline and locator and locator not in known:
            cure = choose(locator, known, f"see its outline in {outline.place.path}")
            yield path, f"{source} has no such passage (found {locator})", cure


def _problem(records: Records, record: Record, path: Path, what: str, cure: str) -> Problem:
    place = records.place(record, path)
    return Problem(place.path, place.line, what, cure)
