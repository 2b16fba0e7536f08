"""Reading a built site as if it were the partners', for anything that only staff may read.

The audit trusts nothing of how a site was built. It reads every file, whoever wrote it, and holds
it against the sources themselves; `known` says what is looked for, `reading` how files are opened.
"""

from __future__ import annotations

import hashlib
import html
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from handbook.audit.decompression import Budget
from handbook.audit.file_reader import OpenedFile, open_file, open_html, open_script
from handbook.audit.secret_index import Index, Secret, SecretIndex, fragment, ids_in, path_parts, paths_in
from handbook.audit.source_corpus import sayings
from handbook.html.plain_words import Words, folded, runs, spans, spelled_out, words, words_of
from handbook.loading.handbook import read_handbook
from handbook.loading.settings import SETTINGS_FILE
from handbook.model.locations import ENGINE, OVERRIDES
from handbook.model.problems import ContentError, Place, Problem, Severity
from handbook.model.settings import Settings
from handbook.outputs.open_data.data_package import words_of_code
from handbook.workers.processes import parallel_map

_EMAIL = re.compile(r"[\w.+'-]++@(?:[\w-]+\.)+(?!(?:png|jpe?g|svg|webp|css|m?js)\b)[^\W\d_]{2,}")
# How much of a passage is told, in words, and how much longer a public name around an id may be, in parts.
_LONGEST, _WIDEST = 12, 12
# The packages of the engine whose strings a site may show.
_SHOWN_BY = (
    "audit",
    "build",
    "cache",
    "editions",
    "exports",
    "files",
    "macros",
    "outputs",
    "preview",
    "release",
    "theme",
)
_CODE = {
    ".html": open_html,
    ".xml": open_html,
    ".j2": open_html,
    ".css": open_script,
    ".js": open_script,
    ".py": open_script,
}


@dataclass(frozen=True, order=True)
class Finding:
    """Something in a site that partners may not read. `origin` is where it is written, if it is."""

    path: str
    what: str
    found: str
    origin: Place | None
    cure: str

    def __str__(self) -> str:
        origin = f", from {self.origin.path}:{self.origin.line}" if self.origin else ""
        found = f" (found {self.found})" if self.found else ""
        return f"{self.path}: {self.what}{found}{origin}. {self.cure}."


def audit(root: Path, folder: Path, as_at: date | None = None) -> list[Finding]:
    """Everything in the site in `folder` that partners may not read, by file.

    `as_at` is the earlier day that the site shows, if it is one of the past.

    Raises ContentError when the handbook at `root` cannot be read, or there is no site.
    """
    handbook, problems = read_handbook(root)
    if errors := [problem for problem in problems if problem.severity is Severity.ERROR]:
        raise ContentError(errors)
    files = [path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir()]
    if not files:
        raise ContentError([Problem(str(folder), 1, "There is no site here", "Build one with handbook build partner")])
    known = SecretIndex(list(sayings(handbook, as_at)), _code(root))

    def work(name: str) -> list[Finding]:
        return list(_file(folder / name, name, known, handbook.settings))

    names = [path.relative_to(folder).as_posix() for path in files]
    return list(dict.fromkeys(finding for findings in parallel_map(work, names) for finding in findings))


def _file(path: Path, shown: str, known: SecretIndex, settings: Settings) -> Iterator[Finding]:
    if path.is_symlink():
        yield Finding(shown, "A link, not a file", "", None, "Take it out of the site")
        return
    for opened in open_file(shown, path.read_bytes(), Budget(), _theme()):
        if opened.fault:
            what = f"A file that cannot be read: {opened.fault}"
            yield Finding(opened.path, what, "", None, "Take it out of the site, or save it as another kind of file")
        for secret, found in _secrets(opened, known):
            cure = "Do not publish this. Take away what shows it, or make what it comes from partner"
            yield Finding(opened.path, _capital(secret.what), found, secret.place, cure)
        for text in (*opened.texts, *opened.raw):
            for address in _EMAIL.findall(text):
                if folded(address) != folded(settings.contact or ""):
                    yield Finding(opened.path, "An e-mail address", address, None, "Take it away")
        if _leads_to_files(opened, settings):
            what = "The address where the handbook's files are changed"
            yield Finding(opened.path, what, "", Place(SETTINGS_FILE, 1), "Take away what shows it")


def _leads_to_files(opened: OpenedFile, settings: Settings) -> bool:
    """True when the address at which staff change the handbook's files stands in a file of the site."""
    start = folded((settings.repository or "").partition("{path}")[0])
    return bool(start) and any(
        start in folded(html.unescape(text)) for text in (*opened.texts, *opened.raw, *opened.values)
    )


def _secrets(opened: OpenedFile, known: SecretIndex) -> Iterator[tuple[Secret, str]]:
    """Everything internal in a file, with the words or the typing that give it away."""
    if secret := known.files.get(hashlib.sha256(opened.data).hexdigest()):
        yield secret, opened.path
    for text in (*opened.texts, *opened.raw):
        text = folded(spelled_out(text))
        found = words_of(text)
        for length, index in known.anywhere.items():
            yield from _passages(found, length, index)
        yield from _inside(ids_in(text), known.ids, known.public.ids, "-")
        yield from _inside(paths_in(text), known.paths, known.public.paths, "/")
    for value in set(opened.values):
        for part in {value, fragment(value)}:
            if secret := known.whole.get(tuple(words(part))):
                yield secret, part.strip()
        for target in _targets(opened.path, value):
            if secret := known.paths.get(target):
                yield secret, value


def _passages(found: list[str], length: int, index: dict[Words, Secret]) -> Iterator[tuple[Secret, str]]:
    """Every run of words that is in `index`. Runs of one secret that overlap are told as one passage."""
    if index.keys().isdisjoint(runs(found, length)):
        return
    current: Secret | None = None
    start = end = 0
    for at, run in enumerate(runs(found, length)):
        if run not in index:
            continue
        if index[run] != current or at >= end:
            if current:
                yield current, _cut(found[start:end])
            current, start = index[run], at
        end = at + length
    if current:
        yield current, _cut(found[start:end])


def _cut(passage: list[str]) -> str:
    return " ".join(passage[:_LONGEST]) + (" \u2026" if len(passage) > _LONGEST else "")


def _inside(found: Iterable[Words], secrets: Index, public: set[Words], joint: str) -> Iterator[tuple[Secret, str]]:
    """The secrets that are a run of parts of something found, unless they are so within something public."""
    for parts in found:
        if parts in public or secrets.beginnings.isdisjoint(parts):
            continue
        for start, span in spans(list(parts), secrets.lengths):
            if span in secrets and not _within(parts, start, start + len(span), public):
                yield secrets[span], joint.join(parts)


def _within(parts: Words, start: int, end: int, public: set[Words]) -> bool:
    """True when what stands at `start` to `end` is a piece of a longer public name, such as one id of another."""
    return any(
        parts[first:last] in public
        for first in range(max(0, start - _WIDEST), start + 1)
        for last in range(end, min(len(parts), end + _WIDEST) + 1)
        if last - first > end - start
    )


def _targets(path: str, value: str) -> Iterator[Words]:
    """Where an address in a file leads, taken from the file's own folder and from the top of the site."""
    address = unquote(re.split(r"[?#]", value.strip(), maxsplit=1)[0])
    if not address or " " in address or not re.search(r"[./]", address):
        return
    folder = posixpath.dirname(path.rpartition(": ")[2])
    for base in (folder, ""):
        target = posixpath.normpath(posixpath.join(base, address))
        yield path_parts(target.removesuffix("/index.html"))
        yield path_parts(target)


def _code(root: Path) -> Iterator[OpenedFile]:
    """The code and templates that write what stands around the handbook's own words, the theme's included.

    The handbook's own macros are not among them. What they may write is known from the pages for partners.
    """
    folders = *(ENGINE / name for name in _SHOWN_BY), root / OVERRIDES
    ours = (path for folder in folders for path in folder.rglob("*"))
    theirs = (path for folder in _templates() for kind in ("*.*ml", "partials/**/*.html") for path in folder.glob(kind))
    for path in (*ours, *theirs):
        if path.suffix in _CODE:
            yield _CODE[path.suffix](path.read_text("utf-8"))
    yield open_script(words_of_code())


def _templates() -> Iterator[Path]:
    """Where the theme and MkDocs keep their templates. Neither is imported."""
    for name in ("material", "mkdocs"):
        spec = find_spec(name)
        for place in (spec and spec.submodule_search_locations) or ():
            yield Path(place) / "templates"


@cache
def _theme() -> frozenset[bytes]:
    """The theme's own styles, scripts and pictures, which are public as their makers publish them."""
    assets = (folder / "assets" for folder in _templates())
    return frozenset(path.read_bytes() for folder in assets for path in folder.rglob("*") if path.is_file())


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
