"""What is no number is blotted out of a text, and a text that holds none of it is told quickly."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.rules import number_parser
from handbook.rules.number_parser import mask_names

NAMES = re.compile("Section 20|FORM-19|22²", re.IGNORECASE)
_PIECES = st.sampled_from(
    [
        "two",
        "May",
        "mayor",
        "auguſt",
        "DECEMBER",
        "3 January 2021",
        "2020/21",
        "risk",
        "risk 3",
        "http",
        "https://a.b/c",
    ]
    + ["form-19", "section 20", "22²", "é", " ", ", ", "\u00a0", "7", "x"]
)


@settings(max_examples=500)
@given(st.lists(_PIECES, max_size=8).map("".join))
def test_the_quick_way_blots_out_the_same(text: str) -> None:
    spaced = text.replace("\u00a0", " ")
    every = number_parser._NOT_NUMBERS.sub(number_parser._mask, NAMES.sub(number_parser._mask, spaced))
    assert mask_names(text, NAMES) == every


def test_what_only_looks_like_a_number_is_blotted_out() -> None:
    assert mask_names("In May 2021, 7 of section 20 (risk 3)", NAMES) == "In ········, 7 of ·········· (······)"
