"""Everything that the handbook says in words, passage by passage, and whether partners may read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.html.plain_words import Words, runs, words
from handbook.loading.handbook import Handbook
from handbook.loading.page import Page
from handbook.loading.record_files import Records
from handbook.loading.template import Text
from handbook.model.editions import Audience, Edition, narrowest
from handbook.model.parts import Part, Record, parts_of

_RUN = 6

# A page by its path, a record by its id, or a part of a record by the record's id and the way to it.
Origin = tuple[str | int, ...]


@dataclass(frozen=True)
class StatedPassage:
    """Words that are written together, by their lines in the file at `path`."""

    path: str
    origin: Origin
    lines: tuple[tuple[int, Words], ...]
    shown: bool

    def runs(self) -> Iterator[tuple[int, Words]]:
        """Every run of six words, with the line on which it starts."""
        numbered = [(word, number) for number, line in self.lines for word in line]
        for start, run in enumerate(runs([word for word, _ in numbered], _RUN)):
            yield numbered[start][1], run


def passages(handbook: Handbook) -> Iterator[StatedPassage]:
    """The titles, summaries, positions and bodies of all pages, and the texts of all records.

    A page for partners comes twice: as staff read it, which is not shown, and as partners do.
    """
    for page in handbook.docs.pages.values():
        yield from _page(page)
    for record in handbook.records.values():
        yield from _record(handbook.records, record)


def with_audiences(record: Record) -> Iterator[tuple[Origin, Part, Audience]]:
    """A record and the parts inside it, each with its path and the narrowest audience above it."""
    above: dict[Origin, Audience] = {}
    for path, part in parts_of(record):
        above[path] = narrowest(above[path[:-2]], part.audience) if path else record.audience or Audience.INTERNAL
        yield path, part, above[path]


def _page(page: Page) -> Iterator[StatedPassage]:
    header, shown = page.header, page.audience is Audience.PARTNER
    said = {("title",): (header.title, shown), ("summary",): (header.summary, shown)}
    if header.position:
        own = narrowest(page.audience, header.position.audience)
        said["position", "text"] = header.position.text, own is Audience.PARTNER
    for key, (text, to_partners) in said.items():
        yield StatedPassage(page.shown, (page.shown,), ((page.document.line(key), tuple(words(text))),), to_partners)
    yield _body(page, Edition.INTERNAL)
    if shown:
        yield _body(page, Edition.PARTNER)


def _body(page: Page, edition: Edition) -> StatedPassage:
    texts = (piece for piece in page.template.pieces(edition) if isinstance(piece, Text))
    typed = (numbered for text in texts for numbered in enumerate(text.text.split("\n"), text.line))
    lines = ((number, tuple(words(line))) for number, line in typed)
    return StatedPassage(
        page.shown, (page.shown,), tuple(filter(lambda line: line[1], lines)), edition is Edition.PARTNER
    )


def _record(records: Records, record: Record) -> Iterator[StatedPassage]:
    for path, part, audience in with_audiences(record):
        hidden = part.kept_from(Edition.PARTNER)
        for key in type(part).model_fields:
            if type(text := getattr(part, key)) is str:
                place = records.place(record, (*path, key))
                line = (place.line, tuple(words(text)))
                shown = audience is Audience.PARTNER and key not in hidden
                yield StatedPassage(place.path, (record.id, *path), (line,), shown)
