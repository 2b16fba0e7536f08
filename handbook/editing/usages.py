"""Where a record is shown, cited and named: the calls on pages that read it, by edition, and the keys that hold its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from handbook.editions.renderer import write
from handbook.loading.handbook import Handbook, read_handbook
from handbook.loading.page import Page
from handbook.loading.record_files import read_records
from handbook.loading.references import named_by, outlines_of
from handbook.loading.rendered_edition import RenderedEdition
from handbook.loading.strict_yaml import Path as KeyPath
from handbook.loading.template import Call
from handbook.macros.view import SiteContext, View
from handbook.model.coverage import uses_of
from handbook.model.dependencies import on_passage, on_record, recording
from handbook.model.editions import Edition
from handbook.model.parts import Part, Record, Sourced, parts_of
from handbook.model.problems import ContentError, choose
from handbook.model.sources import Source


@dataclass(frozen=True, order=True)
class Spot:
    """A line of a page or of a record's file, and what stands there. `editions` are those that show it."""

    path: str
    line: int
    what: str
    editions: tuple[Edition, ...] = ()

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def shown(editions: Iterable[RenderedEdition], record: Record, locator: str = "") -> list[Spot]:
    """The calls on pages that show or cite a record, or one passage of a source."""
    return _spots(
        (page.shown, call, written) for written in editions for page, call, _ in _reading(written, record, locator)
    )


def changed(before: Iterable[RenderedEdition], after: Iterable[RenderedEdition], record: Record) -> list[Spot]:
    """The calls on pages that show a record otherwise after than before."""
    made = {
        (written.store.edition, page.path, call): text
        for written in before
        for page, call, text in _reading(written, record)
    }
    return _spots(
        (page.shown, call, written)
        for written in after
        for page, call, text in _reading(written, record)
        if made.get((written.store.edition, page.path, call)) != text
    )


def _spots(found: Iterable[tuple[str, Call, RenderedEdition]]) -> list[Spot]:
    spots: dict[tuple[str, int, str], list[Edition]] = {}
    for path, call, written in found:
        editions = spots.setdefault((path, call.line, str(call)), [])
        if written.store.edition not in editions:
            editions.append(written.store.edition)
    return sorted(Spot(*place, tuple(editions)) for place, editions in spots.items())


def _reading(written: RenderedEdition, record: Record, locator: str = "") -> Iterator[tuple[Page, Call, str]]:
    """Each call that reads a record or a passage, with what it shows, found by making it again."""
    shown = on_passage(record.id, locator) if locator else on_record(record.kind, record.id)
    site = SiteContext(written.store, written.pages, uses_of(written.reads))
    for path, page in written.pages.items():
        if shown not in written.reads[path]:
            continue
        view = View(site, page)
        for call in page.template.calls(written.store.edition):
            with recording() as dependencies:
                try:
                    text = view.call(written.handbook.macros[call.name], *call.args, **dict(call.kwargs))
                except (LookupError, ValueError, TypeError):
                    continue
            if shown in dependencies:
                yield page, call, text


def named(handbook: Handbook, record: Record, locator: str = "") -> list[Spot]:
    """The keys of records and of front matter that hold a record's id, or rest on one passage of a source."""
    spots = set()
    for other in handbook.records.values():
        for path in _naming(other, record, locator):
            place = handbook.records.place(other, path)
            spots.add(Spot(place.path, place.line, f"{other.kind} {other.id}, {_key(path)}"))
    for page in handbook.docs.pages.values():
        for path in _naming(page.header, record, locator):
            spots.add(Spot(page.shown, page.document.line(path), f"front matter, {_key(path)}"))
    return sorted(spots)


def _naming(whole: Part, record: Record, locator: str) -> Iterator[KeyPath]:
    """The path of each key in a record or a header that names `record`."""
    for path, part in _parts(whole):
        if not locator:
            for key, kind, name in named_by(part):
                if (kind, name) == (record.kind, record.id):
                    value = getattr(part, key)
                    yield (*path, key, value.index(name)) if isinstance(value, tuple) else (*path, key)
        elif isinstance(part, Sourced) and part.source == record.id and locator in part.locators:
            yield (*path, "locator") if part.locator == locator else (*path, "also", part.also.index(locator))
        elif isinstance(part, Source) and part.named_in == record.id and part.locator == locator:
            yield (*path, "locator")


def _parts(whole: Part) -> Iterator[tuple[KeyPath, Part]]:
    """A record or a header, and every part inside it."""
    yield from parts_of(whole)
    for key in type(whole).model_fields:
        if isinstance(inner := getattr(whole, key), Part):
            yield from parts_of(inner, (key,))


def _key(path: KeyPath) -> str:
    return str(next(step for step in reversed(path) if isinstance(step, str)))


class NotFound(Exception):
    """There is no such record or passage. The message says what comes nearest."""


def find(root: Path, name: str, locator: str = "") -> tuple[Handbook, Record]:
    """The handbook and the record `name` in it. Raises NotFound, and ContentError where it cannot be read."""
    handbook, _ = read_handbook(root)
    record = handbook.records.get(name)
    if record is None:
        if handbook.records.incomplete:
            raise ContentError(read_records(root)[1])
        otherwise = "look for its id in the files under data/"
        raise NotFound(f"No record has this id (found {name}). {choose(name, handbook.records, otherwise)}.")
    if locator:
        outline = outlines_of(handbook.records).get(name)
        passages = [part.locator for part in outline.parts] if outline else []
        if locator not in passages:
            otherwise = (
                f"see its outline in {outline.place.path}" if outline else "only a source with an outline has any"
            )
            raise NotFound(f"{name} has no such passage (found {locator}). {choose(locator, passages, otherwise)}.")
    return handbook, record


def written(handbook: Handbook) -> list[RenderedEdition]:
    """Both editions of the handbook."""
    return [write(handbook, edition)[0] for edition in Edition]
