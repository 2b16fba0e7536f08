"""Reading HTML where nobody asks for the lines of what is found."""

from __future__ import annotations

from html.parser import HTMLParser


class Reader(HTMLParser):
    """Python's own reader of HTML, without the count of lines that takes a seventh of its time."""

    def updatepos(self, i: int, j: int) -> int:
        """Nothing to count: gives where the reading goes on."""
        return j
