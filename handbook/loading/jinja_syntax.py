"""Parse a page's body from Jinja's syntax tree. Nothing is compiled or run.

A page is text, calls of the handbook's macros with literal arguments, and
`{% if internal %} … {% else %} … {% endif %}`. Nothing else is a page, so a page in a pull
request cannot run code, and what it depends on can be read off the tree.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from handbook.loading.jinja_errors import ONLY, jinja_problem
from handbook.loading.plain_calls import plain_calls
from handbook.loading.template import Call, Choice, Template, Text
from handbook.model.problems import Problem

CONDITION = "internal"
# A tag alone on its line leaves no line behind. Jinja's own trim_blocks would also join a line
# that ends in {% endraw %} to the next, so `evaluate` drops the line end itself.
_ENVIRONMENT = Environment(lstrip_blocks=True, keep_trailing_newline=True)


def parse_template(body: str, display_path: str, first_line: int = 1) -> tuple[Template, list[Problem]]:
    """Parse `body`, which starts on line `first_line` of its file, and give the template with every problem.

    A body whose calls are all plain is parsed without Jinja, about 40 times as fast.
    """
    if plain := plain_calls(body, first_line):
        return plain, []
    return parse_with_jinja(body, display_path, first_line)


def parse_with_jinja(body: str, display_path: str, first_line: int) -> tuple[Template, list[Problem]]:
    """Parse any `body` with Jinja; see `parse_template`."""
    try:
        tree = _ENVIRONMENT.parse(body)
    except TemplateSyntaxError as error:
        return Template(()), [jinja_problem(error, body, display_path, first_line)]
    except RecursionError:
        return Template(()), [Problem(display_path, first_line, "A macro call nested too deep to read", ONLY)]
    reader = _Reader(display_path, first_line - 1)
    parts = tuple(reader.parts(tree.body))
    return Template(parts), reader.problems


class _Reader:
    """Converts Jinja's tree into our own, and collects a problem for everything that a page may not hold."""

    def __init__(self, display_path: str, offset: int):
        self.display_path = display_path
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
        if found := next(filter(None, map(_unquoted_id, values)), None):
            cure = f'Put it in double quotes, as in {name}("{found}")'
            self._fault(node, f"An argument of {name}() without quotes (found {found})", cure)
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
        self._fault(node, f"{what} in a page", ONLY)

    def _fault(self, node: nodes.Node, what: str, cure: str) -> None:
        # Nodes that Jinja's parser adds itself have no line, but their children do.
        line, inside = node.lineno, node
        while not line and (inner := next(inside.iter_child_nodes(), None)):
            line, inside = inner.lineno, inner
        line = line or 1
        self.problems.append(Problem(self.display_path, line + self.offset, what, cure))


def _unquoted_id(value: nodes.Node) -> str:
    """An id that was typed without quotes, which Jinja parses as a name or, with its hyphens, as a subtraction.

    Empty for any other expression.
    """
    if isinstance(value, nodes.Name):
        return value.name
    if (
        isinstance(value, nodes.Sub)
        and isinstance(value.right, (nodes.Name, nodes.Const))
        and (left := _unquoted_id(value.left))
    ):
        return f"{left}-{value.right.name if isinstance(value.right, nodes.Name) else value.right.value}"
    return ""


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
