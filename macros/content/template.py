"""A page's macro calls, read and evaluated from Jinja's syntax tree and never compiled.

A page is text, calls of the handbook's macros with literal arguments, and
`{% if internal %} … {% else %} … {% endif %}`. Nothing else is a page, so a page in a pull
request cannot run code, and what it depends on can be read off the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from .editions import Edition
from .problems import Problem, choose

CONDITION = "internal"
# A tag alone on its line leaves no line behind. Jinja's own trim_blocks would also join a line
# that ends in {% endraw %} to the next, so `evaluate` drops the line end itself.
_ENVIRONMENT = Environment(lstrip_blocks=True, keep_trailing_newline=True)
_TAGS = ("if", "else", "endif", "raw", "endraw")
_ONLY = "A page may only call macros with plain values, and use {% if internal %}"


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

    @property
    def at_line_start(self) -> bool:
        return not self.markdown or self.markdown.endswith("\n")

    def source_line(self, line: int) -> int:
        """The line of the file that line `line` (from 1) of the Markdown came from."""
        return self.lines[min(line, len(self.lines)) - 1] or 1


def parse_template(body: str, shown: str, first_line: int = 1) -> tuple[Template, list[Problem]]:
    """The template in `body`, which starts on line `first_line` of the file `shown`."""
    try:
        tree = _ENVIRONMENT.parse(body)
    except TemplateSyntaxError as error:
        return Template(()), [_syntax_problem(error, body, shown, first_line)]
    except RecursionError:
        return Template(()), [Problem(shown, first_line, "A macro call nested too deep to read", _ONLY)]
    reader = _Reader(shown, first_line - 1)
    parts = tuple(reader.parts(tree.body))
    return Template(parts), reader.problems


def evaluate(
    template: Template, edition: Edition, macros: Mapping[str, Callable[..., str]], into: Evaluated
) -> list[tuple[Call, Exception]]:
    """Adds to `into` what `edition` shows of the template, and gives the calls that failed.

    `macros` are called with the arguments in the page. A result of several lines is indented
    like the line the call stands on, so that it stays inside its list item.
    """
    failed: list[tuple[Call, Exception]] = []
    for piece in template.pieces(edition):
        if isinstance(piece, Text):
            alone = piece.after_tag and into.at_line_start and piece.text.startswith("\n")
            into.add(piece.text[alone:], piece.line + alone)
            continue
        try:
            made = macros[piece.name](*piece.args, **dict(piece.kwargs))
        except (LookupError, ValueError, TypeError) as error:
            failed.append((piece, error))
            made = ""
        margin = into.markdown.rpartition("\n")[2]
        if margin and not margin.strip():
            made = made.replace("\n", f"\n{margin}")
        into.add(made, piece.line, made=True)
    return failed


class _Reader:
    """Turns Jinja's tree into our own, noting everything that a page may not hold."""

    def __init__(self, shown: str, offset: int):
        self.shown = shown
        self.offset = offset
        self.problems: list[Problem] = []

    def parts(self, body: list[nodes.Node]) -> Iterator[Text | Call | Choice]:
        for node in body:
            if isinstance(node, nodes.Output):
                yield from self._output(node)
            elif isinstance(node, nodes.If):
                yield from self._condition(node)
            else:
                self._refuse(node, f"A {{% {_tag(node)} %}} block")

    def _output(self, node: nodes.Output) -> Iterator[Text | Call]:
        after_tag = True
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                yield Text(child.data, child.lineno + self.offset, after_tag)
                after_tag = True
                continue
            after_tag = False
            if isinstance(child, nodes.Call):
                yield from self._call(child)
            elif isinstance(child, nodes.Name):
                self._fault(child, f"A name without brackets (found {{{{ {child.name} }}}})", f'Call it, as in {{{{ {child.name}("…") }}}}')
            else:
                self._refuse(child, "An expression")

    def _call(self, node: nodes.Call) -> Iterator[Call]:
        if not isinstance(node.node, nodes.Name):
            self._refuse(node, "A call of something that is not a macro")
            return
        name = node.node.name
        if node.dyn_args or node.dyn_kwargs:
            self._refuse(node, f"Arguments with a star in {name}()")
            return
        values = [*node.args, *(pair.value for pair in node.kwargs)]
        if not all(isinstance(value, nodes.Const) for value in values):
            self._refuse(node, f"An argument of {name}() that is not a plain value")
            return
        args = tuple(value.value for value in node.args)  # type: ignore[attr-defined]
        kwargs = tuple((pair.key, pair.value.value) for pair in node.kwargs)  # type: ignore[attr-defined]
        if len({key for key, _ in kwargs}) < len(kwargs):
            self._refuse(node, f"An argument named twice in {name}()")
            return
        yield Call(name, args, kwargs, node.lineno + self.offset)

    def _condition(self, node: nodes.If) -> Iterator[Choice]:
        if not (isinstance(node.test, nodes.Name) and node.test.name == CONDITION):
            found = node.test.name if isinstance(node.test, nodes.Name) else "an expression"
            self._fault(node, f"A condition that is not a choice of edition (found {found})", "Write {% if internal %}; the other edition goes after {% else %}")
            return
        if node.elif_:
            self._refuse(node.elif_[0], "An {% elif %}")
        for inner in (*node.body, *node.else_):
            if isinstance(inner, nodes.If):
                self._refuse(inner, "A condition inside a condition")
                return
        then = tuple(part for part in self.parts(node.body) if not isinstance(part, Choice))
        otherwise = tuple(part for part in self.parts(node.else_) if not isinstance(part, Choice))
        yield Choice(then, otherwise, node.lineno + self.offset)

    def _refuse(self, node: nodes.Node, what: str) -> None:
        self._fault(node, f"{what} in a page", _ONLY)

    def _fault(self, node: nodes.Node, what: str, cure: str) -> None:
        self.problems.append(Problem(self.shown, node.lineno + self.offset, what, cure))


def _tag(node: nodes.Node) -> str:
    names = {"assign": "set", "assignblock": "set", "callblock": "call", "filterblock": "filter", "fromimport": "from", "exprstmt": "do"}
    name = type(node).__name__.lower()
    return names.get(name, name)


def _syntax_problem(error: TemplateSyntaxError, body: str, shown: str, first_line: int) -> Problem:
    line = error.lineno + first_line - 1
    said = str(error.message or "").rstrip(".")
    here = body.split("\n")[error.lineno - 1] if error.lineno <= body.count("\n") + 1 else ""
    if "{#" in here:
        return Problem(shown, line, "{# starts a comment that is not closed", "For a heading's id write {: #id } after the heading; close a comment with #}")
    if "unknown tag" in said:
        tag = said.rpartition("unknown tag ")[2].split("'")[1]
        if tag in _TAGS:
            return Problem(shown, line, f"{{% {tag} %}} with nothing for it to end", "Delete it, or write {% if internal %} or {% raw %} before it")
        return Problem(shown, line, f"A {{% {tag} %}} block in a page", choose(tag, _TAGS, _ONLY[0].lower() + _ONLY[1:]))
    if "Unexpected end of template" in said or "end of print statement" in said and "}}" not in here:
        return Problem(shown, line, "A macro call or a block is not closed", "Close a call with }} and {% if internal %} with {% endif %}")
    return Problem(shown, line, f"A macro call that cannot be read ({said})", 'Write it like {{ figure("gcp2-trained") }}, or put the text between {% raw %} and {% endraw %}')


def _literal(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
