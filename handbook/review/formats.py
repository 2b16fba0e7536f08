"""Changes as text for a terminal, as Markdown for a pull request, and as one page of HTML."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from handbook.review.change import Changes
from handbook.review.text_diff import marked

_FOLDER = Path(__file__).parent / "templates"
# GitHub takes 65,536 characters of a comment, and the joiners below count as well.
_MOST = 60_000
_MORE = "\n**There is more than fits in a comment.** Run `handbook diff` to see all of it.\n"

# Whatever Markdown could take for markup. As an entity it is only ever that character.
_MARKUP = {ord(character): f"&#{ord(character)};" for character in "\\`*_{}[]<>|~^$&!"}
# What GitHub looks for after Markdown is read: people, issues, emoji, addresses. A word joiner,
# which nobody sees, keeps each from being found.
_JOINER = "\u2060"
_FOUND_LATER = re.compile(r"(?<=[@#:])(?=\S)|(?i:(?<=www)(?=\.)|(?<=\bgh)(?=-\d))")
# What would start a list or a heading at the start of a line.
_START = re.compile(r"^(?:[-+=]|\d+[.)])")


def as_text(changes: Changes) -> str:
    """The changes for a terminal."""
    return _fill(_environment("text"), "changes.txt.j2", changes)


def as_markdown(changes: Changes) -> str:
    """The changes as a comment, in which nothing that a page or a record says can act as markup, or call anyone."""
    text = _fill(_environment("markdown"), "changes.md.j2", changes)
    if len(text) <= _MOST:
        return text
    return text[: text.rindex("\n", 0, _MOST - len(_MORE)) + 1] + _MORE


def as_html(changes: Changes) -> str:
    """The changes as one page that asks for nothing else, with each passage before and after."""
    style = "\n" + (_FOLDER / "changes.css").read_text("utf-8")
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _fill(_environment("html"), "changes.html.j2", changes, style=Markup(style), style_hash=hashed)


def inert(text: str) -> str:
    """Text as Markdown that shows exactly that text, in one line, and links to nothing."""
    line = _FOUND_LATER.sub(_JOINER, " ".join(text.split())).translate(_MARKUP)
    return _START.sub(lambda start: f"{start[0][:-1]}&#{ord(start[0][-1])};", line)


def _fill(environment: Environment, name: str, changes: Changes, **more: Any) -> str:
    return environment.get_template(name).render(changes=changes, **more).strip("\n") + "\n"


@cache
def _environment(form: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        autoescape=form == "html",
        finalize=_inert if form == "markdown" else None,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["marked"] = marked
    return environment


def _inert(value: Any) -> str:
    return value if isinstance(value, Markup) else inert(str(value))
