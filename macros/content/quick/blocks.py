"""Python-Markdown's ways to tell what a block is, made quick.

Python-Markdown asks a dozen processors of every block whether it is theirs. Here one whose pattern needs a
character that is nowhere in the block is not asked. Nor is a page without a fence searched for fenced code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor, HashHeaderProcessor, HRProcessor, SetextHeaderProcessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor

from .signs import needed_by

Test = Callable[[Any, str], bool]
Run = Callable[[list[str]], list[str]]
# The processors that are asked of a block only by a search for one pattern, each with the pattern's name.
_PATTERNS = {
    BlockQuoteProcessor: "RE",
    HashHeaderProcessor: "RE",
    SetextHeaderProcessor: "RE",
    HRProcessor: "SEARCH_RE",
    DefListProcessor: "RE",
}


def quicken(markdown: Markdown) -> None:
    """Makes `markdown`, once all its extensions are in, tell the quick way what a block is."""
    for processor in markdown.parser.blockprocessors:
        if name := _PATTERNS.get(type(processor)):
            processor.test = _quick(processor.test, sorted(needed_by(getattr(processor, name))))
    for preprocessor in markdown.preprocessors:
        if type(preprocessor) is FencedBlockPreprocessor:
            preprocessor.run = _where_there_is_a_fence(preprocessor.run)


def _quick(test: Test, signs: list[str]) -> Test:
    def quick(parent: Any, block: str) -> bool:
        for sign in signs:
            if sign in block:
                return test(parent, block)
        return False

    return quick


def _where_there_is_a_fence(run: Run) -> Run:
    def quick(lines: list[str]) -> list[str]:
        return run(lines) if any(line.startswith(("```", "~~~")) for line in lines) else lines

    return quick
