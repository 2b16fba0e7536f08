"""What holds no number is passed over when pages are read for numbers, and what holds one is found all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.loading.handbook import Handbook, read_handbook
from handbook.loading.page import Page
from handbook.rules import number_passages
from handbook.rules.number_parser import may_hold_number

HEADER = "---\ntitle: A\nsummary: B.\naudience: internal\n---\n\n"
_WORDS = st.sampled_from(
    ["plain words, and more", "700 people", "Two of them", "In 2017", "a two_three", "what (then)?"]
    + ["see [a page](a.md) for more", "t[wo](a.md)", "[tw](a.md)o", "{{ figure('x') }} of them", "{{ cite('x') }}."]
)
_LINE = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "", "- ", "1. ", "    ", "  ", "> ", "## ", ":   ", "| ", "<div>", "*", "\\"]),
        _WORDS,
        st.sampled_from(["", "", "", ".", "*", " |", "</div>", "  ", " {: .a }", "&#50;"]),
    ),
)
_MORE = st.sampled_from(["```", "-----", "<div>", "</div>", "| --- |", "{: .a }", "!!! note", "[^1]: note", "    "])
_TEXTS = st.lists(st.one_of(_LINE, _MORE, st.just("")), max_size=14).map("\n".join)


@pytest.fixture(scope="module")
def handbook(unchanged: Path) -> Handbook:
    return read_handbook(unchanged)[0]


@settings(max_examples=400)
@given(_TEXTS)
def test_no_passage_with_a_number_is_passed_over(handbook: Handbook, text: str) -> None:
    read = handbook.docs.pages["index.md"]
    page = Page("index.md", read.header, HEADER + text.replace("{#", ""))
    quick = number_passages.passages_with_numbers(handbook, page)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(number_passages, "without_plain_words", lambda markdown, _: markdown)
        assert [(said.text, said.place) for said in quick] == [
            (said.text, said.place) for said in number_passages.passages_with_numbers(handbook, page)
        ]


def test_plain_words_are_passed_over_and_lines_stay() -> None:
    text = "Some plain words,\nand more.\n\n- a list\n\nWith 700 people.\n\nPlain again.\n\n    code\n"
    found = number_passages.without_plain_words(text, may_hold_number)
    assert found == "\n\n\n\n\nWith 700 people.\n\nPlain again.\n\n    code\n"
