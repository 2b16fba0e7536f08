"""Made-up pages and figures for measuring: the same for the same number of pages, and true of nothing.

The corpus is kept apart from how any tool wants it written. `benchmarks.trees` writes it for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random

SEED = 20211221
PER_SECTION = 49
FIGURES = 200
SOURCES = 4
# As many records of other kinds as a large handbook has.
BODIES, TERMS, AREAS = 80, 200, 7
ACTIONS, EVENTS, RISKS, PEOPLE = 160, 100, 24, 12
_PER_PAGE = 5
# This figure stands on one page in a hundred, so that changing it touches as many.
RARE = 0
_RARE_EVERY, _RARE_AT = 100, 10
# One page in so many that partners read has a paragraph for staff.
_STAFF_EVERY = 4

_MONTHS = ("January", "March", "May", "July", "September", "November")
_QUALIFIERS = ("", "", "over", "about", "nearly")


@dataclass(frozen=True)
class Link:
    """A link to another page, with that page's title as its words."""

    page: int


@dataclass(frozen=True)
class Reported:
    """The number of a figure, as its source gives it."""

    figure: int


@dataclass(frozen=True)
class Cited:
    """A place in the first of the page's sources, in brackets."""

    source: int
    paragraph: int


@dataclass(frozen=True)
class Named:
    """The name of a body."""

    body: int


@dataclass(frozen=True)
class Defined:
    """A word of the glossary."""

    term: int


Inline = str | Link | Reported | Cited | Named | Defined
Line = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    line: Line


@dataclass(frozen=True)
class Bullets:
    items: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class StaffOnly:
    """A paragraph that partners do not see, on a page that they do."""

    line: Line


Block = Heading | Paragraph | Bullets | Table | StaffOnly


@dataclass(frozen=True)
class Page:
    """A page, in no tool's form. `order` is its place in its section, from 1."""

    number: int
    title: str
    summary: str
    partner: bool
    source: int
    order: int
    alias: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Observation:
    value: str
    qualifier: str
    period: str
    paragraph: int


@dataclass(frozen=True)
class Figure:
    """A made-up number with its history, oldest first."""

    number: int
    title: str
    unit: str
    partner: bool
    source: int
    observations: tuple[Observation, ...]

    @property
    def id(self) -> str:
        return f"count-{self.number:03}"

    @property
    def words(self) -> str:
        """The latest number as every tool has to show it."""
        latest = self.observations[-1]
        digits = f"{latest.value}%" if self.unit == "%" else f"{int(latest.value):,} {self.unit}"
        return f"{latest.qualifier} {digits}".strip()


@dataclass(frozen=True)
class Corpus:
    """`pages` pages. `titles` are changed titles by page, `words` sentences added to a page, `values` changed
    numbers by figure; `added` further pages come at the end of the last section."""

    pages: int
    added: int = 0
    titles: dict[int, str] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    values: dict[int, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Page]:
        return (self.page(number) for number in range(self.pages + self.added))

    @property
    def sections(self) -> range:
        return range(section_of(self.pages + self.added - 1) + 1)

    def page(self, number: int) -> Page:
        page = _page(number, self.pages)
        blocks = page.blocks
        if number in self.words:
            blocks = (*blocks, Paragraph((self.words[number],)))
        return replace(page, title=self.titles.get(number, page.title), blocks=blocks)

    def figures(self) -> list[Figure]:
        return [self.figure(number) for number in range(FIGURES)]

    def figure(self, number: int) -> Figure:
        figure = _figure(number)
        if number not in self.values:
            return figure
        *earlier, latest = figure.observations
        return replace(figure, observations=(*earlier, replace(latest, value=self.values[number])))


def steps(pages: int) -> dict[str, Corpus]:
    """The corpus of `pages` pages after each of the edits that are measured, in order; each keeps the ones before.

    "removed" takes away the page that "added" brought, so that no link is left without its page.
    """
    start = Corpus(pages)
    page = replace(start, words={min(5, pages - 1): _sentence(Random(SEED), 12)})
    figure = replace(page, values={RARE: "4321"})
    title = replace(figure, titles={min(6, pages - 1): _name(9000)})
    return {
        "start": start,
        "page": page,
        "figure": figure,
        "title": title,
        "added": replace(title, added=1),
        "removed": title,
    }


def title_of(number: int) -> str:
    """The title that page `number` has at first. No two are the same."""
    return _name(number)


def section_title(section: int) -> str:
    return _name(9200 + section)


def source_title(source: int) -> str:
    return f"{_name(9600 + source)} report"


def body_name(body: int) -> str:
    return _name(9650 + body)


def term_name(term: int) -> str:
    return _name(9750 + term)


def abbreviation(term: int) -> str:
    """The abbreviation of a term: three capitals that no other term has. Every second term has one."""
    letters = "BDFGKLMNPRTVZ"
    return "" if term % 2 else "X" + letters[term // 2 // len(letters)] + letters[term // 2 % len(letters)]


def area_name(area: int) -> str:
    return _name(9980 + area)


def sentence(kind: str, number: int, words: int) -> str:
    """A sentence for a record: the same each time for the same kind and number."""
    return _sentence(Random(f"{SEED} {kind} {number}"), words)


def section_of(page: int) -> int:
    return page // PER_SECTION


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


@cache
def _lexicon() -> tuple[str, ...]:
    """Words that are none: three thousand, the commonest first."""
    random = Random(SEED)
    found: dict[str, None] = {}
    while len(found) < 3000:
        count = random.choice((2, 2, 3, 3, 4))
        found["".join(random.choice("bdfgklmnprtvz") + random.choice("aeiou") for _ in range(count)) + "x"] = None
    return tuple(found)


@cache
def _weights() -> tuple[float, ...]:
    total, weights = 0.0, []
    for rank in range(1, len(_lexicon()) + 1):
        total += 1 / (rank + 5)
        weights.append(total)
    return tuple(weights)


def _words(random: Random, count: int) -> list[str]:
    return random.choices(_lexicon(), cum_weights=_weights(), k=count)


def _sentence(random: Random, count: int) -> str:
    return " ".join(_words(random, count)).capitalize() + "."


def _sentences(random: Random, count: int) -> str:
    return " ".join(_sentence(random, random.randint(7, 12)) for _ in range(count))


def _name(number: int) -> str:
    """A pair of words that no other number below 10,000 gives."""
    words = _lexicon()
    return f"{words[number % 101].capitalize()} {words[101 + number // 101]}"


def _page(number: int, pages: int) -> Page:
    random = Random(f"{SEED} page {number}")
    partner = number % 2 == 0
    source = random.randrange(SOURCES)
    reported = [Reported(figure) for figure in _figures_of(random, number, partner)]
    links = [Link(other) for other in _links_of(random, number, pages, partner)]
    headings = [f"{_name(random.randrange(9000))} {index_word}" for index_word in _lexicon()[300:304]]
    table = tuple(tuple(" ".join(_words(random, 2)) for _ in range(4)) for _ in range(6))
    year = f"In {random.choice(_MONTHS)} 2017"

    def cited() -> Cited:
        return Cited(source, random.randint(1, FIGURES // SOURCES))

    def named() -> Line:
        return _sentence(random, 4)[:-1], " ", Named(random.randrange(0, BODIES, 2 if partner else 1))

    def defined() -> Line:
        return _sentence(random, 4)[:-1], " ", Defined(random.randrange(0, TERMS, 2 if partner else 1))

    def own_sentence() -> str:
        return _sentence(random, random.randint(7, 12))

    blocks: tuple[Block, ...] = (
        Paragraph(
            (own_sentence(), " ", _sentence(random, 5)[:-1], " ", reported[0], " ", *_end(random), " ", own_sentence())
        ),
        Paragraph((_sentences(random, 3), " ", links[0], " ", *_end(random))),
        Heading(headings[0]),
        Paragraph((_sentences(random, 3), " ", _sentence(random, 6)[:-1], " ", cited(), ".")),
        Paragraph((f"{year}, ", *_end(random), " ", _sentence(random, 4)[:-1], " ", reported[1], " ", *_end(random))),
        Bullets(
            tuple((_sentence(random, 6)[:-1], " ", item, " ", *_end(random)) for item in (*links[1:3], reported[2]))
        ),
        Heading(headings[1]),
        Paragraph((_sentences(random, 4), " ", links[3], " ", *_end(random))),
        Table(table),
        Paragraph((_sentences(random, 3), " ", _sentence(random, 3)[:-1], " ", reported[3], " ", *_end(random))),
        Heading(headings[2]),
        Paragraph(
            (_sentences(random, 4), f" {_sentence(random, 4)[:-1]} {random.randint(20000, 90000):,} ", cited(), ".")
        ),
        Paragraph((_sentences(random, 2), " ", *named(), " ", *_end(random), " ", *defined(), " ", *_end(random))),
        *([StaffOnly((_sentences(random, 2),))] if number % (2 * _STAFF_EVERY) == 0 else []),
        Heading(headings[3]),
        Paragraph((_sentences(random, 4), " ", reported[4], " ", *_end(random))),
        Paragraph((_sentences(random, 3), " ", links[4], " ", *_end(random))),
    )
    return Page(
        number=number,
        title=title_of(number),
        summary=_sentence(random, 12),
        partner=partner,
        source=source,
        order=number % PER_SECTION + 1,
        alias=_words(random, 1)[0],
        blocks=blocks,
    )


def _end(random: Random) -> tuple[str]:
    """The end of a sentence."""
    return (" ".join(_words(random, random.randint(4, 7))) + ".",)


def _figures_of(random: Random, number: int, partner: bool) -> list[int]:
    """Five figures that the page's readers may see."""
    known = [figure for figure in range(FIGURES) if figure != RARE and (figure % 2 == 0 or not partner)]
    chosen = random.sample(known, _PER_PAGE)
    if number % _RARE_EVERY == _RARE_AT:
        chosen[0] = RARE
    return chosen


def _links_of(random: Random, number: int, pages: int, partner: bool) -> list[int]:
    """Five pages that the page's readers may see, itself never among them."""
    step = 2 if partner else 1
    return [
        other if other != number else 0 if number else pages // 2 * 2 - 2
        for other in (random.randrange(0, pages, step) for _ in range(_PER_PAGE))
    ]


def _figure(number: int) -> Figure:
    random = Random(f"{SEED} figure {number}")
    unit = "%" if number % 5 == 1 else f"{_lexicon()[500 + number]}s"
    source, paragraph = divmod(number, FIGURES // SOURCES)
    observations = tuple(
        Observation(
            value=f"{random.randint(100, 999) / 10}" if unit == "%" else str(random.randint(100, 9999)),
            qualifier=random.choice(_QUALIFIERS),
            period=f"{2021 - back}-{random.randint(1, 9):02}",
            paragraph=paragraph + 1,
        )
        for back in range(random.randint(0, 2), -1, -1)
    )
    title = " ".join(_words(random, 6)).capitalize()
    return Figure(number, title, unit, number % 2 == 0, source, observations)
