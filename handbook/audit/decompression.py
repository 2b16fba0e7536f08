"""Undoing compression within bounds, so that a small file cannot fill the memory."""

from __future__ import annotations

import zlib
from dataclasses import dataclass


class Unreadable(Exception):
    """A file that cannot be read whole. The message is the reason, as it follows the file's name."""


@dataclass
class Budget:
    """How many bytes may still come out of what is compressed."""

    size: int = 200_000_000

    def spend(self, size: int) -> None:
        """Takes `size` bytes off. Raises Unreadable when there are not as many left."""
        self.size -= size
        if self.size < 0:
            raise Unreadable("more comes out of it than can be read")


def inflate(data: bytes, budget: Budget, form: int = zlib.MAX_WBITS) -> bytes:
    """What was compressed at the start of `data`. `form` is zlib's own number for the kind of header."""
    return inflated(data, budget, form)[0]


def inflated(data: bytes, budget: Budget, form: int = zlib.MAX_WBITS) -> tuple[bytes, bytes]:
    """What was compressed at the start of `data`, and what follows it. Raises Unreadable."""
    engine = zlib.decompressobj(form)
    try:
        made = engine.decompress(data, budget.size + 1)
    except zlib.error:
        raise Unreadable("it is damaged") from None
    budget.spend(len(made))
    if not engine.eof:
        raise Unreadable("it ends too soon")
    return made, engine.unused_data
