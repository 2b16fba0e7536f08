"""What only staff may read, ready to be looked for: everything internal that nothing public says too.

What is looked for, and how:

- a run of six words, wherever it stands;
- a name (a title, an alias, a record's name, a word on every internal page) wherever it stands,
  if the words of the public sources never stand in that order; otherwise, as with a title
  "Finance", only where it is the whole of an element, attribute, string, cell or name, and no
  public source has just that as a whole either;
- a person's name, also turned round or with a title before it, and the surname by itself unless it
  is an ordinary word (in small letters somewhere in the public sources) or part of a public name;
- a record's id, an anchor, and the name of an internal page's file or of another file, as hyphenated
  typing, inside longer ids too (`figure-staff-leave`); one without a hyphen as a name is;
- a path under docs/ or data/ with or without its ending, inside longer paths and addresses, and as
  what a relative link leads to; the folder of the build;
- a file's very bytes, under whatever name.

Public sources are what pages and records for partners say, and the code and templates that write
around them. Nothing is exempt because of where in the site it stands.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from sys import intern

from handbook.audit.file_reader import OpenedFile
from handbook.audit.statement import Statement, StatementForm
from handbook.html.plain_words import GAP, Words, folded, runs, spelled_out, words, words_of
from handbook.macros.site_addresses import generated_addresses
from handbook.model.problems import Place

RUN = 6
_SHORTEST = 4
_TITLES = ("mr", "mrs", "ms", "miss", "dr", "sir", "dame", "cllr", "councillor", "professor")
# These find words without a hyphen or slash as well, which are passed over: to look for the others alone is slow.
_TYPING = re.compile(r"[a-z0-9]++(?:-[a-z0-9]++)*+")
_PATHS = re.compile(r"[\w.~-]++(?:/[\w.~-]++)*+|(?:/[\w.~-]++)++")


@dataclass(frozen=True)
class Secret:
    """Something internal, and where it is written."""

    what: str
    place: Place


class Index(dict[Words, Secret]):
    """Secrets by the parts of their ids or paths."""

    @cached_property
    def lengths(self) -> list[int]:
        """How many parts they have. For when all are in."""
        return sorted(set(map(len, self)))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What they begin with. For when all are in."""
        return frozenset(parts[0] for parts in self)


class Public:
    """What the public sources say: every whole value, id and path, and of the runs of up to six words those `wanted`.

    `ordinary` are the words that stand in small letters or in a name.
    """

    def __init__(self, said: Iterable[Statement], code: Iterable[OpenedFile], wanted: Mapping[int, set[Words]]):
        self.runs: set[Words] = set()
        self.ids: set[Words] = set()
        # Every site has these, whatever the files of records are called.
        self.paths: set[Words] = {path_parts(address) for address in generated_addresses()}
        self.ordinary: set[str] = set()
        texts: set[str] = set()
        values: set[str] = set()
        for saying in said:
            if saying.form is StatementForm.PATH:
                self.paths.add(path_parts(saying.text))
                values.update(path_parts(saying.text))
            elif saying.form is StatementForm.NAME:
                self.ordinary.update(words(saying.text))
            texts.add(saying.text)
            values |= {saying.text, *saying.values}
        for opened in code:
            texts |= {*opened.texts, *opened.raw}
            values |= set(opened.values)
        for text in map(spelled_out, texts):
            self.ordinary.update(word for word in words_of(text) if word.islower())
            text = folded(text)
            found = words_of(text)
            for length, runs_wanted in wanted.items():
                self.runs |= runs_wanted.intersection(runs(found, length))
            self.ids.update(ids_in(text))
        values |= {fragment(value) for value in values}
        self.values: set[Words] = {tuple(words(value)) for value in values}
        self.ids.update(parts for value in values for parts in ids_in(value))


class SecretIndex:
    """Everything internal, by what it is looked for as."""

    def __init__(self, said: list[Statement], code: Iterable[OpenedFile]):
        self.anywhere: dict[int, dict[Words, Secret]] = defaultdict(dict)
        self.whole: dict[Words, Secret] = {}
        self.ids = Index()
        self.paths = Index()
        self.files: dict[str, Secret] = {}
        self._lines: dict[tuple[str, ...], int] = {}
        hidden = [(saying, self._numbered(saying)) for saying in said if not saying.shown]
        wanted = defaultdict(set, {RUN: {run for _, (found, _) in hidden for run in runs(found, RUN)}})
        for _, (found, _) in hidden:
            if len(found) < RUN:
                wanted[len(found)].add(tuple(found))
        self.public = Public((saying for saying in said if saying.shown), code, wanted)
        for saying, (found, lines) in hidden:
            self._add(saying, found, lines)

    def _add(self, saying: Statement, found: list[str], lines: list[int]) -> None:
        secret = Secret(saying.what, saying.place)
        if saying.form is StatementForm.BYTES:
            self.files.setdefault(hashlib.sha256(saying.data).hexdigest(), secret)
            return
        if saying.form is StatementForm.PATH:
            self._add_path(saying.text, secret)
        elif saying.form is StatementForm.ID:
            self._add_id(saying.text, secret)
        elif saying.form is StatementForm.PERSON:
            self._add_person(found, secret)
        elif saying.form is StatementForm.NAME:
            self._add_name(tuple(found), secret)
        self._add_runs(saying, found, lines)

    def _add_runs(self, saying: Statement, found: list[str], lines: list[int]) -> None:
        index, path = self.anywhere[RUN], saying.place.path
        for at, run in enumerate(runs(found, RUN)):
            if run not in self.public.runs and run not in index and GAP not in run:
                pairs = ((path, *pair) for pair in runs(list(run), 2))
                line = lines[at] or next(
                    (self._lines[pair] for pair in pairs if pair in self._lines), saying.place.line
                )
                index[run] = _secret(saying.what, path, line)

    def _numbered(self, saying: Statement) -> tuple[list[str], list[int]]:
        """The words of a saying, and the line of each, or 0 where the lines are not in step."""
        if not saying.lines:
            found = list(map(intern, words(saying.text)))
            return found, [0 if saying.values else saying.place.line] * len(found)
        found, lines = [], []
        for line, text in zip(saying.lines, saying.text.split("\n"), strict=False):
            inside = list(map(intern, words(text)))
            for pair in runs(inside, 2):
                self._lines.setdefault((saying.place.path, *pair), line)
            found += inside
            lines += [line] * len(inside)
        return found, lines

    def _add_name(self, name: Words, secret: Secret) -> None:
        telling = len(name) > 1 or len("".join(name)) >= _SHORTEST
        if telling and len(name) < RUN and name not in self.public.runs and any(map(str.isalpha, name)):
            self.anywhere[len(name)].setdefault(name, secret)
        elif name and name not in self.public.values:
            self.whole.setdefault(name, secret)

    def _add_person(self, name: list[str], secret: Secret) -> None:
        surname = name[-1]
        for form in (tuple(name), (surname, *name[:-1]), *((title, surname) for title in _TITLES)):
            self.anywhere[len(form)].setdefault(form, secret)
        if surname not in self.public.ordinary:
            self.anywhere[1].setdefault((surname,), secret)

    def _add_id(self, name: str, secret: Secret) -> None:
        parts = tuple(name.split("-"))
        if parts in self.public.ids:
            return
        if len(parts) > 1:
            self.ids.setdefault(parts, secret)
        elif parts not in self.public.values:
            self._add_name(parts, secret)

    def _add_path(self, path: str, secret: Secret) -> None:
        parts = path_parts(path)
        if parts not in self.public.paths:
            self.paths.setdefault(parts, secret)


@cache
def _secret(what: str, path: str, line: int) -> Secret:
    """A secret of which there are many, as one."""
    return Secret(what, Place(path, line))


def fragment(value: str) -> str:
    """What an address says after its #, where it has one."""
    return value.rpartition("#")[2] if " " not in value else ""


def ids_in(text: str) -> Iterator[Words]:
    """Every piece of hyphenated typing in a text, by its parts."""
    return (tuple(typed.split("-")) for typed in dict.fromkeys(_TYPING.findall(text)) if "-" in typed)


def paths_in(text: str) -> Iterator[Words]:
    """Every path in a text, by its parts."""
    return (path_parts(path) for path in dict.fromkeys(_PATHS.findall(text)) if "/" in path)


def path_parts(path: str) -> Words:
    """The parts of a path, the last without what follows its first point."""
    *folders, name = path.casefold().split("/")
    return (*folders, name.partition(".")[0] if name.strip(".") else name)
