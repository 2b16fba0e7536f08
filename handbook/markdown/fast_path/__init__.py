"""Python-Markdown and Jinja's reading of calls made quick. What comes of a page is the same: tests hold the two together."""

from __future__ import annotations

from markdown import Markdown

from handbook.markdown.fast_path import blocks, inline, raw_html


def quicken(markdown: Markdown) -> None:
    """Makes `markdown`, once all its extensions are in, read pages the quick way."""
    raw_html.quicken(markdown)
    blocks.quicken(markdown)
    inline.quicken(markdown)
