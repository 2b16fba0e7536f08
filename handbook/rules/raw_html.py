"""HTML in a page: what is typed is text and its marks, and nothing in it can run or reach outside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.loading.template import Text
from handbook.model.problems import Problem

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
_TAG = re.compile(r"</?[A-Za-z]")
# Tags that HTML does not need closed.
_ALONE = frozenset(
    ["br", "hr", "img", "col", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"]
)


def html_is_harmless(written: RenderedEdition, page: Page) -> Iterator[Problem]:
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


def tags_are_closed(written: RenderedEdition, page: Page) -> Iterator[Problem]:
    """A tag that is not closed takes in the rest of the page, and one that closes nothing ends what holds the page."""
    pieces = [piece for piece in page.template.pieces(written.store.edition) if isinstance(piece, Text)]
    if not any(_TAG.search(piece.text) for piece in pieces):
        return
    # What Markdown and macros write is closed: what is not in the whole is typed.
    for tag in _Open.of(written.parsed(page.path).html):
        name = tag.strip("/")
        lines = [
            piece.line + piece.text.count("\n", 0, match.start())
            for piece in pieces
            for match in re.finditer(rf"<{tag}(?![\w-])", piece.text, re.IGNORECASE)
        ]
        what, cure = f"HTML that is not closed (found <{name}>)", f"Write </{name}> where it ends, or delete it"
        if tag.startswith("/"):
            what, cure = f"HTML that closes what is not open (found <{tag}>)", "Delete it, or open it before"
        yield Problem(page.shown, lines[-1] if lines else pieces[0].line, what, cure)


class _Open(HTMLParser):
    """What is left open at the end of a page's HTML, and what closes nothing, as `/name`."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loose: list[str] = []

    @classmethod
    def of(cls, html: str) -> list[str]:
        parser = cls()
        parser.feed(html)
        parser.close()
        return [*parser.loose, *parser.open][:1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _TYPED and tag not in _ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while (last := self.open.pop()) != tag:
                self.loose.append(last)
        elif tag in _TYPED and tag not in _ALONE:
            self.loose.append(f"/{tag}")


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
