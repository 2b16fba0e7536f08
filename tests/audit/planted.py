"""Files of many kinds, made by hand, to hide words in."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes, tail: bytes = b"") -> bytes:
    """A picture of one white point, with more chunks before its end."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = chunk(b"IDAT", zlib.compress(b"\0\xff"))
    return b"\x89PNG\r\n\x1a\n" + head + picture + b"".join(chunks) + chunk(b"IEND", b"") + tail


def png_text(words: str) -> bytes:
    return chunk(b"tEXt", b"Comment\0" + words.encode("latin-1"))


def png_packed_text(words: str) -> bytes:
    return chunk(b"zTXt", b"Comment\0\0" + zlib.compress(words.encode("latin-1")))


def png_world_text(words: str, packed: bool = True) -> bytes:
    text = zlib.compress(words.encode()) if packed else words.encode()
    return chunk(b"iTXt", b"Comment\0" + bytes([packed, 0]) + b"en\0Remark\0" + text)


def exif(words: str) -> bytes:
    """An EXIF block with a description, as TIFF lays it out."""
    text = words.encode() + b"\0"
    entry = struct.pack("<HHII", 0x010E, 2, len(text), 26)
    return b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0) + text


def xmp(words: str) -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li>{words}</rdf:li></x:xmpmeta>'.encode()


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments: bytes, tail: bytes = b"") -> bytes:
    """The frame of a JPEG: no decoder would show it, but its segments stand where real ones do."""
    return b"\xff\xd8" + b"".join(segments) + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x7f\xff\0\x7f\xff\xd9" + tail


def webp(*parts: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP"
    for kind, content in ((b"VP8L", b"/\0\0\0\0"), *parts):
        body += kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def zipped(files: dict[str, bytes], comment: str = "", remark: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.comment = remark.encode()
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
        archive.comment = comment.encode()
    return made.getvalue()


def gzipped(data: bytes, name: str = "") -> bytes:
    made = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=made, mtime=0) as file:
        file.write(data)
    return made.getvalue()


def docx(body: str, core: str = "") -> bytes:
    """A Word file with a paragraph of runs as Word cuts them, one run for each of `body`'s parts between bars."""
    cut = "".join(f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{part}</w:t></w:r>' for part in body.split("|"))
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "_rels/.rels": b"<Relationships/>",
            "word/document.xml": f"<w:document><w:body><w:p>{cut}</w:p></w:body></w:document>".encode(),
            "docProps/core.xml": f"<cp:coreProperties><dc:description>{core}</dc:description></cp:coreProperties>".encode(),
        }
    )


def pdf(*objects: bytes, info: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 3. Readers mend what it lacks, and so does the audit."""
    made = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", *objects]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, text) for number, text in enumerate(made, 1))
    return b"%PDF-1.7\n" + body + b"99 0 obj\n<<" + info + b">>\nendobj\ntrailer\n<</Root 1 0 R/Info 99 0 R>>\n%%EOF\n"


def stream(content: bytes, packed: bool = True, more: bytes = b"") -> bytes:
    content = zlib.compress(content) if packed else content
    how = b"/Filter/FlateDecode" if packed else b""
    return b"<<%s%s/Length %d>>stream\n%s\nendstream" % (how, more, len(content), content)


def pdf_in_codes(words: str) -> bytes:
    """A PDF as browsers print one: the text is codes of a font, and the font says what they mean."""
    letters = sorted(set(words))
    codes = "".join(f"{letters.index(letter) + 1:04x}" for letter in words)
    table = "".join(f"<{number:04x}> <{ord(letter):04x}>\n" for number, letter in enumerate(letters, 1))
    cut = len(codes) // 8 * 4
    shown = f"BT /F4 12 Tf 1 0 0 -1 50 50 Tm <{codes[:cut]}> Tj 8.5 0 Td [<{codes[cut:]}>] TJ ET"
    return pdf(
        b"<</Type/Page/Resources<</Font<</F4 4 0 R>>>>/Contents 6 0 R>>",
        b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 5 0 R>>",
        stream(f"{len(letters)} beginbfchar\n{table}endbfchar".encode()),
        stream(shown.encode()),
    )
