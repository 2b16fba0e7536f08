"""Text as a person typed it, with what plain YAML would have made of it."""

from __future__ import annotations


class TypedText(str):
    """A value as it was typed. `kind` is what plain YAML would have made of it."""

    kind: str

    def __new__(cls, text: str, kind: str = "str") -> TypedText:
        self = super().__new__(cls, text)
        self.kind = kind
        return self
