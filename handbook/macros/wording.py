"""Numbers, dates and sources in words, in GOV.UK style. Nothing is rounded."""

from __future__ import annotations

from decimal import Decimal

from handbook.model.figures import Figure, Observation, Qualifier, Target
from handbook.model.periods import Period, day_in_words
from handbook.model.sources import Source

_QUALIFIERS = {
    Qualifier.EXACT: "",
    Qualifier.OVER: "over",
    Qualifier.ABOUT: "about",
    Qualifier.NEARLY: "nearly",
    Qualifier.UP_TO: "up to",
}


SUPPRESSED = "c"
_MEANING = "(small number, not shown)"


def number(value: Decimal) -> str:
    """Format a number with commas between thousands, every digit that was typed, and a proper minus sign."""
    return f"{value:,f}".replace("-", "\u2212")


def qualifier(seen: Observation) -> str:
    """The words before the number, or the empty string for an exact one."""
    return "" if seen.words else _QUALIFIERS[seen.qualifier]


def bare(figure: Figure, seen: Observation) -> str:
    """The number with its sign but without its qualifier or noun: 700, 75%, £3 million, 80 to 90."""
    if seen.hidden:
        return SUPPRESSED
    if seen.words:
        return seen.words
    if seen.value is not None:
        return _signed(figure.unit, number(seen.value))
    assert seen.low is not None and seen.high is not None
    low, high = number(seen.low), number(seen.high)
    return f"{_signed(figure.unit, low, closed=False)} to {_signed(figure.unit, high)}"


def amount_of(figure: Figure, bare_number: Decimal) -> str:
    """Format a number that is not an observation, such as the zero of a chart, with its unit sign: 0%."""
    return _signed(figure.unit, number(bare_number))


def value(figure: Figure, seen: Observation) -> str:
    """The number as it may be shown by itself: over 700, over 75%, about £3 million."""
    return f"{qualifier(seen)} {bare(figure, seen)}".strip()


def noun(figure: Figure, seen: Observation) -> str:
    """The noun after the number: people, visit. Empty after a unit sign; after the mark c, what c means."""
    if seen.hidden:
        return _MEANING
    if figure.unit[0] in "%£" or seen.words:
        return ""
    one = seen.value == 1 and seen.qualifier is Qualifier.EXACT
    return figure.unit_one if one and figure.unit_one else figure.unit


def full(figure: Figure, seen: Observation) -> str:
    """The number with its qualifier and unit: over 700 people."""
    return f"{value(figure, seen)} {noun(figure, seen)}".strip()


def opening(figure: Figure, seen: Observation) -> str:
    """The same with a capital, for the start of a sentence: Over 700 people. The mark c stays as it is."""
    return full(figure, seen) if seen.hidden else capital(full(figure, seen))


def remarks(figure: Figure, seen: Observation) -> list[str]:
    """What a reader should know about a number: why it is not shown, its note, and whether it is a correction."""
    said = []
    if seen.hidden:
        said.append("The mark c stands for a number so small that someone could be recognised from it.")
    elif seen.suppressed:
        said.append("Partners see c in its place, because someone could be recognised from so small a number.")
    if seen.note:
        said.append(seen.note)
    if right := figure.correction_of(seen):
        said.append(f"Corrected to {value(figure, right)}. {right.correction}")
    if seen.correction:
        said.append(f"A correction. {seen.correction}")
    return said


def period_phrase(period: Period) -> str:
    """A period with its preposition: on 21 December 2021, in October 2021, for June to September 2021."""
    if "/" in period.text:
        return f"for {period}"
    return f"{'on' if period.first == period.last else 'in'} {period}"


def as_seen(seen: Observation, target: Target) -> Observation:
    """Return a target as an observation of its figure, so that both are worded alike."""
    return seen.model_copy(
        update={"value": target.value, "low": None, "high": None, "words": None, "qualifier": target.qualifier}
    )


def _signed(unit: str, digits: str, closed: bool = True) -> str:
    """Add the unit sign to digits. The lower end of a range is not `closed`: the upper end has the rest of the unit."""
    if unit == "%":
        return f"{digits}%" if closed else digits
    if unit.startswith("£"):
        return f"£{digits}{unit[1:]}" if closed else f"£{digits}"
    return digits


def source_name(source: Source) -> str:
    """A source as notes name it: Cabinet report, 21 December 2021."""
    if source.published is None:
        return source.short
    return f"{source.short}, {day_in_words(source.published)}"


def locators(names: tuple[str, ...]) -> str:
    """Places in a source, joined: paragraph 18; paragraphs 4 and 7 to 9; risk 3 and \u201cPurpose\u201d."""
    groups: dict[str, list[str]] = {}
    for name in names:
        word, _, rest = name.rpartition(" ")
        if rest.isdigit():
            groups.setdefault(word, []).append(rest)
        else:
            groups.setdefault(f"\u201c{capital(name)}\u201d", [])
    return listed(
        [f"{plural(word) if len(rest) > 1 else word} {listed(_runs(rest))}".strip() for word, rest in groups.items()]
    )


def _runs(numbers: list[str]) -> list[str]:
    """Join three or more consecutive numbers as a range: 4, 7 to 9."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in (run if len(run) < 3 else [f"{run[0]} to {run[-1]}"])]


def plural(word: str) -> str:
    """The plural of the name of a passage: paragraphs, annexes."""
    return f"{word}es" if word.endswith(("x", "s", "ch", "sh")) else f"{word}s"


def listed(items: list[str]) -> str:
    """Items in a sentence: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]
