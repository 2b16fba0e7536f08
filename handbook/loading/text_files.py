"""Read text files strictly: UTF-8 without a byte-order mark, and no character that cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from handbook.model.problems import ContentError, Problem

# Unicode's bidirectional controls can make a line read differently from what it says
# ("Trojan Source", CVE-2021-42574), and zero-width characters can hide inside a word.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def read_text(path: Path, display_path: str) -> str:
    """Read a UTF-8 file, with line ends as "\\n".

    `display_path` is the path that problems name. Raises ContentError for a missing file, another encoding, a byte-order
    mark, and control or invisible characters.
    """
    return decode(read_bytes(path, display_path), display_path)


def read_bytes(path: Path, display_path: str) -> bytes:
    """Read the bytes of a file; see `read_text`."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _fault(display_path, 1, "The file is missing", "Put it back, or remove what names it") from None
    except OSError as error:
        raise _fault(display_path, 1, f"The file cannot be read ({error.strerror})", "Mend its permissions") from None


def decode(data: bytes, display_path: str) -> str:
    """Decode `data`; see `read_text`."""
    save = "Save the file as UTF-8 without a byte-order mark"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _fault(display_path, 1, "The file is not UTF-8 (found UTF-16)", save)
    if data.startswith(b"\xef\xbb\xbf"):
        raise _fault(display_path, 1, "The file starts with a byte-order mark", save)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        found = f"0x{data[error.start]:02x}"
        raise _fault(display_path, number, f"The file is not UTF-8 (found the byte {found})", save) from None
    text = text.replace("\r\n", "\n")
    problems = []
    # Looking through the whole text first is quick, and few files hold such a character.
    lines = text.split("\n") if _HIDDEN.search(text) else []
    for number, line in enumerate(lines, 1):
        if match := _HIDDEN.search(line):
            name = unicodedata.name(match[0], "a control character").lower()
            what = f"A character that cannot be seen (found U+{ord(match[0]):04X}, {name})"
            problems.append(Problem(display_path, number, what, "Delete it and type the text again"))
    if problems:
        raise ContentError(problems)
    return text


def _fault(display_path: str, line: int, what: str, cure: str) -> ContentError:
    return ContentError([Problem(display_path, line, what, cure)])
