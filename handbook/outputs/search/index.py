"""The index of an edition, in parts: the heads of all pages, the words of their texts, and the texts.

Every part is a script, not a data file, so that search works from a file share, where a browser lets
a page load a script and not much else. The heads are loaded when someone begins to search: they hold
every title, heading, other name and figure. Of the words a browser loads the parts that may hold
what was typed, and of the texts those of the results that it shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import isqrt
from typing import Any

from handbook.cache.database import CachedResult
from handbook.cache.fingerprints import Fingerprints
from handbook.cache.result_cache import ResultCache
from handbook.editions.navigation import menu_name
from handbook.editions.page_rendering import fingerprints
from handbook.files.hashed_names import hashed_name
from handbook.html.plain_words import GAP
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.canonical import fingerprint as fingerprint_of
from handbook.model.dependencies import DependencyKind, note_dependency
from handbook.model.front_matter import PageKind
from handbook.model.record_kinds import Term
from handbook.outputs.search.sections import searched
from handbook.outputs.search.word_index import COMMON, EARLIER, LAST, WordPlaces, key, merged, signs

FOLDER = "assets/search"
# Its name holds no hash, or every page would change with any one of them. It names the other parts, whose names do.
HEADS_FILE = f"{FOLDER}/heads.js"

# Readers look for the work first, then for what is said about it, and seldom for how to edit.
_WEIGHTS = {
    PageKind.HOME: 0.4,
    PageKind.WORKSTREAM: 1.5,
    PageKind.PAGE: 1.2,
    PageKind.REFERENCE: 1.0,
    PageKind.REPORT: 0.5,
    PageKind.GUIDE: 0.6,
    PageKind.DECISION: 0.2,
}
# How many characters a part has, about. Of the texts a browser loads some parts whatever the size of the handbook. A
# word is in one part: these grow with the handbook, and so does their number, each as its root.
_TEXTS = 64_000
_WORDS_LEAST, _WORDS_GROWTH = 24_000, 500


def index_of(written: RenderedEdition, of_pages: ResultCache, of_folders: ResultCache) -> dict[str, bytes]:
    """The parts of the index of an edition by their addresses. Pages come in the order of their paths.

    One cache has what a search finds in each page, the other where the pages of a folder have their words.
    """
    pages = [written.pages[path] for path in sorted(written.pages)]
    fingerprint = fingerprints(written)
    results = of_pages.results([page.path for page in pages], lambda path: _found(written, path), fingerprint)
    lines = _lines(_of_folders(pages, results, of_folders, fingerprint))
    files: dict[str, bytes] = {}
    size = max(_WORDS_LEAST, isqrt(_WORDS_GROWTH * sum(map(len, lines.values()))))
    words = ((part[0][0], GAP.join(line for _, line in part)) for part in _parted(_by_key(lines), size))
    heads = Heads(written, pages)
    # One page after the other: the texts of all pages would fill the memory.
    texts = (heads.without_texts(page, results[page.path].value) for page in pages)
    heads_file = {
        "common": COMMON,
        "signs": [LAST, EARLIER],
        "words": _scripts(files, "words", words),
        "texts": _scripts(files, "texts", _texts(texts)),
        "menus": heads.menus,
        "pages": heads.pages,
    }
    return {HEADS_FILE: f"window.handbookIndex={_json(heads_file)}\n".encode(), **files}


def _texts(of_pages: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The texts of all sections, in parts, each with the number of its first section."""
    section = 0
    for part in _parted(((texts, sum(map(len, texts))) for texts in of_pages), _TEXTS):
        inside = [text for texts in part for text in texts]
        yield section, inside
        section += len(inside)


def _found(written: RenderedEdition, path: str) -> tuple[dict[str, Any], bytes]:
    """What a search finds in a page, and where the page has its words."""
    note_dependency(DependencyKind.CONTENT, path)
    found = searched(written.facts(path).html)
    places = found.pop("places")
    return {**found, "lengths": places["lengths"]}, json.dumps(places).encode()


def _of_folders(
    pages: Sequence[Page], results: Mapping[str, CachedResult], cache: ResultCache, fingerprint: Fingerprints
) -> Iterator[WordPlaces]:
    """Where the pages have their words, in a few parts that come one after the other.

    A part is made again only when one of its pages has changed: most pages of a folder have the same words.
    """
    parts = {paths[0]: paths for paths in _by_folder(pages)}
    fingerprint.add(DependencyKind.FOLDER, lambda first: fingerprint_of(parts[first]) if first in parts else None)

    def work(first: str) -> tuple[dict[str, Any], bytes]:
        note_dependency(DependencyKind.FOLDER, first)
        for path in parts[first]:
            note_dependency(DependencyKind.CONTENT, path)
        return merged(WordPlaces(**json.loads(results[path].body)) for path in parts[first]), b""

    return (WordPlaces(**result.value) for result in cache.results(parts, work, fingerprint).values())


def _by_folder(pages: Sequence[Page]) -> Iterator[list[str]]:
    """The paths of pages in the same order, those of a folder that stand together as one list."""
    for _, together in groupby(pages, lambda page: page.folder):
        yield [page.path for page in together]


def _scripts(files: dict[str, bytes], name: str, parts: Iterable[tuple[Any, Any]]) -> list[list[Any]]:
    """Adds parts to `files`, and gives for each what it begins with and the name of its script."""
    listed = []
    for number, (start, content) in enumerate(parts):
        script = f'(window.handbookParts||={{}})["{name}-{number}"]={_json(content)}\n'.encode()
        file = hashed_name(f"{name}-{number}.js", script)
        files[f"{FOLDER}/{file}"] = script
        listed.append([start, file])
    return listed


def search_words(page: Page, terms: Iterable[Term]) -> list[str]:
    """What people may call the subject of a page: its aliases, and the names of the terms that name it."""
    words = list(page.header.aliases)
    for term in terms:
        if term.page == page.path:
            words += [term.name, *filter(None, [term.abbreviation]), *term.aliases]
    return list(dict.fromkeys(words))


def slug(heading: str) -> str:
    """The anchor that most headings have, as the browser can work it out for itself."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^a-z0-9_\s-]", "", heading.lower()).strip())


class Heads:
    """What is known of every page but its text."""

    def __init__(self, written: RenderedEdition, pages: Sequence[Page]):
        self._terms = written.store.all(Term)
        self._starts = {path: place for place, path in enumerate(written.handbook.settings.starting_points, 1)}
        self._menu_of = {page.path: menu_name(written, page) for page in pages}
        self.menus = list(dict.fromkeys(self._menu_of.values()))
        self._numbers = {menu: number for number, menu in enumerate(self.menus)}
        self.pages: list[list[Any]] = []

    def without_texts(self, page: Page, known: dict[str, Any]) -> list[str]:
        """Takes what is `known` of the next page, and gives its texts."""
        self.pages.append(
            [
                page.header.title,
                page.url,
                self._numbers[self._menu_of[page.path]],
                _WEIGHTS[page.header.kind],
                self._starts.get(page.path, 0),
                search_words(page, self._terms),
                known["lengths"],
                list(map(_head, known["sections"])),
            ]
        )
        texts: list[str] = known["texts"]
        return texts


def _head(section: dict[str, Any]) -> Any:
    """A section as the heads have it: its heading alone, if that says it all."""
    plain = section.keys() == {"heading", "id"} and section["id"] == slug(section["heading"])
    return section["heading"] if plain else section


def _lines(parts: Iterable[WordPlaces]) -> dict[str, str]:
    """For each word of the edition the sections that have it, as steps from one to the next, in signs."""
    all_of_it = WordPlaces(**merged(parts))
    return {
        word: signs(first) + tail
        for word, first, tail in zip(all_of_it.words.split(), all_of_it.firsts, all_of_it.tails, strict=True)
    }


def _by_key(lines: dict[str, str]) -> Iterator[tuple[tuple[str, str], int]]:
    """The lines of the words with the same key, with the key, and how long they are."""
    for start, words in groupby(sorted(lines, key=lambda word: (key(word), word)), key):
        # No run of words goes from a line to the next: that they stand side by side says nothing.
        line = GAP.join(f"{word} {lines[word]}" for word in words)
        yield (start, line), len(line)


def _parted(items: Iterable[tuple[Any, int]], wanted: int) -> Iterator[list[Any]]:
    """Items in order, with their lengths, in parts of about the length that is wanted."""
    part: list[Any] = []
    filled = 0
    for item, length in items:
        if part and filled + length / 2 >= wanted:
            yield part
            part, filled = [], 0
        part.append(item)
        filled += length
    if part:
        yield part


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
