"""What changed between two texts: which sentences, and which words in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from handbook.review.change import Change
from handbook.review.visible_text import ShownBlock

_END = re.compile(r"(?<=[.!?])\s+(?=[\"\u201c\u2018]?[A-Z0-9\u00a3])")
# Two texts less alike than this are one that went and one that came.
_ALIKE = 0.4
# Beyond this many pairs of words, texts are shown whole: comparing them takes too long.
_MOST_PAIRS = 1_000_000

# Words of one text, and whether the other has them as well.
Marked = list[tuple[str, bool]]


def changed_sentences(before: Sequence[ShownBlock], after: Sequence[ShownBlock]) -> tuple[Change, ...]:
    """The sentences, and the rows of tables, that are not the same before and after."""
    return _changes(list(_sentences(before)), list(_sentences(after)))


def changed_passages(before: Sequence[ShownBlock], after: Sequence[ShownBlock]) -> tuple[Change, ...]:
    """The whole paragraphs, list items and rows that are not the same before and after."""
    return _changes([(block.under, block.text) for block in before], [(block.under, block.text) for block in after])


def marked(old: str, new: str) -> tuple[Marked, Marked]:
    """The words of both texts in runs, each with whether the other text has it too."""
    before, after = old.split(), new.split()
    if not before or not after or len(before) * len(after) > _MOST_PAIRS:
        return _whole(before), _whole(after)
    first: Marked = []
    second: Marked = []
    for same, (start, end), (other, until) in _runs(before, after):
        first += [(" ".join(before[start:end]), same)] if start < end else []
        second += [(" ".join(after[other:until]), same)] if other < until else []
    return first, second


def _whole(words: list[str]) -> Marked:
    return [(" ".join(words), False)] if words else []


def _sentences(blocks: Sequence[ShownBlock]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        for sentence in [block.text] if block.is_row else _END.split(block.text):
            yield block.under, sentence


def _changes(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> tuple[Change, ...]:
    """Changes between texts, each given with the heading it stands under."""
    found: list[Change] = []
    for same, (start, end), (other, until) in _runs([text for _, text in before], [text for _, text in after]):
        if not same:
            found += _paired(before[start:end], after[other:until])
    return tuple(found)


def _paired(gone: list[tuple[str, str]], come: list[tuple[str, str]]) -> Iterator[Change]:
    """Texts that went and came, side by side where they are alike, or one took the other's place."""
    one_for_one = len(gone) == len(come) == 1
    for old, new in zip_longest(gone, come):
        if old and new and (one_for_one or _alike(old[1], new[1])):
            yield Change(new[0], old[1], new[1])
            continue
        if old:
            yield Change(old[0], old=old[1])
        if new:
            yield Change(new[0], new=new[1])


def _alike(old: str, new: str) -> bool:
    before, after = old.split(), new.split()
    if len(before) * len(after) > _MOST_PAIRS:
        return False
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= _ALIKE


def _runs(before: list[str], after: list[str]) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Each run that is the same in both or not, with where it starts and ends in each."""
    for tag, start, end, other, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield tag == "equal", (start, end), (other, until)
