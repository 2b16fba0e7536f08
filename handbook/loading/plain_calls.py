"""The macro calls of a page, read without Jinja where there is nothing but plain ones.

Most pages are text and calls such as `{{ figure("staff-trained", show="value") }}`, each on one line. For all else
there is Jinja's own syntax tree.
"""

from __future__ import annotations

import re
from typing import Any

from handbook.loading.template import Call, Template, Text

_TAG = re.compile(r"\{[{%#]")
_NAME = r"[a-z_][a-z0-9_]*"
_VALUE = r"""(?:"[^"\\{}\n]*"|'[^'\\{}\n]*'|true|false|0|[1-9][0-9]*)"""
_ARGUMENTS = rf"(?:{_VALUE}(?: *, *{_VALUE})*)?(?:(?:(?<!\() *, *)?{_NAME} *= *{_VALUE}(?: *, *{_NAME} *= *{_VALUE})*)?"
_CALL = re.compile(rf"\{{\{{ *({_NAME})\( *({_ARGUMENTS}) *\) *\}}\}}")
_ARGUMENT = re.compile(rf"(?:({_NAME}) *= *)?({_VALUE})")
# Words that mean something to Jinja, where a macro's name would be.
_TAKEN = frozenset(["and", "else", "false", "if", "in", "is", "none", "not", "or", "true"])
_WORDS = {"true": True, "false": False}


def plain_calls(body: str, first_line: int) -> Template | None:
    """The template in `body`, whose first line is `first_line` of its file. None where Jinja is needed to tell."""
    if "\r" in body:
        return None
    parts: list[Text | Call] = []
    line, start, after_tag = first_line, 0, True
    while tag := _TAG.search(body, start):
        call = _CALL.match(body, tag.start())
        arguments = _arguments(call[2]) if call and call[1] not in _TAKEN else None
        if call is None or arguments is None:
            return None
        if text := body[start : call.start()]:
            parts.append(Text(text, line, after_tag))
            line += text.count("\n")
        parts.append(Call(call[1], *arguments, line))
        start, after_tag = call.end(), False
    if rest := body[start:]:
        parts.append(Text(rest, line, after_tag))
    return Template(tuple(parts))


def _arguments(typed: str) -> tuple[tuple[Any, ...], tuple[tuple[str, Any], ...]] | None:
    """The values of a call, and those with a name. None where two have the same."""
    found = [(name, _value(value)) for name, value in _ARGUMENT.findall(typed)]
    named = tuple((name, value) for name, value in found if name)
    if len(dict(named)) < len(named):
        return None
    return tuple(value for name, value in found if not name), named


def _value(typed: str) -> Any:
    if typed[0] in "\"'":
        return typed[1:-1]
    return _WORDS[typed] if typed in _WORDS else int(typed)
