"""The addresses of the files that a build generates beside the pages, which pages may link to."""

from __future__ import annotations

from handbook.macros.open_data.tables import FORMS, PACKAGE, tables

FEED = "feed.xml"
BUNDLE = "handbook.txt"


def generated_addresses() -> tuple[str, ...]:
    """Return the address of every generated file that a page may link to: feed, plain text and data."""
    return (FEED, BUNDLE, PACKAGE, *(table.address(form) for table in tables() for form in FORMS))
