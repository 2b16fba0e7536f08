"""Explain YAML syntax errors in plain words: what was most likely typed, and on which line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from handbook.model.problems import Problem

CURE = "Compare the line and the one above it with a neighbour that works"

_OPEN_QUOTE = ("A quote that is not closed", "Put the closing quote at the end of the value")
# How the parser's messages begin that mean nothing to an editor.
_ABOUT_LAYOUT = ("did not find expected", "could not find expected", "expected <block end>", "found character")
# What a line looks like that the parser gives up on, or on the line after it.
_TYPED = (
    (
        re.compile(r"\s*-[A-Za-z_]+:"),
        "A hyphen without a space after it",
        "Put a space between the hyphen and what follows",
    ),
    (
        re.compile(r"""(?:\s*-)?\s*(?:[\w-]+:\s+)?("[^"]*"|'[^']*')\s*[^\s#,\]}].*\Z"""),
        "Words after the closing quote",
        'Put the whole value in quotes, and write a quote inside double quotes as \\"',
    ),
    (
        re.compile(r"(?:\s*-)?\s*[\w-]+:\s+[%@`].*\Z"),
        "A value that starts with a sign that YAML keeps for itself",
        'Put the value in double quotes, as in unit: "%"',
    ),
    (
        re.compile(r"\s*(?:- )?[A-Za-z_]+(?::\S.*| +\S.*)?\Z"),
        "A line without a colon and a space after its key",
        "Write the key, a colon, a space and the value, as in unit: people",
    ),
)


def yaml_problem(display_path: str, first_line: int, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Explain an error of the YAML parser in `text`, whose first line is line `first_line` of its file."""
    lines = text.split("\n")
    in_quotes = "quoted scalar" in (error.context or "")
    mark = (in_quotes and error.context_mark) or error.problem_mark or error.context_mark
    index = mark.line if mark else 0
    guesses = _diagnoses(lines, index, in_quotes)
    index, what, cure = next(guesses, (index, *_as_the_parser_says(error.problem or "unknown fault")))
    return Problem(display_path, index + first_line, what, cure)


def _diagnoses(lines: list[str], index: int, in_quotes: bool) -> Iterator[tuple[int, str, str]]:
    """What was most likely typed: the index of the line, what is wrong and the cure. The best guess comes first.

    `index` is the line where the parser gave up; `in_quotes` is true where it was inside a quoted value.
    """
    for number, line in enumerate(lines):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            cure = "Keep one of the two versions and delete the three marker lines"
            yield number, "A merge marker is left in the file", cure
    if "\t" in _line(lines, index):
        yield index, "A tab in the indentation", "Use spaces, two for each step"
    if in_quotes:
        yield index, *_OPEN_QUOTE
    for number, line in enumerate(lines[: index + 1]):
        if line.partition(" #")[0].count('"') % 2:
            yield number, *_OPEN_QUOTE
    for number in (index, index - 1):
        line = _line(lines, number)
        for pattern, what, cure in _TYPED:
            if pattern.match(line):
                yield number, f"{what} (found {line.strip()[:60]})", cure


def _line(lines: list[str], index: int) -> str:
    return lines[index] if 0 <= index < len(lines) else ""


def _as_the_parser_says(message: str) -> tuple[str, str]:
    """What is wrong and the cure, where nothing on the line tells what was meant."""
    if "mapping values are not allowed" in message:
        what = "A colon where none can stand: inside a value without quotes, or on a line indented too far"
        return what, 'Put the value in double quotes, as in key: "one: two", or indent the line like its neighbours'
    if message.startswith(_ABOUT_LAYOUT):
        message = "its indentation, or a character in it, does not fit"
    return f"The line cannot be read ({message})", CURE
