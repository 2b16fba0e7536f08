"""Bad examples of fields, and how examples are written in YAML.

A field's description, examples and bad examples stand on the field, once. They go into the JSON schemas that editors
use while they type, and a test runs each of them through the real validation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core.core_schema import CoreSchema

# The key of the bad examples in a JSON schema.
WRONG = "wrong"
# Text that needs no quotes in YAML: it starts with a letter, or is a date and not a number.
_PLAIN = re.compile(r"[A-Za-z£][^:#,\"\[\]{}]*|[0-9]{4}-[0-9a-z/-]+")


@dataclass(frozen=True)
class BadExample:
    """A value that a field refuses, as it is typed in YAML after the key, and the start of the message about it."""

    typed: str
    said: str

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Add the example to the field's JSON schema."""
        schema = handler(core)
        schema[WRONG] = [*schema.get(WRONG, ()), {"typed": self.typed, "said": self.said}]
        return schema


def as_typed(value: Any) -> str:
    """Write a value in YAML, as after its key. Text that YAML would read as another type is quoted."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(as_typed, value))}]"
    text = str(value)
    plain = isinstance(value, int) or _PLAIN.fullmatch(text)
    return text if plain else '"' + text.replace('"', '\\"') + '"'
