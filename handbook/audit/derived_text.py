"""What files beside the pages take from a page: its words in a row, with drawings and the like left out."""

from __future__ import annotations

from handbook.html.elements import read_html
from handbook.html.plain_words import GAP
from handbook.html.to_markdown import MarkdownWriter
from handbook.outputs.search.sections import searched


def extracts(html: str) -> list[str]:
    """The texts of a page with this content as the search and the bundle of all text have them."""
    plain = MarkdownWriter(lambda target: target, frozenset()).write(read_html(html))
    return [GAP.join(searched(html)["texts"]), plain]
