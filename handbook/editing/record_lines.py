"""A record as the lines that a person would write for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from handbook.editing.field_forms import FieldForm, entries
from handbook.loading.strict_yaml import parse_yaml
from handbook.model.parts import Part
from handbook.model.problems import ContentError


def lines_of(model: type[Part], values: Mapping[str, Any]) -> list[str]:
    """The lines of the keys in `values`, in the order of the model.

    A value is text, a list of texts, the values of a part, or a list of those.
    """
    return [line for entry in entries(model) if entry.key in values for line in _lines(entry, values[entry.key])]


def _lines(entry: FieldForm, value: Any) -> list[str]:
    if isinstance(value, str):
        return [f"{entry.key}: {_scalar(entry, value)}"]
    if isinstance(value, Mapping):
        assert entry.part is not None
        return [f"{entry.key}:", *(f"  {line}" for line in lines_of(entry.part, value))]
    rows = [f"{entry.key}:"]
    for item in value:
        inner = [_scalar(entry, item)] if isinstance(item, str) else lines_of(entry.part or Part, item)
        rows += [f"  {'  ' if number else '- '}{line}" for number, line in enumerate(inner)]
    return rows


def _scalar(entry: FieldForm, text: str) -> str:
    """A value without quotes where it reads back as it is, and in double quotes elsewhere and for numbers."""
    if not entry.is_number:
        try:
            read = parse_yaml(f"key: {text}\n", "").value["key"]
            if read == text and (read.kind == "str" or not entry.is_text):
                return text
        except (ContentError, AttributeError):
            pass
    return json.dumps(text, ensure_ascii=False)
