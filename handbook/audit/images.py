"""What images say beside their pixels: text chunks, EXIF, XMP, comments, and whatever is hung on the end."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from handbook.audit.decompression import Budget, Unreadable, inflate
from handbook.html.plain_words import legible

_PIXELS_PNG = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD"))
_PIXELS_WEBP = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"))


def png_texts(data: bytes, budget: Budget) -> Iterator[str]:
    """The text of every chunk of a PNG that does not make its picture, and of what follows its end."""
    at, kind = 8, b""
    while kind != b"IEND":
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        if len(body) < size:
            raise Unreadable("it ends too soon")
        at += 12 + size
        if kind in (b"zTXt", b"iCCP"):
            name, _, packed = body.partition(b"\0")
            body = name + b"\n" + inflate(packed[1:], budget)
        elif kind == b"iTXt":
            name, _, rest = body.partition(b"\0")
            language, _, after = rest[2:].partition(b"\0")
            translated, _, text = after.partition(b"\0")
            text = inflate(text, budget) if rest[:1] == b"\1" else text
            body = b"\n".join((name, language, translated, text))
        if kind not in _PIXELS_PNG:
            yield from legible(body)
    yield from legible(data[at:])


def jpeg_texts(data: bytes, budget: Budget) -> Iterator[str]:
    """The text of every application segment and comment of a JPEG, and of what follows its end."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise Unreadable("it is damaged")
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xE0 <= marker <= 0xEF or marker == 0xFE:
            yield from legible(data[at + 4 : at + 2 + size])
        at += 2 + size
        if marker == 0xDA:
            # Inside a picture these two bytes can only mean its end.
            end = data.find(b"\xff\xd9", at)
            if end < 0:
                raise Unreadable("it ends too soon")
            yield from legible(data[end + 2 :])
            return
    raise Unreadable("it holds no picture")


def webp_texts(data: bytes, budget: Budget) -> Iterator[str]:
    """The text of every chunk of a WebP that does not make its picture, and of what follows its end."""
    end = 8 + int.from_bytes(data[4:8], "little")
    at = 12
    while at + 8 <= min(end, len(data)):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if kind not in _PIXELS_WEBP:
            yield from legible(data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    if len(data) < end:
        raise Unreadable("it ends too soon")
    yield from legible(data[end:])
