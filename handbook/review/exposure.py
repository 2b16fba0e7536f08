"""What partners would be shown that they were not shown before, so that a second person can read it first.

Both trees are read by the code at hand. What cannot be read in the earlier one counts as new: then
too much is listed, never too little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from handbook.editions.check import Checked, check, read
from handbook.html.plain_words import Words
from handbook.loading.handbook import Handbook
from handbook.loading.macro_registry import MacroRegistry
from handbook.loading.page import DOCS
from handbook.macros import wording
from handbook.model.editions import Audience, Edition
from handbook.model.figures import Figure, Observation
from handbook.model.parts import Part, Record, parts_of
from handbook.model.problems import ContentError, Problem, Severity
from handbook.review.git_history import TRAILER, authors_since, parted_from, reviews_since, tree_at
from handbook.review.moved_pages import moved_pages
from handbook.review.statements import Origin, StatedPassage, passages, with_audiences

_ASK = f"""Someone who did not write it has to read what is not agreed to yet. If partners may have it, they add a commit that says so:
  git commit --allow-empty -m "Read for partners" -m "{TRAILER}: Their Name"
If not, make it internal again."""


@dataclass(frozen=True)
class Exposure:
    """Something that more people would read. Two are the same when their path and words are.

    `known` is true for what was in the handbook already, and was internal.
    """

    path: str
    what: str
    known: bool
    line: int = field(compare=False)
    origin: Origin = field(compare=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}."

    @property
    def warning(self) -> Problem:
        """It as `handbook check` tells of it."""
        return Problem(self.path, self.line, self.what, "Have a second person read it and say so", Severity.WARNING)


@dataclass(frozen=True)
class Comparison:
    """What is widened, what of it nobody but its authors has agreed to, and who agreed to the rest."""

    found: list[Exposure]
    unread: list[Exposure]
    reviewers: set[str]

    def __str__(self) -> str:
        """All of it in plain words, and what is to be done."""
        if not self.found:
            return "Partners would be shown nothing that they were not shown before."
        count = f"{len(self.found)} {'thing' if len(self.found) == 1 else 'things'}"
        lines = [str(thing) if thing in self.unread else f"{thing} Agreed to." for thing in self.found]
        lines.append(f"{count} would be shown to partners for the first time.")
        if self.reviewers:
            lines.append(f"Agreed to by {', '.join(sorted(self.reviewers))}.")
        if self.unread:
            lines.append(_ASK)
        return "\n".join(lines)


def compare_with(root: Path, revision: str) -> Comparison:
    """What the handbook at `root` shows partners that it did not when the work parted from `revision`.

    A reviewer has agreed to what was widened at the commit that bears the name, and to nothing
    after it. Raises ContentError when the handbook as it is cannot be read, and NoHistory.
    """
    now = check(root, [Edition.PARTNER])
    if now.errors:
        raise ContentError(now.errors)
    start = parted_from(root, revision)
    with tree_at(root, start) as folder:
        before = Before(read(folder, [Edition.PARTNER], now.macros))
    found = widened(before, now)
    unread, reviewers = found, set[str]()
    authors = {name.casefold() for name in authors_since(root, start)}
    for commit, names in reviews_since(root, start).items():
        others = {name for name in names if name.casefold() not in authors}
        agreed = _agreed_to(root, commit, before, now.macros) if others and unread else []
        left = [thing for thing in unread if thing not in agreed]
        if left != unread:
            unread, reviewers = left, reviewers | others
    return Comparison(found, unread, reviewers)


def _agreed_to(root: Path, commit: str, before: Before, macros: MacroRegistry | None) -> list[Exposure]:
    """What was widened at a commit whose tree someone has read."""
    with tree_at(root, commit) as folder:
        return widened(before, read(folder, [Edition.PARTNER], macros))


class Before:
    """What an earlier handbook showed to partners, and what it kept from them, as far as it can be read."""

    def __init__(self, checked: Checked):
        handbook = checked.handbook
        self.records = dict(handbook.records) if handbook else {}
        self.pages = {path: page.audience for path, page in handbook.docs.pages.items()} if handbook else {}
        self.files = dict.fromkeys(handbook.docs.files, False) if handbook else {}
        self.files |= dict.fromkeys(_files_shown(checked), True)
        said = list(passages(handbook)) if handbook else []
        self.hidden_runs = _runs(said, False) - _runs(said, True)
        self.hidden_lines = _lines(said, False) - _lines(said, True)


def widened(before: Before, now: Checked) -> list[Exposure]:
    """Every page, file, record, part of a record and passage that partners are shown now and were not before."""
    if now.handbook is None:
        return []
    found = [*_pages(before, now.handbook), *_files(before, now), *_records(before, now.handbook)]
    found += _moved(before, now.handbook, {thing.origin for thing in found})
    return sorted(set(found), key=lambda thing: (thing.path, thing.line, thing.what))


def _files_shown(checked: Checked) -> set[str]:
    return checked.editions[Edition.PARTNER].files() if Edition.PARTNER in checked.editions else set()


def _was(known: bool) -> str:
    return "and was internal" if known else "and is new"


def _pages(before: Before, now: Handbook) -> Iterator[Exposure]:
    moved = moved_pages(before.pages, now.docs.pages)
    for path, page in now.docs.pages.items():
        old = moved.get(path, path)
        if page.audience is Audience.PARTNER and before.pages.get(old) is not Audience.PARTNER:
            known = old in before.pages
            what = f"The page {page.header.title} is for partners, {_was(known)}"
            yield Exposure(page.shown, what, known, page.document.line(("audience",)), (page.shown,))


def _files(before: Before, now: Checked) -> Iterator[Exposure]:
    for path in _files_shown(now):
        if not before.files.get(path):
            known = path in before.files
            what = f"The file is on a page for partners, {_was(known)}"
            yield Exposure(f"{DOCS}/{path}", what, known, 1, (path,))


def _records(before: Before, now: Handbook) -> Iterator[Exposure]:
    for record in now.records.values():
        if record.audience is not Audience.PARTNER:
            continue
        name, old = f"the {record.kind} {record.id}", before.records.get(record.id)
        if old is None or old.audience is not Audience.PARTNER:
            place = now.records.place(record, ("audience",))
            what = f"T{name[1:]} is for partners, {_was(old is not None)}"
            yield Exposure(place.path, what, old is not None, place.line, (record.id,))
            continue
        for path, known in _new_parts(old, record):
            place = now.records.place(record, path)
            what = f"{_part(record, path)} in {name} is for partners, {_was(known)}"
            yield Exposure(place.path, what, known, place.line, (record.id, *path))


def _part(record: Record, path: Origin) -> str:
    """A part of a record as people know it: a number as partners read it, with its period, any other by its place."""
    part = dict(parts_of(record))[path]
    if isinstance(record, Figure) and isinstance(part, Observation):
        seen = part.model_copy(update=part.kept_from(Edition.PARTNER))
        return f"The number {wording.full(record, seen)}, {seen.period},"
    return f"Item {int(path[-1]) + 1} of {path[-2]}"


def _new_parts(old: Record, record: Record) -> Iterator[tuple[Origin, bool]]:
    """The parts of `record` for partners that `old` did not have for them, and whether it had them at all.

    Parts have no id: one is the same when it says the same, and otherwise when it stands in the
    place of one that is gone. One whose number partners did not see is new to them with its number.
    """
    had = _parts(old, Audience.PARTNER)
    kept = _parts(old, Audience.INTERNAL).values()
    left = Counter(had.values())
    changed = {}
    for path, part in _parts(record, Audience.PARTNER).items():
        if left[part]:
            left[part] -= 1
        else:
            changed[path] = part
    for path, part in changed.items():
        if part not in kept and path in had and left[had[path]] and not _uncovered(had[path], part):
            left[had[path]] -= 1
        else:
            yield path, part in kept


def _parts(record: Record, audience: Audience) -> dict[Origin, Part]:
    """The parts inside a record that are for `audience`, without what they say of it.

    One whose number is kept from partners is for both: as partners see it, and as staff do.
    """
    found = {}
    for path, part, own in with_audiences(record):
        covered = part.kept_from(Edition.PARTNER) if own is Audience.PARTNER else {}
        if path and own is audience:
            found[path] = part.model_copy(update={"audience": None, **covered})
        elif path and covered:
            found[path] = part.model_copy(update={"audience": None, "suppressed": None})
    return found


def _uncovered(old: Part, part: Part) -> bool:
    """True where partners would see a number that was kept from them."""
    return bool(old.kept_from(Edition.PARTNER)) and not part.kept_from(Edition.PARTNER)


def _moved(before: Before, now: Handbook, listed: set[Origin]) -> Iterator[Exposure]:
    """Runs of six words that only staff could read, and shorter lines that the page itself kept to staff.

    What is listed as a whole already is not listed again by its words.
    """
    for passage in passages(now):
        if not passage.shown or any(passage.origin[:length] in listed for length in range(1, len(passage.origin) + 1)):
            continue
        hits = {number for number, run in passage.runs() if run in before.hidden_runs}
        hits |= {number for number, line in passage.lines if (passage.origin, line) in before.hidden_lines}
        for number, line in passage.lines:
            if number in hits:
                what = f"Words for partners were internal (found {' '.join(line[:12])})"
                yield Exposure(passage.path, what, True, number, passage.origin)


def _runs(said: Iterable[StatedPassage], shown: bool) -> set[Words]:
    return {run for passage in said if passage.shown is shown for _, run in passage.runs()}


def _lines(said: Iterable[StatedPassage], shown: bool) -> set[tuple[Origin, Words]]:
    """The lines of pages as typed, each with its page."""
    return {
        (passage.origin, line)
        for passage in said
        if passage.shown is shown and passage.path.startswith(DOCS)
        for _, line in passage.lines
    }
