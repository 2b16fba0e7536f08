"""What files beside the pages take from a page: its words in a row, with drawings and the like left out."""

from __future__ import annotations

from ..export.elements import read_html
from ..export.plain import Writer
from ..search.sections import searched
from ..words import GAP


def extracts(html: str) -> list[str]:
    """The texts of a page with this content as the search and the bundle of all text have them."""
    plain = Writer(lambda target: target, frozenset()).write(read_html(html))
    return [GAP.join(searched(html)["texts"]), plain]
