"""Parts, each of whatever bytes, as one row of bytes: a line that says how long they are, and then the parts."""

from __future__ import annotations

import json
from collections.abc import Sequence


def in_a_row(parts: Sequence[bytes]) -> list[bytes]:
    """What stands in the row of these parts, piece by piece."""
    return [json.dumps(list(map(len, parts))).encode(), b"\n", *parts]


def joined(parts: Sequence[bytes]) -> bytes:
    """The parts as one row."""
    return b"".join(in_a_row(parts))


def parted(row: bytes) -> list[bytes]:
    """The parts that `joined` made this row of."""
    end = row.index(b"\n") + 1
    lengths = json.loads(row[:end])
    return [row[end : (end := end + length)] for length in lengths]
