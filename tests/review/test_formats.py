"""Words that came from a pull request stay words: in Markdown, and side by side."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.review.formats import inert
from handbook.review.text_diff import changed_passages, changed_sentences, marked
from handbook.review.visible_text import ShownBlock, blocks

JOINER = "\u2060"
WORDS = st.lists(st.sampled_from(["one", "two", "three", "700", "over", "end."]), max_size=12).map(" ".join)
BLOCKS = st.lists(WORDS.filter(bool).map(lambda text: ShownBlock(text, "A heading")), max_size=8)


@given(st.text())
def test_inert_text_shows_exactly_what_was_written(text: str) -> None:
    shown = html.unescape(inert(text.replace(JOINER, ""))).replace(JOINER, "")
    assert shown == " ".join(html.unescape(inert(text.replace(JOINER, ""))).replace(JOINER, "").split())
    assert shown == " ".join(text.replace(JOINER, "").split())


@given(st.text(alphabet="@#:a1-_*[]()<>!`~|$&\\.\n wghGH", min_size=1))
def test_nothing_in_inert_text_is_markup_or_a_call(text: str) -> None:
    given = inert(text)
    assert not re.search(r"[\\`*_{}\[\]<>|~^$!\n]", given)
    assert not re.search(r"&(?!#\d+;)", given)
    # Nobody is called, no issue is named, and no address is one, after the entities are read.
    assert not re.search(r"@\w|(?<!&)#\d|:\w|:/|(?i:www\.|\bgh-\d)", html.unescape(given))
    assert not re.match(r"[-+=]|\d+[.)]", given)


@pytest.mark.parametrize("text", ["@team", "see @a/b", "a@b.example", "#12", "GH-12", "https://x.example", ":+1:"])
def test_a_call_is_kept_from_calling(text: str) -> None:
    assert JOINER in inert(text)


@given(BLOCKS)
def test_what_is_the_same_did_not_change(same: list[ShownBlock]) -> None:
    assert changed_sentences(same, same) == changed_passages(same, same) == ()


@given(BLOCKS, BLOCKS)
def test_every_change_is_in_the_texts_and_none_is_empty(before: list[ShownBlock], after: list[ShownBlock]) -> None:
    old, new = (" ".join(block.text for block in side) for side in (before, after))
    for change in (*changed_sentences(before, after), *changed_passages(before, after)):
        assert change.old in old and change.new in new and change.old != change.new
    if [block.text for block in before] != [block.text for block in after]:
        assert changed_passages(before, after)


@given(WORDS, WORDS)
def test_marked_words_make_up_both_texts(old: str, new: str) -> None:
    sides = marked(old, new)
    assert [" ".join(run for run, _ in side) for side in sides] == [old, new]
    same = [[run for run, shared in side if shared] for side in sides]
    assert same[0] == same[1]


def test_blocks_are_what_readers_see() -> None:
    page = (
        '<h2>Where we are</h2><p>By <span class="figure"><strong>over 700</strong><button></button>'
        "<small popover>October <span>2021</span></small></span> people.<br>And <em>more</em>.</p>"
        '<p class="search-words" hidden>other</p><ul><li>One<ul><li>Two</li></ul></li></ul>'
        '<table><tr><th>A</th> <td>B<p>C</p></td></tr></table><img src="x" alt="A house">'
    )
    found = [block.text for block in blocks(page)]
    assert found == [
        "Where we are", "By over 700 people. And more.", "One", "Two", "A | B C", "[image: A house]",
    ]  # fmt: skip
    assert {block.under for block in blocks(page)} == {"Where we are"}
