"""Headings: one title, no level skipped, no heading and no anchor twice."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.problems import Problem


def headings_make_an_outline(edition: RenderedEdition, page: Page) -> Iterator[Problem]:
    """Check the headings of a page, by which readers of a screen reader move."""
    tree = edition.tree(page.path)
    level = 1
    texts: dict[tuple[int, str], int] = {}
    for heading in tree.headings[1:]:
        if heading.level == 1:
            yield Problem(
                page.shown,
                heading.line,
                f"A second main heading (found # {heading.text})",
                "The title comes from the front matter; start the page's own headings with ##",
            )
        elif heading.level > level + 1:
            yield Problem(
                page.shown,
                heading.line,
                f"A heading that skips a level (found {'#' * heading.level} {heading.text})",
                f"Use {'#' * (level + 1)}",
            )
        if not heading.text:
            yield Problem(page.shown, heading.line, "A heading without words", "Write the heading, or delete the line")
        key = (heading.level, heading.text)
        # Two headings from one macro call are reported at their records.
        if key in texts and texts[key] != heading.line:
            yield Problem(
                page.shown,
                heading.line,
                f"The same heading twice (found {heading.text}, first on line {texts[key]})",
                "Say what sets the second apart",
            )
        texts.setdefault(key, heading.line)
        level = heading.level
    yield from _ids(edition, page.path)


def _ids(edition: RenderedEdition, path: str) -> Iterator[Problem]:
    tree = edition.tree(path)
    first: dict[str, int] = {}
    for name, line in [*((heading.typed_id, heading.line) for heading in tree.headings if heading.typed_id), *tree.ids]:
        if name in first:
            yield Problem(
                edition.pages[path].shown,
                line,
                f"Two things with one anchor (found #{name}, first on line {first[name]})",
                "Give one of them another id",
            )
        first.setdefault(name, line)
