"""Framing: several byte strings as one, behind a line that holds their lengths."""

from __future__ import annotations

import json
from collections.abc import Sequence


def joined(parts: Sequence[bytes]) -> bytes:
    """The parts as one byte string."""
    return b"".join([json.dumps(list(map(len, parts))).encode(), b"\n", *parts])


def parted(framed: bytes) -> list[bytes]:
    """The parts of a byte string that `joined` made."""
    end = framed.index(b"\n") + 1
    lengths = json.loads(framed[:end])
    return [framed[end : (end := end + length)] for length in lengths]
