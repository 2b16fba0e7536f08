"""The generated report held against its source: the same figures, dates and bodies, passage by passage, and no others.

Nothing is typed here that either says. What the source gives comes from its outline, and from the paper itself where
that is at hand; what the report says comes from the report that the command makes, with its own notes. What one side
has and the other has not is named here with its reason, or is a fault. The notes are left out: besides the source,
they give what a figure's record says of its time, and the tests of the report hold them to the records.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from handbook.exports.report.document import (
    Block,
    Line,
    ReportDetails,
    ReportDocument,
    ReportHeading,
    ReportList,
    ReportParagraph,
    ReportTable,
    TextRun,
    text_of,
)
from handbook.model.editions import Edition
from handbook.model.record_kinds import Body, Term
from tests.conftest import ROOT
from tests.content.facts import MONTH, YEAR, Fact, Sort, facts
from tests.content.latest_report import EXPECTED, HANDBOOK, PARTS, report
from tests.content.passages import passages
from tests.content.test_source_outline import needs_the_paper, parts_of_the_paper

# Facts that one side has and the other has not, by passage. `expected/report.yml` gives the reason for each of these.
NOT_TOLD = {(name, Fact(Sort(sort), value)) for name, sort, value, _ in EXPECTED["not_told"]}
NOT_NAMED = {Fact(Sort(sort), value) for sort, value, _ in EXPECTED["not_named"]}
BODIES_NOT_IN_THE_PASSAGE = {(name, body) for name, body, _ in EXPECTED["bodies_not_in_the_passage"]}


@cache
def names_of_bodies() -> dict[str, str]:
    """The id of each body by every name that its record gives it, and what has such a name in it."""
    bodies = [record for record in HANDBOOK.records.values() if isinstance(record, Body)]
    return {plain(name): body.id for body in bodies for name in (body.name, *body.aliases)} | EXPECTED["means"]


def plain(text: str) -> str:
    return text.replace("\u2019", "'").replace("\u2018", "'").replace("\u00a0", " ")


def pattern(name: str) -> re.Pattern[str]:
    flags = 0 if name in EXPECTED["with_capitals"] else re.IGNORECASE
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?:'s|s'|')?(?![\w-])", flags)


def named_alone(text: str) -> set[str]:
    """The bodies that a text names, not counting a body whose name is only a part of another's."""
    found, text = set(), plain(text)
    for name in sorted(names_of_bodies(), key=len, reverse=True):
        text, count = pattern(name).subn(lambda match: "\u00b7" * len(match[0]), text)
        found |= {names_of_bodies()[name]} if count else set()
    return found - {""}


def named_at_all(text: str) -> set[str]:
    """The bodies that a text names, also within the name of another, and by the names that the report goes on with."""
    text = plain(text)
    names = [
        *names_of_bodies().items(),
        *((name, id) for id, names in EXPECTED["also_called"].items() for name in names),
    ]
    return {id for name, id in names if pattern(name).search(text)} - {""}


# What the source gives, and what the report says


def of_the_outline() -> dict[str, tuple[set[Fact], set[str]]]:
    """By passage, the facts and the bodies of the outline."""
    return {name: (facts(" | ".join((*part.numbers, *part.dates))), set(part.bodies)) for name, part in PARTS.items()}


def of_the_paper(named: Callable[[str], set[str]] = named_alone) -> dict[str, tuple[set[Fact], set[str]]]:
    """By passage, the facts and the bodies of the paper itself."""
    return {name: (facts(text), named(text)) for name, text in parts_of_the_paper().items()}


Given = dict[str, tuple[set[Fact], set[str]]]


def lost(document: ReportDocument, given: Given) -> set[str]:
    """What the source gives in a passage and the report does not say of it."""
    said, _ = passages(document)
    found = set()
    for name, (wanted, bodies) in given.items():
        text = said.get(name, "")
        found |= {f"{name}: {fact.value}" for fact in wanted - facts(text) if (name, fact) not in NOT_TOLD}
        found |= {f"{name}: {body}" for body in bodies - named_at_all(text)}
    return found


def added(document: ReportDocument, given: Given) -> set[str]:
    """What the report says of passages of the source and these do not give."""
    _, pieces = passages(document)
    found = set()
    for names, text in pieces:
        there = [given[name] for name in names or given]
        allowed = {fact for each, _ in there for fact in each} | facts(" | ".join(map(str.title, names)))
        bodies = {body for _, each in there for body in each}
        where = ", ".join(names) or "uncited"
        surplus = facts(text) - allowed - NOT_NAMED
        found |= {f"{where}: {fact.value}" for fact in surplus if not worked_out(fact, allowed)}
        excused = {body for name, body in BODIES_NOT_IN_THE_PASSAGE if name in names}
        found |= {f"{where}: {body}" for body in (named_alone(text) - bodies - excused if names else ())}
    return found


def worked_out(fact: Fact, given: set[Fact]) -> bool:
    """True for a difference between two percentages that the passage gives."""
    found = re.fullmatch(r"([\d.]+) percentage points", fact.value)
    if not found:
        return False
    percentages = [Decimal(other.value[:-1]) for other in given if re.fullmatch(r"[\d.]+%", other.value)]
    return any(abs(one - other) == Decimal(found[1]) for one in percentages for other in percentages)


@cache
def small_words() -> frozenset[str]:
    """Every word that a page of the handbook has without a capital: such a word may start a sentence."""
    texts = [path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md")]
    return frozenset(word for text in texts for word in re.findall(r"(?<![\w-])[a-z][a-z'-]*", plain(text)))


def strangers(document: ReportDocument) -> set[str]:
    """Capitalised names in the report that are no body, no word of the glossary, and nothing that `expected/report.yml` explains."""
    records = [record for record in HANDBOOK.records.values() if isinstance(record, Term)]
    terms = {plain(n) for term in records for n in (term.name, term.abbreviation, *term.aliases) if n}
    known = sorted({*names_of_bodies(), *terms, *EXPECTED["names"]}, key=len, reverse=True)
    found = plain(" ".join(f". {text}" for _, text in passages(document)[1]))
    for name in known:
        found = re.sub(rf"(?<![\w-]){re.escape(name)}(?:'s|s)?(?![\w-])", "\u00b7", found)
    words = [
        (match[0].removesuffix("'s"), bool(re.search(r"[.?!:|][\s\u201c\u201d\"(]*$", found[: match.start()])))
        for match in re.finditer(r"(?<![\w\u00b7])[A-Z][\w'-]*", found)
    ]
    return {
        word
        for word, starts in words
        if not (starts and word.lower() in small_words() | set(EXPECTED["first_words"])) and not is_date(word)
    }


def is_date(word: str) -> bool:
    """True for a month or a season."""
    return any(fact.sort is Sort.DATE for fact in facts(re.sub(r"\d", "", word)))


# The round trip


@pytest.mark.parametrize("edition", Edition)
def test_the_report_says_nothing_that_the_source_does_not(edition: Edition) -> None:
    assert added(report(edition), of_the_outline()) == set()


@pytest.mark.parametrize("edition", Edition)
def test_its_head_gives_no_other_date_or_figure(edition: Edition) -> None:
    everything = {fact for given, _ in of_the_outline().values() for fact in given} | {
        Fact(Sort.DATE, f"{YEAR}-{MONTH:02d}")
    }
    assert facts(" ".join((report(edition).title, *report(edition).details))) <= everything


def test_everything_in_the_outline_is_in_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    given = of_the_outline()
    assert lost(report(Edition.INTERNAL), given) == set()
    counts = Counter(fact.sort for wanted, _ in given.values() for fact in wanted)
    bodies = {body for _, named in given.values() for body in named}
    with capsys.disabled():
        told = ", ".join(f"{count} {sort}" for sort, count in sorted(counts.items()))
        print(f"\nRound trip by {len(given)} passages: {told}; {len(bodies)} bodies.")
    least = EXPECTED["at_least"]
    assert all(counts[sort] >= least[sort] for sort in (Sort.FIGURE, Sort.DATE)) and len(bodies) >= least["bodies"]


@pytest.mark.parametrize("edition", Edition)
def test_every_capitalised_name_is_known(edition: Edition) -> None:
    assert strangers(report(edition)) == set()


@needs_the_paper
def test_everything_in_the_paper_is_in_the_report() -> None:
    assert lost(report(Edition.INTERNAL), of_the_paper()) == set()


@needs_the_paper
@pytest.mark.parametrize("edition", Edition)
def test_the_report_says_nothing_that_the_paper_does_not(edition: Edition) -> None:
    assert added(report(edition), of_the_paper(named_at_all)) == set()


@needs_the_paper
def test_the_outline_has_every_fact_and_body_of_the_paper() -> None:
    outline = of_the_outline()
    assert {
        name: facts - outline[name][0] for name, (facts, _) in of_the_paper().items() if facts - outline[name][0]
    } == {}
    assert {name: b - outline[name][1] for name, (_, b) in of_the_paper().items() if b - outline[name][1]} == {}


def test_no_reason_is_given_for_what_does_not_happen() -> None:
    outline = of_the_outline()
    assert all(fact in outline[name][0] for name, fact in NOT_TOLD)
    assert not any(body in outline[name][1] for name, body in BODIES_NOT_IN_THE_PASSAGE)


# Broken on purpose


def changed(old: str, new: str) -> ReportDocument:
    """The report with other words in its first line that has the old ones: of a paragraph, a list, a table or its head."""
    document = report(Edition.INTERNAL)
    done = False

    def line_of(line: Line) -> Line:
        nonlocal done
        if done or old not in plain(text_of(line)):
            return line
        made = tuple(
            replace(part, text=plain(part.text).replace(old, new, 1)) if isinstance(part, TextRun) else part
            for part in line
        )
        done = new in plain(text_of(made))
        return made

    blocks = tuple(with_lines(block, line_of) for block in document.blocks)
    assert done, f"{old} is in no line"
    return replace(document, blocks=blocks)


def with_lines(block: Block, of: Callable[[Line], Line]) -> Block:
    """A block with other lines in the place of its own."""
    match block:
        case ReportHeading() | ReportParagraph():
            return replace(block, line=of(block.line))
        case ReportList():
            return replace(block, lines=tuple(map(of, block.lines)))
        case ReportDetails():
            return replace(block, rows=tuple((word, of(said)) for word, said in block.rows))
        case ReportTable():
            rows = tuple(tuple(tuple(map(of, cell)) for cell in row) for row in block.rows)
            return replace(block, rows=rows)


@pytest.mark.parametrize(("old", "new", "told"), EXPECTED["lost"])
def test_what_is_lost_is_found(old: str, new: str, told: list[str]) -> None:
    assert lost(changed(old, new), of_the_outline()) == set(told)


@pytest.mark.parametrize(("old", "new", "told"), EXPECTED["added"])
def test_what_is_added_is_found(old: str, new: str, told: str) -> None:
    assert told in added(changed(old, new), of_the_outline())


@pytest.mark.parametrize(("old", "new", "name"), EXPECTED["unknown"])
def test_a_name_that_nobody_knows_is_found(old: str, new: str, name: str) -> None:
    assert strangers(changed(old, new)) == {name}
