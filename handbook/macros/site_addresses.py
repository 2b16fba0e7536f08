"""Where a site has what is made from all of it: its feed and its text in one file. Pages may link to them."""

from __future__ import annotations

from handbook.macros.open_data.tables import FORMS, PACKAGE, tables

FEED = "feed.xml"
BUNDLE = "handbook.txt"


def made() -> tuple[str, ...]:
    """The address of every file of a site that no file of the handbook stands behind, and that a page may link to."""
    return (FEED, BUNDLE, PACKAGE, *(table.address(form) for table in tables() for form in FORMS))
