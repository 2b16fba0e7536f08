"""The text of a PDF: its pages, its properties and its notes, from streams that are plain or packed with Flate.

Anything that could hold text and cannot be read makes the whole file unreadable: a lock, a file
attached, another packing, a font that does not say which letters its codes mean.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.audit.decompression import Budget, Unreadable, inflate
from handbook.audit.images import jpeg_texts
from handbook.html.plain_words import legible

_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R\b")
_PICTURES_AND_FONTS = (b"/Image", b"/Length1", b"/FontFile", b"/Type1C", b"/CIDFontType0C", b"/OpenType", b"/XRef")
_REFUSED = {b"/Encrypt": "it is locked", b"/EmbeddedFile": "it has a file attached", b"/JavaScript": "it has a script"}
_TOKEN = re.compile(
    rb"/(?P<font>[^\s/<>\[\]()]+)\s+[-\d.]+\s+Tf\b|(?P<open>\()|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|(?P<list>[\[\]])|(?P<number>-?\d*\.?\d+)|(?P<move>T[dD]\b)|(?P<line>T[m*]|ET\b|['\"])"
)
_ESCAPES = {b"n": b"\n", b"r": b"\n", b"t": b"\t", b"b": b" ", b"f": b"\n", b"\n": b""}
_TABLE = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_ITEM = re.compile(rb"<([0-9A-Fa-f\s]*)>|([\[\]])")
# A gap this wide between two pieces of text in a list, in thousandths of the letters' size, parts two words.
_WIDE = -180

Letters = dict[bytes, str]


@dataclass(frozen=True)
class _Object:
    number: int
    head: bytes
    stream: bytes


def pdf_texts(data: bytes, budget: Budget) -> Iterator[str]:
    """Everything in a PDF that is text. Raises Unreadable."""
    objects = list(_objects(data, budget))
    for text in (data.rpartition(b"trailer")[2], *(thing.head for thing in objects)):
        for name, reason in _REFUSED.items():
            if name in text:
                raise Unreadable(reason)
    fonts = _fonts(objects)
    for thing in objects:
        yield " ".join(_strings(thing.head))
        if b"/DCTDecode" in thing.head:
            yield from jpeg_texts(thing.stream, budget)
        elif b"/XML" in thing.head:
            yield from legible(thing.stream)
        elif not any(name in thing.head for name in _PICTURES_AND_FONTS):
            # Two pages may give one name to two fonts, so every font of a name is tried.
            for choice in range(max(map(len, fonts.values()), default=1)):
                page = {name: known[choice % len(known)] for name, known in fonts.items()}
                yield from _shown(thing.stream, page)


def _objects(data: bytes, budget: Budget) -> Iterator[_Object]:
    for chunk in data.split(b"endobj"):
        match = _OBJECT.search(chunk)
        if not match:
            continue
        head, _, rest = chunk[match.end() :].partition(b"stream")
        packed = rest.removeprefix(b"\r").removeprefix(b"\n")
        stream = _unpacked(head, packed[: packed.rfind(b"endstream")], budget) if rest else b""
        if b"/ObjStm" in head:
            # Objects without streams of their own, packed together.
            yield _Object(0, stream, b"")
        else:
            yield _Object(int(match[1]), head, stream)


def _unpacked(head: bytes, stream: bytes, budget: Budget) -> bytes:
    found = _FILTERS.search(head)
    for name in re.findall(rb"/(\w+)", found[1]) if found else []:
        if name == b"FlateDecode":
            stream = inflate(stream, budget)
        elif name == b"ASCII85Decode":
            stream = base64.a85decode(stream.strip().removesuffix(b"~>"))
        elif name != b"DCTDecode":
            raise Unreadable(f"it is packed with {name.decode('ascii', 'replace')}")
    return stream


def _fonts(objects: list[_Object]) -> dict[bytes, list[Letters]]:
    """What the codes of each font mean, for every font that pages use under a name."""
    streams = {thing.number: thing.stream for thing in objects}
    letters = {}
    for thing in objects:
        table = dict(_NAMED.findall(thing.head)).get(b"ToUnicode")
        if table:
            letters[thing.number] = _letters(streams.get(int(table), b""))
        elif b"/Type0" in thing.head:
            raise Unreadable("it has a font that does not say what its codes mean")
    fonts: dict[bytes, list[Letters]] = {}
    for thing in objects:
        for name, number in _NAMED.findall(thing.head):
            known = fonts.setdefault(name, []) if int(number) in letters else []
            if int(number) in letters and letters[int(number)] not in known:
                known.append(letters[int(number)])
    return fonts


def _letters(table: bytes) -> Letters:
    """A font's own table from codes to letters: code by code, and in ranges."""
    letters: Letters = {}
    for kind, body in _TABLE.findall(table):
        items = [mark or bytes.fromhex(digits.decode()) for digits, mark in _ITEM.findall(body)]
        while len(items) > 1:
            if kind == b"bfchar":
                codes, meant = [items[0]], [items[1]]
                items = items[2:]
            else:
                first, last = (int.from_bytes(code, "big") for code in items[:2])
                codes = [code.to_bytes(len(items[0]), "big") for code in range(first, min(last, first + 0xFFFF) + 1)]
                if items[2] == b"[":
                    meant = items[3 : 3 + len(codes)]
                    items = items[4 + len(codes) :]
                else:
                    start = int.from_bytes(items[2], "big")
                    meant = [(start + step).to_bytes(len(items[2]), "big") for step in range(len(codes))]
                    items = items[3:]
            letters |= {code: text.decode("utf-16-be", "replace") for code, text in zip(codes, meant, strict=False)}
    return letters


def _shown(stream: bytes, fonts: dict[bytes, Letters]) -> Iterator[str]:
    """The text that a page shows: once as its lines run, once with every piece set apart."""
    lines, pieces = [], []
    font: Letters | None = None
    in_list, numbers, at = False, [0.0, 0.0], 0
    while match := _TOKEN.search(stream, at):
        at = match.end()
        if match["font"]:
            font = fonts.get(match["font"])
        elif match["open"] or match["hex"] is not None:
            codes, at = _literal(stream, at) if match["open"] else (_from_hex(match["hex"]), at)
            text = _read(codes, font)
            lines.append(text)
            pieces.append(text)
        elif match["list"]:
            in_list = match["list"] == b"["
        elif match["number"]:
            numbers = [numbers[-1], float(match["number"])]
            if in_list and numbers[-1] < _WIDE:
                lines.append(" ")
        elif match["line"] or numbers[-1]:
            # A move straight along the line parts no words; one to another line does.
            lines.append(" ")
    yield "".join(lines)
    yield " ".join(pieces)


def _strings(head: bytes) -> Iterator[str]:
    """The strings in an object, such as a title, an author, an address or a note."""
    at = 0
    while match := re.compile(rb"(\()|<([0-9A-Fa-f\s]+)>").search(head, at):
        string, at = _literal(head, match.end()) if match[1] else (_from_hex(match[2]), match.end())
        wide = string.startswith(b"\xfe\xff")
        yield string.decode("utf-16-be", "replace")[1:] if wide else string.decode("utf-8", "replace")


def _read(codes: bytes, font: Letters | None) -> str:
    if font is None:
        return codes.decode("cp1252", "replace")
    width = max(map(len, font), default=1)
    return "".join(font.get(codes[at : at + width], "") for at in range(0, len(codes), width))


def _from_hex(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _literal(data: bytes, at: int) -> tuple[bytes, int]:
    """The string whose bracket opened just before `at`, and where it ends."""
    made, depth = bytearray(), 1
    while at < len(data):
        mark = data[at : at + 1]
        at += 1
        if mark == b"\\":
            octal = re.compile(rb"[0-7]{1,3}").match(data, at)
            made += bytes([int(octal[0], 8) & 255]) if octal else _ESCAPES.get(data[at : at + 1], data[at : at + 1])
            at = octal.end() if octal else at + 1
            continue
        depth += (mark == b"(") - (mark == b")")
        if not depth:
            break
        made += mark
    return bytes(made), at
