"""What zip and gzip files hold: the files inside, and the remarks of their makers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from handbook.audit.decompression import Budget, Unreadable, inflated
from handbook.html.plain_words import legible

_GZIP = 31
_LOCKED = 0x1


def zip_files(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes | str]]:
    """Every file of a zip with its name, and as text what is remarked of the whole and of each file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield from (("", text) for text in legible(archive.comment))
        for info in archive.infolist():
            yield from (("", text) for text in (info.filename, *legible(info.comment), *legible(info.extra)))
            if info.flag_bits & _LOCKED:
                raise Unreadable("it is locked")
            if not info.is_dir():
                # The size that a zip states may be false, so no more is read than may be.
                with archive.open(info) as file:
                    content = file.read(budget.size + 1)
                budget.spend(len(content))
                yield info.filename, content


def gzip_files(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes | str]]:
    """What a gzip file holds, under no name, and as text what its header says."""
    parts = []
    while data:
        content, rest = inflated(data, budget, _GZIP)
        # The header is as packed: its name and remark are text as they stand.
        yield from (("", text) for text in legible(data[: _header(data)]))
        parts.append(content)
        data = rest.lstrip(b"\0")
    yield "", b"".join(parts)


def _header(data: bytes) -> int:
    """Where the header of a gzip file ends: ten bytes, then what its flags say follows."""
    flags, at = data[3], 10
    if flags & 4:
        at += 2 + int.from_bytes(data[10:12], "little")
    for flag in (8, 16):
        if flags & flag:
            at = data.index(b"\0", at) + 1
    return at
