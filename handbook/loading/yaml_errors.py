"""Why YAML cannot be read, in plain words: what was most likely typed, at the line where it stands."""

from __future__ import annotations

import re

import yaml

from handbook.model.problems import Problem

CURE = "Compare the line and the one above it with a neighbour that works"

# What a line looks like that YAML stumbles over, or over the line after it.
_TYPED = (
    (
        re.compile(r"\s*-[A-Za-z_]+:"),
        "A hyphen without a space after it",
        "Put a space between the hyphen and what follows",
    ),
    (
        re.compile(r"""(?:\s*-)?\s*(?:[\w-]+:\s+)?("[^"]*"|'[^']*')\s*[^\s#,\]}].*"""),
        "Words after the closing quote",
        'Put the whole value in quotes, and write a quote inside double quotes as \\"',
    ),
    (
        re.compile(r"(?:\s*-)?\s*[\w-]+:\s+[%@`].*"),
        "A value that starts with a sign that YAML keeps for itself",
        'Put the value in double quotes, as in unit: "%"',
    ),
    (
        re.compile(r"\s*(?:- )?[A-Za-z_]+(?::\S.*| +\S.*)?"),
        "A line without a colon and a space after its key",
        "Write the key, a colon, a space and the value, as in unit: people",
    ),
)


def syntax_problem(shown: str, first_line: int, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """What is wrong in `text`, whose first line is `first_line` of the file `shown`, when the parser gave up."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            cure = "Keep one of the two versions and delete the three marker lines"
            return Problem(shown, number + first_line, "A merge marker is left in the file", cure)
    said = error.problem or "unknown fault"
    in_quotes = "quoted scalar" in (error.context or "")
    mark = (in_quotes and error.context_mark) or error.problem_mark or error.context_mark
    at = mark.line if mark else 0
    here = lines[at] if at < len(lines) else ""
    if "\t" in here:
        return Problem(shown, at + first_line, "A tab in the indentation", "Use spaces, two for each step")
    if in_quotes:
        cure = "Put the closing quote at the end of the value"
        return Problem(shown, at + first_line, "A quote that is not closed", cure)
    for number, line in enumerate(lines[: at + 1]):
        if line.partition(" #")[0].count('"') % 2:
            cure = "Put the closing quote at the end of the value"
            return Problem(shown, number + first_line, "A quote that is not closed", cure)
    for number in (at, at - 1):
        line = lines[number] if 0 <= number < len(lines) else ""
        for pattern, what, cure in _TYPED:
            if pattern.fullmatch(line) or pattern is _TYPED[0][0] and pattern.match(line):
                return Problem(shown, number + first_line, f"{what} (found {line.strip()[:60]})", cure)
    if "mapping values are not allowed" in said:
        what = "A colon where none can stand: inside a value without quotes, or on a line indented too far"
        cure = 'Put the value in double quotes, as in key: "one: two", or indent the line like its neighbours'
        return Problem(shown, at + first_line, what, cure)
    if said.startswith(("did not find expected", "could not find expected", "expected <block end>", "found character")):
        said = "its indentation, or a character in it, does not fit"
    return Problem(shown, at + first_line, f"The line cannot be read ({said})", CURE)
