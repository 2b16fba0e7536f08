"""Explain Jinja syntax errors in plain words: what was most likely typed, and on which line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError

from handbook.model.problems import Problem, choose

TAGS = ("if", "else", "endif", "raw", "endraw")
ONLY = "A page may only call macros with plain values, and use {% if internal %}"
_AS_IN = 'Write it like {{ figure("staff-trained") }}'
_STRAIGHT = 'Type straight quotes, as in {{ figure("staff-trained") }}'
_CALL = re.compile(r"\{\{(?:(?!\}\}|\{\{)[\s\S])*(?:\}\}|\}(?!\}))?")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}")

# What a macro call looks like that Jinja cannot parse.
_TYPED = (
    (re.compile(r"\{\{\s*\}\}"), "Nothing between the braces", _AS_IN),
    (
        re.compile(r"\{\{\s*(?:if|else|endif)\b.*"),
        "A condition in double braces",
        "Write it with percent signs, as in {% if internal %}",
    ),
    (re.compile(r"\{\{[^\"]*\"[^\"]*(?:'[^\"]*)?(?:\}\}?)?"), "A quote that is not closed", _AS_IN),
    (re.compile(r"\{\{[^{}]*\}(?!\}).*"), "A macro call that ends in one brace", "Close it with }}"),
    (re.compile(r"\{\{\s*\w+\s+[\"'].*"), "A macro call without its brackets", _AS_IN),
    (re.compile(r"\{\{[^()]*\([^()]*\}\}"), "A bracket that is not closed", _AS_IN),
    (
        re.compile(r"\{\{.*\b[a-z_]+\s*:.*"),
        "An argument with a colon",
        'Write an equals sign, as in {{ figure("staff-trained", show="value") }}',
    ),
    (
        re.compile(r"\{\{\s*[a-z]+ [a-z]+.*"),
        "A space in the name of a macro",
        "Write it with an underscore, as in as_reported()",
    ),
)


def jinja_problem(error: TemplateSyntaxError, body: str, display_path: str, first_line: int) -> Problem:
    """Explain a syntax error in `body`, whose first line is line `first_line` of its file."""
    number, what, cure = next(_diagnoses(error, body))
    return Problem(display_path, number + first_line - 1, what, cure)


def _diagnoses(error: TemplateSyntaxError, body: str) -> Iterator[tuple[int, str, str]]:
    """What was most likely typed: the line, what is wrong and the cure. The best guess comes first."""
    message = str(error.message or "").rstrip(".")
    lines = body.split("\n")
    here = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
    for what, cure in _on_the_line(here, message):
        yield error.lineno, what, cure
    # Raw blocks are masked, since what they contain is not parsed.
    own = _RAW.sub(lambda raw: re.sub(r"[^\n]", " ", raw[0]), body)
    yield from _misspelt_calls(own, error.lineno)
    if "end of print statement" in message or "end of template" in message:
        yield from _open_calls(own)
    if "'if'" in message:
        yield from _open_conditions(own)
    yield error.lineno, *_unreadable(here.strip())


def _on_the_line(here: str, message: str) -> Iterator[tuple[str, str]]:
    """What the line where Jinja gave up, or its message, tells by itself."""
    if "{#" in here:
        cure = "For a heading's id write {: #id } after the heading; close a comment with #}"
        yield "{# starts a comment that is not closed", cure
    if "end of raw" in message:
        yield "{% raw %} is not closed", "Put {% endraw %} after the last line it is for"
    if "unknown tag" in message:
        yield _unknown_tag(message.rpartition("unknown tag ")[2].split("'")[1])
    if curly := re.search("[\u2018\u2019\u201c\u201d]", message):
        yield f"A curly quote in a macro call (found {curly[0]})", _STRAIGHT
    if half := re.search(r"\{%[^%{}]*\}", here):
        yield f"A percent sign is missing (found {half[0]})", "Write one on each side, as in {% if internal %}"
    if "{{{" in here:
        yield "Three braces (found {{{)", "Write two on each side, as in {{ … }}"


def _unknown_tag(tag: str) -> tuple[str, str]:
    if tag in TAGS:
        what = f"{{% {tag} %}} with nothing for it to end"
        return what, "Delete it, or write {% if internal %} or {% raw %} before it"
    return f"A {{% {tag} %}} block in a page", choose(tag.lower(), TAGS, ONLY[0].lower() + ONLY[1:])


def _misspelt_calls(own: str, last_line: int) -> Iterator[tuple[int, str, str]]:
    """The calls that look wrong up to the line where Jinja gave up."""
    for match in _CALL.finditer(own):
        number = _line_of(own, match.start())
        if number > last_line:
            break
        call = match[0].split("\n")[0].rstrip()
        for pattern, what, cure in _TYPED:
            if pattern.fullmatch(call):
                yield number, f"{what} (found {call[:60]})", cure


def _open_calls(own: str) -> Iterator[tuple[int, str, str]]:
    for match in re.finditer(r"\{\{", own):
        close, again = own.find("}}", match.end()), own.find("{{", match.end())
        if close < 0 or 0 <= again < close:
            yield _line_of(own, match.start()), "{{ is not closed", "Close it with }}"


def _open_conditions(own: str) -> Iterator[tuple[int, str, str]]:
    opened: list[int] = []
    for match in re.finditer(r"\{%-?\s*(if|endif)\b", own):
        if match[1] == "if":
            opened.append(match.start())
        elif opened:
            opened.pop()
    if opened:
        yield _line_of(own, opened[-1]), "{% if %} is not closed", "Put {% endif %} after the last line it is for"


def _line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _unreadable(here: str) -> tuple[str, str]:
    call = _CALL.search(here)
    found = (call[0] if call else here)[:60]
    cure = f"{_AS_IN}, or put the text between {{% raw %}} and {{% endraw %}}"
    return f"A macro call that cannot be read (found {found})", cure
