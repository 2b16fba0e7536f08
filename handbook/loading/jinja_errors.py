"""Why a page's macro calls cannot be read, in plain words: what was most likely typed, at the line where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError

from handbook.model.problems import Problem, choose

TAGS = ("if", "else", "endif", "raw", "endraw")
ONLY = "A page may only call macros with plain values, and use {% if internal %}"
_AS_IN = 'Write it like {{ figure("gcp2-trained") }}'
_STRAIGHT = 'Type straight quotes, as in {{ figure("gcp2-trained") }}'
_CALL = re.compile(r"\{\{(?:(?!\}\}|\{\{)[\s\S])*(?:\}\}|\}(?!\}))?")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}")

# What a call looks like that Jinja cannot read.
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
        'Write an equals sign, as in {{ figure("gcp2-trained", show="value") }}',
    ),
    (
        re.compile(r"\{\{\s*[a-z]+ [a-z]+.*"),
        "A space in the name of a macro",
        "Write it with an underscore, as in as_reported()",
    ),
)


def syntax_problem(error: TemplateSyntaxError, body: str, shown: str, first_line: int) -> Problem:
    """What is wrong in `body`, whose first line is `first_line` of the file `shown`, when Jinja gave up."""
    number, what, cure = _said(error, body)
    return Problem(shown, number + first_line - 1, what, cure)


def _said(error: TemplateSyntaxError, body: str) -> tuple[int, str, str]:
    said = str(error.message or "").rstrip(".")
    lines = body.split("\n")
    here = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
    if "{#" in here:
        cure = "For a heading's id write {: #id } after the heading; close a comment with #}"
        return error.lineno, "{# starts a comment that is not closed", cure
    if "end of raw" in said:
        return error.lineno, "{% raw %} is not closed", "Put {% endraw %} after the last line it is for"
    if "unknown tag" in said:
        return error.lineno, *_unknown_tag(said.rpartition("unknown tag ")[2].split("'")[1])
    if curly := re.search("[\u2018\u2019\u201c\u201d]", said):
        return error.lineno, f"A curly quote in a macro call (found {curly[0]})", _STRAIGHT
    if half := re.search(r"\{%[^%{}]*\}", here):
        what = f"A percent sign is missing (found {half[0]})"
        return error.lineno, what, "Write one on each side, as in {% if internal %}"
    if "{{{" in here:
        return error.lineno, "Three braces (found {{{)", "Write two on each side, as in {{ … }}"
    return next(_likely(error.lineno, body, said), (error.lineno, *_unreadable(here.strip())))


def _unknown_tag(tag: str) -> tuple[str, str]:
    if tag in TAGS:
        what = f"{{% {tag} %}} with nothing for it to end"
        return what, "Delete it, or write {% if internal %} or {% raw %} before it"
    return f"A {{% {tag} %}} block in a page", choose(tag.lower(), TAGS, ONLY[0].lower() + ONLY[1:])


def _likely(line: int, body: str, said: str) -> Iterator[tuple[int, str, str]]:
    """The first call that looks wrong up to the line where Jinja gave up, and then what is left open."""
    own = _RAW.sub(lambda raw: re.sub(r"[^\n]", " ", raw[0]), body)
    for match in _CALL.finditer(own):
        number = own.count("\n", 0, match.start()) + 1
        if number > line:
            break
        call = match[0].split("\n")[0].rstrip()
        for pattern, what, cure in _TYPED:
            if pattern.fullmatch(call):
                yield number, f"{what} (found {call[:60]})", cure
    if "end of print statement" in said or "end of template" in said:
        for match in re.finditer(r"\{\{", own):
            close, again = own.find("}}", match.end()), own.find("{{", match.end())
            if close < 0 or 0 <= again < close:
                yield own.count("\n", 0, match.start()) + 1, "{{ is not closed", "Close it with }}"
    if "'if'" in said:
        opened: list[int] = []
        for match in re.finditer(r"\{%-?\s*(if|endif)\b", own):
            if match[1] == "if":
                opened.append(match.start())
            elif opened:
                opened.pop()
        if opened:
            line = own.count("\n", 0, opened[-1]) + 1
            yield line, "{% if %} is not closed", "Put {% endif %} after the last line it is for"


def _unreadable(here: str) -> tuple[str, str]:
    call = _CALL.search(here)
    found = (call[0] if call else here)[:60]
    cure = f"{_AS_IN}, or put the text between {{% raw %}} and {{% endraw %}}"
    return f"A macro call that cannot be read (found {found})", cure
