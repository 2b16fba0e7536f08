"""Scalars of YAML as they were typed."""

from __future__ import annotations


class TypedText(str):
    """A scalar as it was typed. `kind` names the type that plain YAML would read it as, such as "int" or "null"."""

    kind: str

    def __new__(cls, text: str, kind: str = "str") -> TypedText:
        """Make text of a type that is text unless `kind` names another."""
        self = super().__new__(cls, text)
        self.kind = kind
        return self
