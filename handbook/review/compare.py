"""Everything that changed between an earlier handbook and the one at hand, for its readers and editors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from handbook.editions.check import Checked, check, read
from handbook.loading.page import DOCS
from handbook.loading.settings import SETTINGS_FILE
from handbook.model.dependencies import Dependency, DependencyKind, on_record
from handbook.model.editions import Edition
from handbook.model.parts import Record
from handbook.model.problems import ContentError
from handbook.model.record_kinds import KINDS
from handbook.review.change import Change, ChangeItem, Changes, ChangeSection, merged
from handbook.review.exposure import Before, widened
from handbook.review.git_history import NoHistory, Start, other_files, start_of, tree_at
from handbook.review.page_changes import Pages
from handbook.review.record_changes import changed_fields, changed_records

# What has a history comes first: it is what readers follow.
_KINDS = sorted(KINDS.values(), key=lambda kind: kind.model.latest is Record.latest)


def changes_since(root: Path, revision: str | None = None) -> Changes:
    """What changed in the handbook at `root`, with what is not committed, since the work parted from `revision`.

    Without one it is main, or where git knows no main, HEAD. Raises ContentError when the
    handbook as it is has errors, and NoHistory.
    """
    now = check(root)
    if now.errors:
        raise ContentError(now.errors)
    start = start_of(root, revision)
    with tree_at(root, start.commit) as folder:
        before = read(folder, macros=now.macros)
        if before.handbook is None or not before.editions:
            first = before.errors[0]
            raise NoHistory(
                f"The handbook of {start} cannot be read by the code that is here, so there is nothing to compare "
                f"with. The first problem in it: {first.path}:{first.line}: {first.what}."
            )
        return compare(before, now, start, other_files(root, start.commit))


def compare(before: Checked, now: Checked, since: Start, others: Sequence[str] = ()) -> Changes:
    """What changed between two handbooks. `others` are files that changed and hold neither words nor records."""
    pages = Pages(before, now)
    changed = list(_records(before, now))
    shown = {on_record(record.kind, record.id) for record, _ in changed}
    shown |= {Dependency(DependencyKind.LINK, (path,)) for path in pages.renamed}
    sections = [
        *(
            ChangeSection(kind.plural.capitalize(), tuple(_with_pages(found, pages)))
            for kind in _KINDS
            if (found := [(record, item) for record, item in changed if record.kind == kind.name])
        ),
        ChangeSection("Pages that change without being edited", tuple(pages.following(shown))),
        ChangeSection("Pages", tuple(pages.changed())),
        ChangeSection("Images and other files", tuple(_files(before, now))),
        ChangeSection("Settings of the handbook", tuple(_settings(before, now))),
    ]
    return Changes(
        str(since),
        tuple(widened(Before(before), now)),
        tuple(section for section in sections if section.items),
        tuple(_notes(before, others)),
    )


def _records(before: Checked, now: Checked) -> Iterator[tuple[Record, ChangeItem]]:
    """Each record that changed for some reader; then what no reader sees yet."""
    assert before.handbook and now.handbook
    where: dict[ChangeItem, list[Edition]] = {}
    records: dict[ChangeItem, Record] = {}
    for edition in Edition:
        had, has = (
            {record.id: record for record in checked.editions[edition].store.everything()} for checked in (before, now)
        )
        for record, item in changed_records(had, has):
            where.setdefault(item, []).append(edition)
            records[item] = record
    told = {record.id for record in records.values()}
    for record, item in changed_records(before.handbook.records, now.handbook.records):
        if record.id not in told:
            where[item], records[item] = [], record
    for item, editions in where.items():
        yield records[item], replace(item, editions=tuple(editions))


def _with_pages(found: list[tuple[Record, ChangeItem]], pages: Pages) -> Iterator[ChangeItem]:
    for record, item in found:
        yield replace(item, notes=pages.showing(on_record(record.kind, record.id), item.editions))


def _files(before: Checked, now: Checked) -> list[ChangeItem]:
    """The files that pages show or link to, other than pages, which are not the same."""
    found: dict[Edition, list[ChangeItem]] = {}
    for edition in Edition:
        had, has = _hashes(before, edition), _hashes(now, edition)
        found[edition] = [
            ChangeItem(
                f"{DOCS}/{path}",
                f"{DOCS}/{path}",
                "added" if path not in had else "removed" if path not in has else "changed",
            )
            for path in sorted({*had, *has})
            if had.get(path) != has.get(path)
        ]
    return merged(found)


def _hashes(checked: Checked, edition: Edition) -> dict[str, str]:
    assert checked.handbook
    folder = checked.handbook.root / DOCS
    return {
        path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in checked.editions[edition].files()
    }


def _settings(before: Checked, now: Checked) -> Iterator[ChangeItem]:
    assert before.handbook and now.handbook
    old, new = before.handbook, now.handbook
    changes: tuple[Change, ...] = tuple(changed_fields(old.settings, new.settings, {**old.records, **new.records}))
    if changes:
        yield ChangeItem(SETTINGS_FILE, SETTINGS_FILE, "changed", changes, editions=tuple(Edition))


def _notes(before: Checked, others: Sequence[str]) -> Iterator[str]:
    if before.problems:
        count = len(before.problems)
        yield (
            f"The earlier handbook could not be read in full: {count} {'problem' if count == 1 else 'problems'}, the "
            f"first at {before.problems[0].path}:{before.problems[0].line}. What could not be read counts as new."
        )
    if others:
        one = len(others) == 1
        yield (
            f"{len(others)} {'file' if one else 'files'} of code, look or tests changed too. Both versions were read by "
            f"the code as it is now, so what {'it does' if one else 'they do'} to readers is not told here."
        )
