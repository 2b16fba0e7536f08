"""Slips that show in the lines of the Markdown and not in the tree, since Markdown drops or flattens what does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.markdown.source import MarkdownSource
from handbook.model.problems import Problem

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_DIVIDER = re.compile(r"\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?")
_DIVIDER_THERE = re.compile(r"(?m)^[|: -]*---[|: -]*$")
_INDENTED_THERE = re.compile(r"(?m)^ {1,3}(?:[-*+]|[0-9]+[.]) ")
_ITEM = re.compile(r"( *)(?:[-*+]|[0-9]+[.]) ")
_BOX = re.compile(r"!!! ?\w")


def rows_fit_their_tables(edition: RenderedEdition, page: Page) -> Iterator[Problem]:
    """Find rows with more or fewer cells than their table has columns; Markdown drops cells past the last column."""
    if not _DIVIDER_THERE.search(edition.markdown(page.path).markdown):
        return
    columns = 0
    before = ""
    for number, line in _typed(edition.markdown(page.path)):
        if _DIVIDER.fullmatch(line.strip()) and "|" in before:
            columns = len(_cells(before))
        elif "|" not in line:
            columns = 0
        elif columns and (count := len(_cells(line))) != columns:
            cells = f"{count} cell" if count == 1 else f"{count} cells"
            what = f"A row of {cells} in a table of {columns} columns"
            cure = "Write one cell for each column, with a stroke before each; a stroke in the words is \\|"
            yield Problem(page.shown, number, what, cure)
        before = line


def items_are_indented_enough(edition: RenderedEdition, page: Page) -> Iterator[Problem]:
    """Find list items indented by one to three spaces, which would not be nested below the item above."""
    if not _INDENTED_THERE.search(edition.markdown(page.path).markdown):
        return
    inside = False
    for number, line in _typed(edition.markdown(page.path)):
        item = _ITEM.match(line)
        if inside and item and 0 < len(item[1]) < 4:
            what = f"An item of a list that is indented by {len(item[1])} (found {line.strip()[:40]})"
            yield Problem(page.shown, number, what, "Indent it by four spaces, or not at all")
            inside = False
            continue
        inside = bool(line.strip()) and (inside or bool(item and not item[1]))


def boxes_have_words(edition: RenderedEdition, page: Page) -> Iterator[Problem]:
    """Find boxes without indented text, which would be shown empty with their text below."""
    if "!!!" not in edition.markdown(page.path).markdown:
        return
    lines = [*_typed(edition.markdown(page.path)), (0, "")]
    for (number, line), (_, following) in zip(lines, lines[1:], strict=False):
        if _BOX.match(line) and not following.startswith("    "):
            cure = "Indent its words by four spaces, on the lines below it"
            yield Problem(page.shown, number, f"A box without words (found {line[:40]})", cure)


def _typed(markdown: MarkdownSource) -> Iterator[tuple[int, str]]:
    """The lines of the Markdown, each with its line in the page's file; those of code blocks are given as empty."""
    fence = ""
    for number, line in enumerate(markdown.markdown.split("\n"), 1):
        opened = _FENCE.match(line)
        if fence:
            fence = "" if opened and opened[1].startswith(fence) else fence
            line = ""
        elif opened:
            fence, line = opened[1], ""
        yield markdown.source_line(number), line


def _cells(line: str) -> list[str]:
    """Split a row into cells as Markdown does: a stroke in code, in a tag or after a backslash separates none."""
    plain = re.sub(r"(`+).*?\1|\\.|<[^<>]*>", "", line.strip())
    return plain.removeprefix("|").removesuffix("|").split("|")
