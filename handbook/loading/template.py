"""The parsed body of a page, made of texts, macro calls and choices of edition, and its evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handbook.markdown.extensions.staff import marks
from handbook.markdown.source import MarkdownSource
from handbook.model.editions import Edition


@dataclass(frozen=True)
class Call:
    """A macro call in a page: its name, its literal arguments, and its line in the file."""

    name: str
    args: tuple[Any, ...]
    kwargs: tuple[tuple[str, Any], ...]
    line: int

    def __str__(self) -> str:
        """The call as one would type it."""
        typed = [_literal(value) for value in self.args]
        typed += [f"{key}={_literal(value)}" for key, value in self.kwargs]
        return f"{self.name}({', '.join(typed)})"


@dataclass(frozen=True)
class Text:
    """A run of the page's own text, and the line it starts on. `after_tag` is true after a block tag or a comment."""

    text: str
    line: int
    after_tag: bool = False


@dataclass(frozen=True)
class Choice:
    """`{% if internal %}`: what the internal edition shows, and what any other does."""

    then: tuple[Text | Call, ...]
    otherwise: tuple[Text | Call, ...]
    line: int


@dataclass(frozen=True)
class Template:
    """The parsed body of a page."""

    parts: tuple[Text | Call | Choice, ...]

    def pieces(self, edition: Edition | None = None) -> Iterator[Text | Call]:
        """The texts and calls in `edition`, or without one those in any edition."""
        for part in self.parts:
            if not isinstance(part, Choice):
                yield part
                continue
            if edition in (None, Edition.INTERNAL):
                yield from part.then
            if edition is not Edition.INTERNAL:
                yield from part.otherwise

    def calls(self, edition: Edition | None = None) -> list[Call]:
        """The macro calls in `edition`, or without one those in any edition."""
        return [piece for piece in self.pieces(edition) if isinstance(piece, Call)]


def evaluate(
    template: Template,
    edition: Edition,
    macros: Mapping[str, Callable[..., str]],
    into: MarkdownSource,
    mark_staff: bool = False,
) -> list[tuple[Call, Exception]]:
    """Append to `into` what `edition` shows of the template, and return the calls that failed with their exceptions.

    `macros` are called with the arguments in the page. A result of several lines is indented like the line of its
    call, so that it stays inside its list item. With `mark_staff`, for pages that partners read too, what only the
    internal edition has is marked.
    """
    failed: list[tuple[Call, Exception]] = []
    for part in template.parts:
        start = len(into.markdown)
        for piece in Template((part,)).pieces(edition):
            if isinstance(piece, Text):
                alone = piece.after_tag and into.at_line_start and piece.text.startswith("\n")
                into.add(piece.text[alone:], piece.line + alone)
            else:
                _add_call(piece, macros, into, failed)
        if mark_staff and edition is Edition.INTERNAL and isinstance(part, Choice):
            for at, mark in marks(into.markdown[:start], into.markdown[start:]):
                into.put(start + at, mark)
    return failed


def _add_call(
    call: Call, macros: Mapping[str, Callable[..., str]], into: MarkdownSource, failed: list[tuple[Call, Exception]]
) -> None:
    try:
        result = macros[call.name](*call.args, **dict(call.kwargs))
    except (LookupError, ValueError, TypeError) as error:
        failed.append((call, error))
        result = ""
    margin = into.markdown.rpartition("\n")[2]
    if margin and not margin.strip():
        result = result.replace("\n", f"\n{margin}")
    into.add(result, call.line, made=True)


def _literal(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
