"""Parts come out of a frame as they went into it, whatever they hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handbook.workers.framing import joined, parted


@given(st.lists(st.binary(max_size=12)))
def test_parts_come_back(parts: list[bytes]) -> None:
    assert parted(joined(parts)) == parts


def test_a_part_may_hold_what_ends_a_line() -> None:
    assert parted(joined([b"\n", b"", b"[1]\n"])) == [b"\n", b"", b"[1]\n"]
