"""Opening every kind of file that a site may hold, and everything inside it, as text.

A file comes out as flowing texts, in which runs of words are looked for, and as values: what
stands by itself, such as an attribute, a string of a script, the text of an element, a cell or a
name. A file that cannot be opened says why; it is never passed over.
"""

from __future__ import annotations

import base64
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from handbook.audit.archives import gzip_files, zip_files
from handbook.audit.decompression import Budget, Unreadable
from handbook.audit.images import jpeg_texts, png_texts, webp_texts
from handbook.audit.markdown_text import markdown_text
from handbook.audit.pdf import pdf_texts
from handbook.html.plain_words import GAP, between_tags, spelled_out, without_tags
from handbook.html.reader import HtmlReader

_DEEPEST = 4
_LONGEST_VALUE = 300
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
_CELL = re.compile(r"[,;\t\n|]")
_PACKED_ADDRESS = re.compile(r"data:([\w.+/-]*)[\w.+/;=-]{0,100}?;base64,([\w+/=-]{8,})", re.IGNORECASE)
_MEDIA = {
    "text/html": ".html",
    "image/svg+xml": ".svg",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "font/woff2": ".woff2",
    "application/json": ".json",
    "application/pdf": ".pdf",
}


@dataclass
class OpenedFile:
    """A file of a site, or a file inside one. `fault` says why it cannot be read.

    `raw` holds the texts that have tags as they stand, with a gap at each end of each tag.
    """

    path: str
    data: bytes
    texts: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    inner: list[tuple[str, bytes]] = field(default_factory=list)
    fault: str = ""


def open_file(
    path: str, data: bytes, budget: Budget, public: frozenset[bytes] = frozenset(), depth: int = 0
) -> Iterator[OpenedFile]:
    """The file at `path`, and every file inside it, each under its own path.

    Of a file that is one of those in `public`, byte for byte, only the name is read.
    """
    opened = named(path, data)
    if data in public:
        yield opened
        return
    try:
        if depth > _DEEPEST:
            raise Unreadable("it lies too deep in other files")
        _kind_of(path, data)(opened, budget)
    except Unreadable as error:
        opened.fault = str(error)
    except (ValueError, LookupError, struct.error, zlib.error, zipfile.BadZipFile, NotImplementedError):
        opened.fault = "it is damaged"
    yield opened
    for name, content in opened.inner:
        yield from open_file(f"{path}: {name}", content, budget, public, depth + 1)


def named(path: str, data: bytes) -> OpenedFile:
    """A file as far as its name goes."""
    return OpenedFile(path, data, texts=[path], values=path.split("/"))


def open_html(text: str) -> OpenedFile:
    """A piece of HTML, as a page of the site is read."""
    opened = OpenedFile("", b"")
    _marked_up_text(opened, text)
    return opened


def open_script(text: str) -> OpenedFile:
    """A piece of code, as a script of the site is read."""
    opened = OpenedFile("", b"")
    _script_text(opened, text)
    return opened


def _kind_of(path: str, data: bytes) -> Callable[[OpenedFile, Budget], None]:
    """How to read a file of this name. Raises Unreadable for a kind that is not known."""
    suffix = re.search(r"\.[^./: ]*$", path.lower())
    magic, reader = _KINDS.get(suffix[0] if suffix else "", (b"", None))
    if reader is None:
        raise Unreadable("nothing is known of this kind of file")
    if not data.startswith(magic):
        raise Unreadable("it is not what its name says")
    return reader


def _texts_of(read: Callable[[bytes, Budget], Iterator[str]]) -> Callable[[OpenedFile, Budget], None]:
    """Reads a file that gives up text and nothing else: each is a text, and a value by itself."""

    def fill(opened: OpenedFile, budget: Budget) -> None:
        for text in read(opened.data, budget):
            _flowing(opened, text)
            opened.values += [line for line in text.splitlines() if len(line) < _LONGEST_VALUE]

    return fill


def _files_of(
    read: Callable[[bytes, Budget], Iterator[tuple[str, bytes | str]]],
) -> Callable[[OpenedFile, Budget], None]:
    """Reads a file that holds files, and remarks of its own."""

    def fill(opened: OpenedFile, budget: Budget) -> None:
        for name, content in read(opened.data, budget):
            if isinstance(content, str):
                _flowing(opened, content)
            else:
                # What gzip packs often has no name but that of the file itself.
                own = re.split("/|: ", opened.path)[-1].rpartition(".")[0]
                opened.inner.append((name or own, content))

    return fill


def _marked_up(opened: OpenedFile, budget: Budget) -> None:
    _marked_up_text(opened, opened.data.decode("utf-8-sig"))


def _marked_up_text(opened: OpenedFile, text: str) -> None:
    _flowing(opened, text)
    values = _Values()
    values.read(text)
    opened.values += values.found
    for script in values.scripts:
        opened.values += _strings(script)


def _script(opened: OpenedFile, budget: Budget) -> None:
    _script_text(opened, opened.data.decode("utf-8-sig"))


def _script_text(opened: OpenedFile, text: str) -> None:
    # A string's words and those of its neighbour, such as the name of a value and the value, are no run.
    _flowing(opened, _STRING.sub(lambda string: f"{GAP}{string[0]}{GAP}", text))
    opened.values += _strings(text)


def _table(opened: OpenedFile, budget: Budget) -> None:
    text = opened.data.decode("utf-8-sig")
    _flowing(opened, text)
    opened.values += [*text.splitlines(), *_CELL.split(text)]


def _markdown(opened: OpenedFile, budget: Budget) -> None:
    text, titles, values = markdown_text(opened.data.decode("utf-8-sig"))
    _marked_up_text(opened, text)
    for title in titles:
        _flowing(opened, title)
    opened.values += [*titles, *values]


def _font(opened: OpenedFile, budget: Budget) -> None:
    """A font is taken for what it says it is: its letters are packed in a way that is not read here."""


def _flowing(opened: OpenedFile, text: str) -> None:
    """Adds a text, and the files that it carries as addresses."""
    text = spelled_out(text)
    opened.texts.append(without_tags(text) if "<" in text else text)
    if "<" in text:
        opened.raw.append(between_tags(text))
    for media, packed in _PACKED_ADDRESS.findall(text):
        content = base64.b64decode(packed.translate(str.maketrans("-_", "+/")) + "==")
        opened.inner.append((f"data{_MEDIA.get(media.lower(), '')}", content))


def _strings(code: str) -> list[str]:
    return [string for found in _STRING.findall(code) if (string := "".join(found)) and len(string) < _LONGEST_VALUE]


class _Values(HtmlReader):
    """Collects attributes, comments, and the text of each element that is not long."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.scripts: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[tuple[str, int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for _, value in attrs if value]
        self._open.append((tag, len(self._pieces), self._length))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for _, value in attrs if value]

    def handle_endtag(self, tag: str) -> None:
        if not any(opened == tag for opened, _, _ in reversed(self._open)):
            return
        while self._open:
            opened, first, length = self._open.pop()
            if opened == tag:
                if self._length - length < _LONGEST_VALUE:
                    self.found.append("".join(self._pieces[first:]))
                break

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] in ("script", "style"):
            self.scripts.append(data)
        self._pieces.append(data)
        self._length += len(data)

    def handle_comment(self, data: str) -> None:
        self.found.append(data)


_PNG, _JPEG, _ZIP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK"
_KINDS: dict[str, tuple[bytes, Callable[[OpenedFile, Budget], None]]] = {
    **dict.fromkeys((".html", ".htm", ".xml", ".svg", ".rss", ".atom", ".rels"), (b"", _marked_up)),
    **dict.fromkeys((".js", ".mjs", ".json", ".map", ".css", ".webmanifest"), (b"", _script)),
    **dict.fromkeys((".csv", ".ics", ".yml"), (b"", _table)),
    **dict.fromkeys((".md", ".txt"), (b"", _markdown)),
    **dict.fromkeys((".jpg", ".jpeg"), (_JPEG, _texts_of(jpeg_texts))),
    **dict.fromkeys((".zip", ".docx"), (_ZIP, _files_of(zip_files))),
    ".png": (_PNG, _texts_of(png_texts)),
    ".webp": (b"RIFF", _texts_of(webp_texts)),
    ".pdf": (b"%PDF-", _texts_of(pdf_texts)),
    ".gz": (b"\x1f\x8b\x08", _files_of(gzip_files)),
    ".woff2": (b"wOF2", _font),
}
