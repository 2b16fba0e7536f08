"""HTML in a page: what is typed is text and its marks, and nothing in it can run or reach outside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from macros.content.handbook import Written
from macros.content.page import Page
from macros.content.problems import Problem
from macros.content.template import Text

# What people may type. Whatever else HTML has, or will have, is refused.
_TYPED = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
# What may not come out of a macro either.
_NEVER = frozenset(
    [
        "script",
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "form",
        "input",
        "textarea",
        "select",
        "style",
        "link",
        "meta",
        "base",
        "video",
        "audio",
        "source",
        "track",
        "math",
        "template",
        "portal",
        "noscript",
    ]
)
_RUNS = re.compile(r"on|style$|srcdoc$|srcset$|formaction$|action$|background$|ping$|poster$|xlink:|xml:base$")
_COMMENT = "!--"


def html_is_harmless(written: Written, page: Page) -> Iterator[Problem]:
    """The HTML tags in an edition's page, those made by macros included, and the attributes given to any element."""
    tree = written.tree(page.path)
    found = Counter(tag.name for tag in tree.raw)
    own = "".join(piece.text for piece in page.template.pieces(written.store.edition) if isinstance(piece, Text))
    made = {name: _count(name, written.markdown(page.path).markdown) - _count(name, own) for name in found}
    for tag in reversed(tree.raw):
        # The last of a name are the typed ones: which of them are, no line can tell where both stand in one.
        typed, found[tag.name] = found[tag.name] > made[tag.name], found[tag.name] - 1
        if tag.name in _NEVER or typed and tag.name not in _TYPED:
            yield Problem(page.shown, tag.line, *_refused(tag.name))
    for element in (*tree.raw, *tree.marked):
        for name, _ in element.attributes:
            if _RUNS.match(name.lower()):
                yield Problem(page.shown, element.line, *_refused_attribute(element.name, name))


def _count(name: str, text: str) -> int:
    return len(re.findall(rf"<{re.escape(name)}(?![\w-])", text, re.IGNORECASE))


def _refused(name: str) -> tuple[str, str]:
    if name == _COMMENT:
        what = "A comment that is published with the page (found <!--)"
        return what, "Write it as {# … #}, which is for the page's editors alone"
    return f"HTML that a page may not hold (found <{name}>)", "Say it in Markdown, or ask for a macro"


def _refused_attribute(tag: str, name: str) -> tuple[str, str]:
    if tag in ("th", "td") and name == "style":
        return "A column of a table that is set to a side", "Write --- between the strokes, without a colon"
    return f"An HTML attribute that a page may not hold (found {name} on <{tag}>)", "Take the attribute away"
