"""Values are kept as they were typed, with their lines."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handbook.loading.strict_yaml import parse_yaml
from handbook.model.problems import ContentError
from handbook.model.typed_text import TypedText

PLAIN = st.text("abcdefghijklmnopqrstuvwxyz0123456789.", min_size=1, max_size=12)
KEYS = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=8).filter(lambda key: key[0].isalpha())


@pytest.mark.parametrize("typed", ["19.60", "no", "12:30", "0123", "1_0", "2021-12-21", "~", "0x1F", "yes"])
def test_a_value_is_kept_as_typed(typed: str) -> None:
    assert yaml.safe_load(f"key: {typed}") != {"key": typed}, "plain YAML changes this one"
    value = parse_yaml(f"key: {typed}", "x.yml").value["key"]
    assert value == typed
    assert isinstance(value, TypedText)
    assert value.kind != "str"


@given(st.dictionaries(KEYS, st.lists(PLAIN, min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_line_is_where_the_text_stands(content: dict[str, list[str]]) -> None:
    text = "".join(f"{key}:\n{''.join(f'  - {value}{chr(10)}' for value in values)}" for key, values in content.items())
    document = parse_yaml(text, "x.yml")
    lines = text.split("\n")
    assert {key: list(map(str, values)) for key, values in document.value.items()} == content
    for key, values in content.items():
        assert lines[document.line((key,)) - 1] == f"{key}:"
        for index, value in enumerate(values):
            assert lines[document.line((key, index)) - 1] == f"  - {value}"


def test_the_first_line_counts_from_where_the_text_stands() -> None:
    assert parse_yaml("a: one\nb: two", "x.md", first_line=2).line(("b",)) == 3


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(ContentError) as caught:
        parse_yaml("a: &x one\nb: *x\na: two\n", "x.yml")
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3]


def test_a_bomb_of_aliases_does_no_harm() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    with pytest.raises(ContentError, match="An alias"):
        parse_yaml("\n".join(lines), "x.yml")


def test_depth_is_bounded() -> None:
    with pytest.raises(ContentError, match="deep"):
        parse_yaml("[" * 500 + "]" * 500, "x.yml")
