"""Lines go where the parser says, and every other byte stays, whatever the file looks like."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handbook.editing.insertion import Insertion, insert_item, insert_record
from handbook.loading.strict_yaml import parse_yaml
from handbook.loading.text_files import decode
from handbook.model.problems import ContentError

NEW = ['value: "850"', "qualifier: over", "also:", '  - "one # not a comment"', "note: it's new"]
PATH = ("trained", "observations")

words = st.text("abc #:'é-", min_size=1, max_size=12).map(
    lambda text: f"x{text}x".replace(": ", "; ").replace(" #", "!")
)
comments = st.sampled_from(["", "", "# a comment", "#", "# - value: no", "  # indented", "            # far in"])
scalars = st.one_of(
    words,
    words.map(lambda text: f"'{text.replace(chr(39), chr(39) * 2)}'"),
    words.map(lambda text: f'"{text}"'),
    words.map(lambda text: f'"{text} \\" # {text}"'),
)


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, int]:
    """A file of figures in one of many shapes, and how many observations the figure trained has."""
    margin = " " * draw(st.integers(1, 4))
    hyphen = margin + " " * draw(st.integers(0, 4))
    gap = draw(st.sampled_from([" ", "  ", "   "]))
    rows: list[str] = []

    def note() -> None:
        rows.extend(draw(st.lists(comments, max_size=2)))

    def value(key: str, indent: str) -> None:
        style = draw(st.sampled_from(["plain", "plain", "literal", "folded", "lines", "quoted lines"]))
        inner = indent + "    "
        if style == "plain":
            rows.append(f"{indent}{key}: {draw(scalars)}{draw(st.sampled_from(['', '', '   ']))}")
        elif style == "lines":
            rows.extend([f"{indent}{key}: {draw(words)}", f"{inner}{draw(words)}"])
        elif style == "quoted lines":
            rows.extend([f'{indent}{key}: "{draw(words)}', f'{inner}# {draw(words)}"'])
        else:
            mark = {"literal": "|", "folded": ">-"}[style]
            rows.extend([f"{indent}{key}: {mark}", f"{inner}{draw(words)}", f"{inner}# no comment"])

    def figure(name: str, count: int) -> None:
        note()
        rows.append(f"{name}:")
        if draw(st.booleans()):
            value("title", margin)
        note()
        rows.append(f"{margin}observations:{draw(st.sampled_from(['', '  # oldest first']))}")
        for _ in range(count):
            note()
            start = len(rows)
            value("value", hyphen + " " + gap)
            if draw(st.booleans()):
                note()
                value("note", hyphen + " " + gap)
            rows[start] = f"{hyphen}-{rows[start][len(hyphen) + 1 :]}"
        note()
        if draw(st.booleans()):
            value("audience", margin)

    if draw(st.booleans()):
        rows.append("---")
    figure("before", 1)
    count = draw(st.integers(1, 3))
    figure("trained", count)
    if draw(st.booleans()):
        figure("after", 1)
    note()
    end = draw(st.sampled_from(["\n", "\r\n"]))
    last = draw(st.sampled_from(["", end, end * 3]))
    text = "\n".join(rows)
    assume(last or parse_yaml(text, "").value == parse_yaml(f"{text}\n", "").value)
    return (end.join(rows) + last).encode(), count


def stays(insertion: Insertion) -> None:
    """Without the new lines, the file is what it was; they are whole lines, with its line ends."""
    after = insertion.after
    assert after[: insertion.at] + after[insertion.at + len(insertion.added) :] == insertion.before
    if b"\r\n" in insertion.before:
        assert insertion.added.count(b"\n") == insertion.added.count(b"\r\n")


@settings(max_examples=300, deadline=None)
@given(files(), st.integers(0, 3))
def test_an_observation_is_added_and_nothing_else_changes(made: tuple[bytes, int], index: int) -> None:
    data, count = made
    index = min(index, count)
    before = parse_yaml(decode(data, "x.yml"), "x.yml").value
    insertion = insert_item(data, "x.yml", PATH, index, NEW)
    stays(insertion)
    after = parse_yaml(decode(insertion.after, "x.yml"), "x.yml").value
    new = after["trained"]["observations"].pop(index)
    assert after == before
    assert new == {"value": "850", "qualifier": "over", "also": ["one # not a comment"], "note": "it's new"}
    rows = decode(insertion.after, "x.yml").split("\n")
    assert rows[insertion.line - 1].lstrip().startswith("- ") and '"850"' in rows[insertion.line - 1]


@settings(deadline=None)
@given(files())
def test_a_record_is_added_at_the_end_and_nothing_else_changes(made: tuple[bytes, int]) -> None:
    data, _ = made
    before = parse_yaml(decode(data, "x.yml"), "x.yml").value
    insertion = insert_record(data, "x.yml", "newest", ["title: A", "unit: people"])
    stays(insertion)
    after = parse_yaml(decode(insertion.after, "x.yml"), "x.yml").value
    assert after.pop("newest") == {"title": "A", "unit": "people"}
    assert after == before


def test_a_record_starts_a_new_file() -> None:
    assert insert_record(b"", "x.yml", "newest", ["title: A"]).after == b"newest:\n  title: A\n"


@pytest.mark.parametrize(
    "text",
    [
        'trained: {observations: [{value: "1"}]}\n',
        'trained:\n  observations: [{value: "1"}]\n',
        'trained:\n  observations: [\n    {value: "1"},\n  ]\n',
        'trained:\n  observations:\n    - value: "1\n# no comment"\n',
        # A block of text that keeps the empty lines after it would lose them.
        "trained:\n  observations:\n    - value: |+\n        one\n\n\n",
        # Without a line end at its end, a block of text would get one.
        "trained:\n  observations:\n    - value: |\n        one",
    ],
)
def test_a_form_that_lines_do_not_fit_into_is_refused(text: str) -> None:
    with pytest.raises(ContentError) as refused:
        insert_item(text.encode(), "x.yml", PATH, 1, NEW)
    assert "way that new lines do not fit into" in str(refused.value)


def test_a_record_is_not_added_after_the_end_of_a_document() -> None:
    with pytest.raises(ContentError):
        insert_record(b"a:\n  title: b\n...\n", "x.yml", "newest", ["title: A"])
