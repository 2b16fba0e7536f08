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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.content.problems import Place
from macros.views.places import made

from ..words import GAP, Words, folded, runs, spelled_out, words, words_of
from .reading import Opened
from .sayings import Form, Saying

RUN = 6
_SHORTEST = 4
_TITLES = ("mr", "mrs", "ms", "miss", "dr", "sir", "dame", "cllr", "councillor", "professor")
_TOKEN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_PATH = re.compile(r"[\w.~-]*(?:/[\w.~-]+)+")


@dataclass(frozen=True)
class Secret:
    """Something internal, and where it is written."""

    what: str
    place: Place


class Public:
    """What the public sources say: every run of up to six words, every whole value, id and path.

    `ordinary` are the words that stand in small letters or in a name.
    """

    def __init__(self, said: Iterable[Saying], code: Iterable[Opened]):
        self.runs: set[Words] = set()
        self.ids: set[Words] = set()
        # Every site has these, whatever the files of records are called.
        self.paths: set[Words] = {path_parts(address) for address in made()}
        self.ordinary: set[str] = set()
        texts: set[str] = set()
        values: set[str] = set()
        for saying in said:
            if saying.form is Form.PATH:
                self.paths.add(path_parts(saying.text))
                values.update(path_parts(saying.text))
            elif saying.form is Form.NAME:
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
            for length in range(1, RUN + 1):
                self.runs.update(runs(found, length))
            self.ids.update(ids_in(text))
        values |= {fragment(value) for value in values}
        self.values: set[Words] = {tuple(words(value)) for value in values}
        self.ids.update(parts for value in values for parts in ids_in(value))


class Known:
    """Everything internal, by what it is looked for as."""

    def __init__(self, said: list[Saying], code: Iterable[Opened]):
        self.public = Public((saying for saying in said if saying.shown), code)
        self.anywhere: dict[int, dict[Words, Secret]] = defaultdict(dict)
        self.whole: dict[Words, Secret] = {}
        self.ids: dict[Words, Secret] = {}
        self.paths: dict[Words, Secret] = {}
        self.files: dict[str, Secret] = {}
        self._lines: dict[tuple[str, ...], int] = {}
        for saying in said:
            if not saying.shown:
                self._add(saying)

    def _add(self, saying: Saying) -> None:
        secret = Secret(saying.what, saying.place)
        if saying.form is Form.BYTES:
            self.files.setdefault(hashlib.sha256(saying.data).hexdigest(), secret)
            return
        if saying.form is Form.PATH:
            self._add_path(saying.text, secret)
        elif saying.form is Form.ID:
            self._add_id(saying.text, secret)
        elif saying.form is Form.PERSON:
            self._add_person(words(saying.text), secret)
        elif saying.form is Form.NAME:
            self._add_name(tuple(words(saying.text)), secret)
        self._add_runs(saying)

    def _add_runs(self, saying: Saying) -> None:
        index = self.anywhere[RUN]
        numbered = list(self._numbered(saying))
        for run in zip(*(numbered[start:] for start in range(RUN)), strict=False):
            text = tuple(word for word, _ in run)
            if text not in self.public.runs and text not in index and GAP not in text:
                path, line = saying.place.path, run[0][1]
                pairs = ((path, *pair) for pair in runs(list(text), 2))
                line = line or next((self._lines[pair] for pair in pairs if pair in self._lines), saying.place.line)
                index[text] = Secret(saying.what, Place(path, line))

    def _numbered(self, saying: Saying) -> Iterator[tuple[str, int]]:
        """The words of a saying, each with its line, or with 0 where the lines are not in step."""
        if not saying.lines:
            line = 0 if saying.values else saying.place.line
            yield from ((word, line) for word in words(saying.text))
            return
        for line, text in zip(saying.lines, saying.text.split("\n"), strict=False):
            found = words(text)
            for pair in runs(found, 2):
                self._lines.setdefault((saying.place.path, *pair), line)
            yield from ((word, line) for word in found)

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


def fragment(value: str) -> str:
    """What an address says after its #, where it has one."""
    return value.rpartition("#")[2] if " " not in value else ""


def ids_in(text: str) -> Iterator[Words]:
    """Every piece of hyphenated typing in a text, by its parts."""
    return (tuple(match[0].split("-")) for match in _TOKEN.finditer(text))


def paths_in(text: str) -> Iterator[Words]:
    """Every path in a text, by its parts."""
    return (path_parts(match[0]) for match in _PATH.finditer(text))


def path_parts(path: str) -> Words:
    """The parts of a path, the last without what follows its first point."""
    *folders, name = path.casefold().split("/")
    return (*folders, name.partition(".")[0] if name.strip(".") else name)
