"""Read YAML strictly: every value as it was typed, with its line.

PyYAML's own loader turns `19.60` into 19.6, `no` into False and `12:30` into 750, takes the
last of two equal keys, and follows aliases without end. This reader keeps each value as the
text that was typed and refuses what two readers could take differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from handbook.loading.yaml_errors import CURE, yaml_problem
from handbook.model.problems import ContentError, Problem
from handbook.model.typed_text import TypedText

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.SafeLoader("")
# Numbers to a reader of YAML 1.2, such as an editor, and text to PyYAML, which reads YAML 1.1.
_NEWER_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")
_MAX_DEPTH = 20

Path = tuple[str | int, ...]


@dataclass
class YamlDocument:
    """A YAML file: mappings, lists and `TypedText`, with the line where each path into them starts and ends."""

    shown: str
    value: Any
    lines: dict[Path, int] = field(default_factory=dict)
    ends: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest thing above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse_yaml(text: str, display_path: str, first_line: int = 1) -> YamlDocument:
    """Parse `text`, whose first line is line `first_line` of the file `display_path`.

    Raises ContentError with every problem found; a syntax error ends the reading.
    """
    reader = _Reader(display_path, first_line, text)
    try:
        document = reader.read(text)
    except yaml.MarkedYAMLError as error:
        raise ContentError([*reader.problems, yaml_problem(display_path, first_line, text, error)]) from None
    except yaml.YAMLError as error:
        raise ContentError([Problem(display_path, first_line, f"The YAML cannot be read ({error})", CURE)]) from None
    if reader.problems:
        raise ContentError(reader.problems)
    return document


class _Reader:
    """Builds a YamlDocument from the parser's events, and collects problems on the way."""

    def __init__(self, display_path: str, first_line: int, text: str):
        self.display_path = display_path
        self.text = text.split("\n")
        self.offset = first_line
        self.problems: list[Problem] = []
        self.lines: dict[Path, int] = {}
        self.ends: dict[Path, int] = {}

    def read(self, text: str) -> YamlDocument:
        events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
        value: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._fault(event, "A second document in one file (found ---)", "Keep one document in a file")
            elif not isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                value = self._value(event, events, (), 0)
        return YamlDocument(self.display_path, value, self.lines, self.ends)

    def _value(self, event: Any, events: Iterator[Any], path: Path, depth: int) -> Any:
        self.lines.setdefault(path, self._line(event))
        if isinstance(event, yaml.AliasEvent):
            self._fault(
                event,
                f"An alias (found *{event.anchor})",
                "Write the value out; each fact stands once, in its own record",
            )
            return None
        if event.anchor:
            self._fault(
                event,
                f"An anchor (found &{event.anchor})",
                "Delete it; the handbook's files have no anchors or aliases",
            )
        if event.tag:
            self._fault(
                event,
                f"A tag (found {event.tag.replace('tag:yaml.org,2002:', '!!')})",
                "Delete it; values are plain text",
            )
        if depth > _MAX_DEPTH:
            self._fault(
                event,
                f"Values nested more than {_MAX_DEPTH} deep",
                "Compare the indentation with a neighbour that works",
            )
            raise ContentError(self.problems)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        read = self._mapping if isinstance(event, yaml.MappingStartEvent) else self._sequence
        return read(events, path, depth)

    def _scalar(self, event: yaml.ScalarEvent) -> TypedText:
        kind = "str"
        if not event.style and (remark := self._remark_after(event)):
            cure = "Put the whole value in double quotes, or a remark on a line of its own above"
            self._fault(event, f"Words after a # are left out (found {remark[:60]})", cure)
        if event.implicit[0]:
            tag = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False))
            kind = tag.rpartition(":")[2]
            if kind == "str" and _NEWER_NUMBER.fullmatch(event.value):
                kind = "float"
        return TypedText(event.value, kind)

    def _remark_after(self, event: yaml.ScalarEvent) -> str:
        """The comment after a value on its line, which may be none: in "Plan #1", YAML drops the number."""
        end = event.end_mark
        rest = self.text[end.line][end.column :].strip() if end and end.line < len(self.text) else ""
        return rest if event.value and rest.startswith("#") else ""

    def _sequence(self, events: Iterator[Any], path: Path, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                self.ends[path] = self._line(event)
                break
            items.append(self._value(event, events, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, events: Iterator[Any], path: Path, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                self.ends[path] = self._line(event)
                break
            key = self._key(event, events, path, depth)
            inner = (*path, key)
            if key not in mapping:
                self.lines[inner] = self._line(event)
                mapping[key] = self._value(next(events), events, inner, depth + 1)
                continue
            self._fault(event, f"The key {key} stands twice (first on line {self.lines[inner]})", "Keep one of the two")
            self._value(next(events), events, (*path, f"{key} (again)"), depth + 1)
        return mapping

    def _key(self, event: Any, events: Iterator[Any], path: Path, depth: int) -> str:
        if isinstance(event, yaml.ScalarEvent) and not event.anchor and not event.tag:
            if event.value == "<<" and event.implicit[0]:
                self._fault(event, "A merge key (found <<)", "Write the keys out")
            return str(event.value)
        self._fault(event, "A key that is not plain text", "Give the key as one plain word")
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, events, (*path, "?"), depth + 1)
        return "?"

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.offset

    def _fault(self, event: Any, what: str, cure: str) -> None:
        self.problems.append(Problem(self.display_path, self._line(event), what, cure))
