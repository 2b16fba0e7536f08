"""What may not be written, beside what may: the bad examples of a field, and the form of its values.

A field's description, examples and bad examples stand on the field, once. The models read what
they say, editors see it as they type, and a test runs each through the real check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core.core_schema import CoreSchema

WRONG = "wrong"
# Text that means itself without quotes: it starts with a letter, or is a date and not a number.
_PLAIN = re.compile(r"[A-Za-z£][^:#,\"\[\]{}]*|[0-9]{4}-[0-9a-z/-]+")


@dataclass(frozen=True)
class BadExample:
    """A value that a field may not have, as YAML has it after the key, and what the check says of it."""

    typed: str
    said: str

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core)
        schema[WRONG] = [*schema.get(WRONG, ()), {"typed": self.typed, "said": self.said}]
        return schema


def as_typed(value: Any) -> str:
    """An example as it is written in YAML after its key. Text that YAML would read as another thing has quotes."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(as_typed, value))}]"
    text = str(value)
    plain = isinstance(value, int) or _PLAIN.fullmatch(text)
    return text if plain else '"' + text.replace('"', '\\"') + '"'
