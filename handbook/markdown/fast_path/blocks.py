"""Python-Markdown's ways to tell what a block is, made quick.

Python-Markdown asks a dozen processors of every block whether it is theirs. Here one whose mark begins no line
of the block is not asked. Nor is a page without a fence searched for fenced code.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor, HashHeaderProcessor, HRProcessor, SetextHeaderProcessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.tables import TableProcessor

Test = Callable[[Any, str], bool]
Run = Callable[[list[str]], list[str]]
# With what a line begins that is a processor's own.
_MARKS = {
    BlockQuoteProcessor: frozenset(">"),
    HashHeaderProcessor: frozenset("#"),
    SetextHeaderProcessor: frozenset("=-"),
    HRProcessor: frozenset("-_*"),
    DefListProcessor: frozenset(":"),
}


def quicken(markdown: Markdown) -> None:
    """Makes `markdown`, once all its extensions are in, tell the quick way what a block is."""
    for processor in markdown.parser.blockprocessors:
        if marks := _MARKS.get(type(processor)):
            processor.test = _where_a_line_begins_with(marks, processor.test)
        elif type(processor) is AdmonitionProcessor:
            processor.test = _of_a_box(processor)
        elif type(processor) is TableProcessor:
            processor.test = _where_there_are_columns(processor.test)
    for preprocessor in markdown.preprocessors:
        if type(preprocessor) is FencedBlockPreprocessor:
            preprocessor.run = _where_there_is_a_fence(preprocessor.run)


# Several processors ask of the same block one after the other.
@lru_cache(maxsize=4)
def _beginnings(block: str) -> frozenset[str]:
    """The characters that begin the lines of a block, spaces left aside."""
    return frozenset(line.lstrip(" ")[:1] for line in block.split("\n"))


def _where_a_line_begins_with(marks: frozenset[str], test: Test) -> Test:
    return lambda parent, block: not marks.isdisjoint(_beginnings(block)) and test(parent, block)


def _of_a_box(processor: Any) -> Test:
    """What a box is told by: its first line, or that it goes on."""

    def test(parent: Any, block: str) -> bool:
        begins = "!" in _beginnings(block) and processor.RE.search(block)
        return bool(begins) or processor.parse_content(parent, block)[0] is not None

    return test


def _where_there_are_columns(test: Test) -> Test:
    return lambda parent, block: "|" in block and "\n" in block and test(parent, block)


def _where_there_is_a_fence(run: Run) -> Run:
    return lambda lines: run(lines) if any(line.startswith(("```", "~~~")) for line in lines) else lines
