"""A page's body as texts, macro calls and choices of edition, and what each edition makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .editions import Edition
from .staff import marks


@dataclass(frozen=True)
class Call:
    """One call of a macro in a page: its name, its arguments as typed, and its line in the file."""

    name: str
    args: tuple[Any, ...]
    kwargs: tuple[tuple[str, Any], ...]
    line: int

    def __str__(self) -> str:
        typed = [_literal(value) for value in self.args]
        typed += [f"{key}={_literal(value)}" for key, value in self.kwargs]
        return f"{self.name}({', '.join(typed)})"


@dataclass(frozen=True)
class Text:
    """A run of the page's own text, and the line it starts on.

    `after_tag` is true where it follows a block tag or a comment.
    """

    text: str
    line: int
    after_tag: bool = False


@dataclass(frozen=True)
class Choice:
    """`{% if internal %}`: what the internal edition shows, and what the others do."""

    then: tuple[Text | Call, ...]
    otherwise: tuple[Text | Call, ...]
    line: int


@dataclass(frozen=True)
class Template:
    """A page's body as a list of texts, calls and choices."""

    parts: tuple[Text | Call | Choice, ...]

    def pieces(self, edition: Edition | None = None) -> Iterator[Text | Call]:
        """The texts and calls that `edition` has; without one, those of every edition."""
        for part in self.parts:
            if not isinstance(part, Choice):
                yield part
                continue
            if edition in (None, Edition.INTERNAL):
                yield from part.then
            if edition is not Edition.INTERNAL:
                yield from part.otherwise

    def calls(self, edition: Edition | None = None) -> list[Call]:
        return [piece for piece in self.pieces(edition) if isinstance(piece, Call)]


@dataclass
class Evaluated:
    """A page's Markdown, and for each of its lines the line of the file it came from."""

    markdown: str = ""
    lines: list[int] = field(default_factory=lambda: [0])
    made: list[bool] = field(default_factory=lambda: [False])

    def add(self, text: str, line: int, made: bool = False) -> None:
        """Adds text: the page's own, counted on from `line`, or what a call on `line` made."""
        if not text:
            return
        if self.at_line_start:
            self.lines[-1] = line
        self.made[-1] = self.made[-1] or made
        for number in range(1, text.count("\n") + 1):
            self.lines.append(line if made else line + number)
            self.made.append(made)
        self.markdown += text

    def put(self, at: int, text: str) -> None:
        """Puts text where the Markdown is `at` characters long; its lines are those of the place."""
        line = self.markdown.count("\n", 0, at)
        self.lines[line:line] = [self.lines[line]] * text.count("\n")
        self.made[line:line] = [self.made[line]] * text.count("\n")
        self.markdown = f"{self.markdown[:at]}{text}{self.markdown[at:]}"

    @property
    def at_line_start(self) -> bool:
        return not self.markdown or self.markdown.endswith("\n")

    def source_line(self, line: int) -> int:
        """The line of the file that line `line` (from 1) of the Markdown came from."""
        return self.lines[min(line, len(self.lines)) - 1] or 1


def evaluate(
    template: Template,
    edition: Edition,
    macros: Mapping[str, Callable[..., str]],
    into: Evaluated,
    mark_staff: bool = False,
) -> list[tuple[Call, Exception]]:
    """Adds to `into` what `edition` shows of the template, and gives the calls that failed.

    `macros` are called with the arguments in the page. A result of several lines is indented
    like the line the call stands on, so that it stays inside its list item. With `mark_staff`,
    what only the internal edition has is marked; it is for pages that partners read too.
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
    call: Call, macros: Mapping[str, Callable[..., str]], into: Evaluated, failed: list[tuple[Call, Exception]]
) -> None:
    try:
        made = macros[call.name](*call.args, **dict(call.kwargs))
    except (LookupError, ValueError, TypeError) as error:
        failed.append((call, error))
        made = ""
    margin = into.markdown.rpartition("\n")[2]
    if margin and not margin.strip():
        made = made.replace("\n", f"\n{margin}")
    into.add(made, call.line, made=True)


def _literal(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
