"""Lines put into a YAML file where the parser says, with every other byte left as it is.

A file is never written out again from what was read, so comments, quotes and line ends stay. What
the file says with the new lines is read back and compared: a form that this module does not know is
refused, and never spoiled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from handbook.loading.strict_yaml import Path as KeyPath
from handbook.loading.strict_yaml import YamlDocument, parse_yaml
from handbook.loading.text_files import decode
from handbook.model.problems import ContentError, Problem

_HYPHEN = re.compile(r"( *)-(?:( +)(?=[^ #])|(?= |$))")
_WITHOUT_TEXT = re.compile(r"( *)(?:#.*)?")


@dataclass(frozen=True)
class Insertion:
    """New lines for the file `shown`: what it was, the bytes added, where they start, and on which line."""

    shown: str
    before: bytes
    at: int
    added: bytes
    line: int

    @property
    def after(self) -> bytes:
        """The whole file with the new lines."""
        return self.before[: self.at] + self.added + self.before[self.at :]


def insert_item(data: bytes, shown: str, path: KeyPath, index: int, lines: list[str]) -> Insertion:
    """Puts an item into the list at `path` of a file, as item `index`.

    `lines` are the keys of the item, without its hyphen and its margin. Raises ContentError where
    the file cannot be read, or has a form into which lines cannot be put.
    """
    rows, document = _read(data, shown)
    start = document.line(path)
    hyphens = (_HYPHEN.match(row) for row in rows[start : document.line((*path, 0))])
    hyphen = next((match for match in hyphens if match), None)
    if hyphen is None:
        raise _odd_form(shown, start)
    margin, gap = hyphen[1], hyphen[2] or " "
    line = start + 1 if index == 0 else _end_of_item(rows, document, (*path, index - 1), len(margin))
    item = [f"{margin}{' ' if number else '-'}{gap}{text}" for number, text in enumerate(lines)]
    value = _with_item(document.value, path, index, parse_yaml("\n".join(lines), shown).value)
    return _read_back(_insertion(data, shown, line, item), value)


def insert_record(data: bytes, shown: str, name: str, lines: list[str]) -> Insertion:
    """Puts the record `name` at the end of a file, after an empty line.

    `lines` are its keys, without their margin. A new file is one without bytes. Raises ContentError
    as `insert_item` does.
    """
    rows, document = _read(data, shown)
    record = [f"{name}:", *(f"  {text}" for text in lines)]
    value = {**(document.value or {}), **parse_yaml("\n".join(record), shown).value}
    gap = [""] if len(rows) > 1 and rows[-2].strip() else []
    return _read_back(_insertion(data, shown, len(rows), [*gap, *record]), value)


def _read(data: bytes, shown: str) -> tuple[list[str], YamlDocument]:
    """The lines of a file, with an empty one after the last line end, and what they say."""
    text = decode(data, shown)
    whole = text if not text or text.endswith("\n") else f"{text}\n"
    document = parse_yaml(whole, shown)
    document.value = parse_yaml(text, shown).value
    return whole.split("\n"), document


def _end_of_item(rows: list[str], document: YamlDocument, path: KeyPath, margin: int) -> int:
    """The line after an item: before the empty lines and the comments that belong to what follows."""
    line = document.ends.get(path, document.line(path) + 1)
    while match := _WITHOUT_TEXT.fullmatch(rows[line - 2]):
        if rows[line - 2].strip() and len(match[1]) > margin:
            break
        line -= 1
    return line


def _insertion(data: bytes, shown: str, line: int, rows: list[str]) -> Insertion:
    """New rows before line `line` of a file, with the line ends of their neighbours."""
    kept = re.findall(rb"[^\n]*\n|[^\n]+", data)
    before = b"".join(kept[: line - 1])
    neighbour = next((row for row in reversed(kept[: line - 1]) if row.endswith(b"\n")), b"\n")
    end = b"\r\n" if neighbour.endswith(b"\r\n") else b"\n"
    added = b"".join(row.encode() + end for row in rows)
    if before and not before.endswith(b"\n"):
        added = end + added.removesuffix(end)
    return Insertion(shown, data, len(before), added, line + (rows[0] == ""))


def _with_item(value: Any, path: KeyPath, index: int, item: Any) -> Any:
    """The value of a document with one more item in the list at `path`."""
    if not path:
        return [*value[:index], item, *value[index:]]
    step, *rest = path
    return {**value, step: _with_item(value[step], tuple(rest), index, item)}


def _read_back(insertion: Insertion, value: Any) -> Insertion:
    """The insertion, if the file then says just what is meant."""
    try:
        read = parse_yaml(decode(insertion.after, insertion.shown), insertion.shown).value
    except ContentError:
        read = None
    if read != value:
        raise _odd_form(insertion.shown, insertion.line)
    return insertion


def _odd_form(shown: str, line: int) -> ContentError:
    what = "The file is written in a way that new lines do not fit into"
    return ContentError([Problem(shown, line, what, "Lay it out like its neighbours, or add the lines by hand")])
