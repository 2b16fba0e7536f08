"""The canonical form: the same for equal values, another for any other, and none for what is not known."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import combinations
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from handbook.model.canonical import canonical, fingerprint
from handbook.model.typed_text import TypedText


class Colour(Enum):
    RED = "red"


class Shade(Enum):
    RED = "red"


@dataclass(frozen=True)
class Point:
    x: int
    y: int = 0


class Model(BaseModel):
    name: str
    points: tuple[str, ...] = ()


DIFFERENT: list[Any] = [
    *(None, True, False, 0, 1, -1, 1.0, 0.1, Decimal("1"), Decimal("1.0"), "", "1", "a", b"", b"a"),
    *(date(2021, 12, 21), datetime(2021, 12, 21), "2021-12-21", PurePosixPath("a"), Colour.RED, Shade.RED, "red"),
    *([], (), frozenset(), {}, [1], (1,), [[1]], frozenset((1,)), [1, 2], [2, 1], [12], ["a", "b"], ["ab"], ["a,b"]),
    *({"a": 1, "b": 2}, {"b": 2, "a": 1}, {"a": {"b": 1}}, [("a", 1)], Point(1), Point(0, 1)),
    *(Model(name="a"), Model(name="b"), Model(name="a", points=("b",)), [Model(name="a")]),
]


def test_different_values_have_different_forms() -> None:
    for one, other in combinations(DIFFERENT, 2):
        assert canonical(one) != canonical(other), (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (frozenset(("a", "b", "c")), {"c", "b", "a"}),
        (Point(1), Point(1, 0)),
        (Model(name="a"), Model(name="a", points=())),
        ({"a": 1}, OrderedDict(a=1)),
        ("2021", TypedText("2021", "int")),
    ],
)
def test_equal_values_have_the_same_form(one: Any, other: Any) -> None:
    assert canonical(one) == canonical(other)
    assert fingerprint([one]) == fingerprint([other])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.dates() | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_no_two_values_have_the_same_form(one: Any, other: Any) -> None:
    assert (canonical(one) == canonical(other)) == (repr(one) == repr(other))


@pytest.mark.parametrize("value", [object(), lambda: 1, [object()], {"a": {1: object()}}, 1j])
def test_a_value_of_an_unknown_type_has_none(value: Any) -> None:
    with pytest.raises(TypeError, match="has no canonical form"):
        canonical(value)
