"""The words of a text as the search takes them, and the places where a page has them.

The browser reads words in the same way (`engine.js`); a test holds the two together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

# What belongs together stays together (19.65%, 24/7, £3). Joined words are taken apart (COVID-19).
_WORD = re.compile(r"£?[^\W_]+(?:[.'/][^\W_]+)*%?")
_APOSTROPHES = str.maketrans("\u2018\u2019", "''")
# These are in nearly every text, so no text is found by them.
COMMON = (
    "a about an and are as at be by can do does find for from get have how i in is it many me my of on or our show "
    "tell that the there this to was we were what when where which who why will with you your"
)
_COMMON = frozenset(COMMON.split())
# Numbers are written with signs that are no part of any word, so that whoever reads the file for words reads
# those of the text and no others. A number has signs of the second kind, and then one of the first.
LAST, EARLIER = "!#$()*,:;=?[", "]^`{|}"
# A word that a section says often counts no more from here on.
_OFTEN = 4


@dataclass(frozen=True)
class WordPlaces:
    """Where a page has its words, or pages that come one after the other: a text with the words, and for each of them
    the sections that have it.

    `firsts` and `lasts` are the first and last section that has the word. `tails` is the steps from the first on, in
    signs. `lengths` says how many words each section has that are not the same.
    """

    words: str
    firsts: list[int]
    tails: list[str]
    lasts: list[int]
    lengths: list[int]


def words_in(text: str) -> list[str]:
    """The words of a text, in order."""
    return _WORD.findall(text.lower().translate(_APOSTROPHES))


def places(texts: Iterable[str]) -> dict[str, Any]:
    """Where the sections of a page with these texts have their words, as `Places` takes it."""
    firsts: dict[str, int] = {}
    lasts: dict[str, int] = {}
    tails: dict[str, str] = {}
    lengths = []
    for number, text in enumerate(texts):
        counted = Counter(words_in(text))
        for word in _COMMON.intersection(counted):
            del counted[word]
        lengths.append(len(counted))
        for word, times in counted.items():
            if word in firsts:
                tails[word] += signs(number - lasts[word])
            else:
                firsts[word], tails[word] = number, ""
            if times > 1:
                tails[word] += LAST[0] * (min(times, _OFTEN) - 1)
            lasts[word] = number
    words = sorted(firsts)
    found = ([known[word] for word in words] for known in (firsts, tails, lasts))
    return vars(WordPlaces(" ".join(words), *found, lengths))


def merged(pages: Iterable[WordPlaces]) -> dict[str, Any]:
    """Where the sections of all these pages have their words, as `Places` takes it."""
    firsts: dict[str, int] = {}
    lasts: dict[str, int] = {}
    tails: dict[str, list[str]] = {}
    lengths: list[int] = []
    for page in pages:
        start = len(lengths)
        for word, first, tail, last in zip(page.words.split(), page.firsts, page.tails, page.lasts, strict=True):
            if word in firsts:
                tails[word].append(signs(start + first - lasts[word]) + tail)
            else:
                firsts[word], tails[word] = start + first, [tail]
            lasts[word] = start + last
        lengths += page.lengths
    steps = ["".join(tails[word]) for word in firsts]
    return vars(WordPlaces(" ".join(firsts), list(firsts.values()), steps, [lasts[word] for word in firsts], lengths))


@cache
def signs(number: int) -> str:
    """A number in signs."""
    number, last = divmod(number, len(LAST))
    text = LAST[last]
    while number:
        number, earlier = divmod(number - 1, len(EARLIER))
        text = EARLIER[earlier] + text
    return text


def key(word: str) -> str:
    """What a word is filed under. Every form and beginning of three letters or more has the key of the word."""
    word = word.lstrip("£")
    if not word[0].isascii():
        return "~"
    return word[:2] if re.fullmatch("[a-z]{2}", word[:2]) else word[0]
