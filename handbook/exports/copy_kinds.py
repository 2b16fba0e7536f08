"""The kinds of copy that there are."""

from __future__ import annotations

from enum import StrEnum


class CopyKind(StrEnum):
    """A kind of copy, by the end of its name."""

    ZIP = "zip"
    PDF = "pdf"


class NotCopied(Exception):
    """A copy was not made. The message says why and what to do. The site is published all the same."""
