"""A page's macro calls, read from Jinja's syntax tree and never compiled.

A page is text, calls of the handbook's macros with literal arguments, and
`{% if internal %} … {% else %} … {% endif %}`. Nothing else is a page, so a page in a pull
request cannot run code, and what it depends on can be read off the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from .problems import Problem, choose
from .template import Call, Choice, Template, Text

CONDITION = "internal"
# A tag alone on its line leaves no line behind. Jinja's own trim_blocks would also join a line
# that ends in {% endraw %} to the next, so `evaluate` drops the line end itself.
_ENVIRONMENT = Environment(lstrip_blocks=True, keep_trailing_newline=True)
_TAGS = ("if", "else", "endif", "raw", "endraw")
_ONLY = "A page may only call macros with plain values, and use {% if internal %}"


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


def _unclosed(body: str, said: str) -> tuple[str, int] | None:
    """What a syntax error comes from when something is left open: its start, and its line."""
    if "end of print statement" in said or "end of template" in said:
        for match in re.finditer(r"\{\{", body):
            close, again = body.find("}}", match.end()), body.find("{{", match.end())
            if close < 0 or 0 <= again < close:
                return "{{", body.count("\n", 0, match.start()) + 1
    if "'if'" in said:
        opened: list[int] = []
        for match in re.finditer(r"\{%-?\s*(if|endif)\b", body):
            if match[1] == "if":
                opened.append(match.start())
            elif opened:
                opened.pop()
        if opened:
            return "{% if %}", body.count("\n", 0, opened[-1]) + 1
    return None


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
                self._fault(
                    child,
                    f"A name without brackets (found {{{{ {child.name} }}}})",
                    f'Call it, as in {{{{ {child.name}("…") }}}}',
                )
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
        if bare := next((value for value in values if isinstance(value, nodes.Name)), None):
            cure = f'Put it in double quotes, as in {name}("{bare.name}")'
            self._fault(node, f"An argument of {name}() without quotes (found {bare.name})", cure)
            return
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
            self._fault(
                node,
                f"A condition that is not a choice of edition (found {found})",
                "Write {% if internal %}; the other edition goes after {% else %}",
            )
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
        # Jinja gives some nodes of its own making no line; what is in them has one.
        line, inside = node.lineno, node
        while not line and (inner := next(inside.iter_child_nodes(), None)):
            line, inside = inner.lineno, inner
        line = line or 1
        self.problems.append(Problem(self.shown, line + self.offset, what, cure))


def _tag(node: nodes.Node) -> str:
    names = {
        "assign": "set",
        "assignblock": "set",
        "callblock": "call",
        "filterblock": "filter",
        "fromimport": "from",
        "exprstmt": "do",
        "scope": "autoescape",
    }
    name = type(node).__name__.lower()
    return names.get(name, name)


def _syntax_problem(error: TemplateSyntaxError, body: str, shown: str, first_line: int) -> Problem:
    line = error.lineno + first_line - 1
    said = str(error.message or "").rstrip(".")
    here = body.split("\n")[error.lineno - 1] if error.lineno <= body.count("\n") + 1 else ""
    if "{#" in here:
        return Problem(
            shown,
            line,
            "{# starts a comment that is not closed",
            "For a heading's id write {: #id } after the heading; close a comment with #}",
        )
    if "unknown tag" in said:
        tag = said.rpartition("unknown tag ")[2].split("'")[1]
        if tag in _TAGS:
            return Problem(
                shown,
                line,
                f"{{% {tag} %}} with nothing for it to end",
                "Delete it, or write {% if internal %} or {% raw %} before it",
            )
        return Problem(
            shown, line, f"A {{% {tag} %}} block in a page", choose(tag, _TAGS, _ONLY[0].lower() + _ONLY[1:])
        )
    if curly := re.search("[\u2018\u2019\u201c\u201d]", said):
        what = f"A curly quote in a macro call (found {curly[0]})"
        return Problem(shown, line, what, 'Type straight quotes, as in {{ figure("gcp2-trained") }}')
    if "{{{" in here:
        return Problem(shown, line, "Three braces (found {{{)", "Write two on each side, as in {{ … }}")
    if opened := _unclosed(body, said):
        start, number = opened
        cure = "Close it with }}" if start == "{{" else "Put {% endif %} after the last line it is for"
        return Problem(shown, number + first_line - 1, f"{start} is not closed", cure)
    return Problem(
        shown,
        line,
        f"A macro call that cannot be read ({said})",
        'Write it like {{ figure("gcp2-trained") }}, or put the text between {% raw %} and {% endraw %}',
    )
