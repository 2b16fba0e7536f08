"""Rendering the templates of macros. Every value is escaped for Markdown and HTML."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from handbook.macros import wording
from handbook.macros.tags import BETWEEN, escape
from handbook.model.periods import day_in_words

FOLDER = Path(__file__).parent / "templates"


def render_template(template: str, **values: Any) -> str:
    """Render a template by its name, and return the text without blank lines at its ends."""
    return _environment().get_template(f"{template}.md.j2").render(**values).strip("\n")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day_in_words
    environment.globals["wording"] = wording
    environment.globals["between"] = BETWEEN
    return environment


def _finalize(value: Any) -> Any:
    if value is None:
        raise ValueError("a template shows a value that is not there")
    return value if isinstance(value, Markup) else escape(str(value))
