"""HTML that is read as XML comes to what Python's own reader of HTML makes of it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handbook.editions.check import read
from handbook.html.reader import HtmlReader

_PIECES = st.sampled_from(
    ["<p>", "</p>", "<P>", "<br>", "<br />", "<br/>", "</br>", '<a href="x y">', "<a href=x>", "</a>", "<b", ">", "<"]
    + ['<i title="a&amp;b&nbsp;c">', "</i>", "<i hidden>", '<i hidden="">', '<i a="1" a="2">', '<svg viewBox="0 0">']
    + ["</svg>", "<script>", "</script>", "<title>", "</title>", "<!-- x -->", "<!x>", "<?x?>", "<![CDATA[x]]>", "]]>"]
    + [
        "word",
        " ",
        "\n",
        "\t",
        "\r",
        "\x00",
        "\ud800",
        "&rsquo;",
        "&LT;",
        "&lt;",
        "&quot;",
        "&QUOT;",
        "&apos;",
        "&copy",
    ]
    + [
        "&nothing;",
        "&#8217;",
        "&#150;",
        "&#123;",
        "&#13;",
        "&#11;",
        "&#0;",
        "&",
        "&ngE;",
        "'",
        '"',
        "</all>",
        "<all>",
        "<i\nb='1\n2'>",
        "é",
        "x" * 9000,
    ]
)


class _Told:
    """Takes note of all that a reader of HTML is told, with texts side by side as one."""

    told: list[Any]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.told.append(("start", tag, [(name, value or "") for name, value in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.told.append(("end", tag))

    def handle_data(self, data: str) -> None:
        if self.told and isinstance(self.told[-1], str):
            self.told[-1] += data
        else:
            self.told.append(data)


class _Stock(_Told, HTMLParser):
    pass


class _Quick(_Told, HtmlReader):
    as_html = False

    def feed(self, data: str) -> None:
        self.as_html = True
        super().feed(data)


def stock(html: str) -> list[Any]:
    reader = _Stock()
    reader.told = []
    reader.feed(html)
    reader.close()
    return reader.told


def quick(html: str) -> _Quick:
    reader = _Quick()
    reader.told = []
    reader.read(html)
    return reader


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=12).map("".join))
@example("<p>a</p>")
def test_any_html_is_read_the_same(html: str) -> None:
    assert quick(html).told == stock(html)


@pytest.mark.parametrize("html", ["<p>unclosed", "<i hidden>x</i>", "&LT;b>", "a\tb", "<!-- x -->", "&#150;"])
def test_what_xml_takes_for_something_else_is_read_as_html(html: str) -> None:
    assert quick(html).as_html


def test_a_handbooks_pages_are_all_xml(site_root: Path) -> None:
    for edition, written in read(site_root).editions.items():
        for path in written.pages:
            html = written.parsed(path).html
            found = quick(html)
            assert not found.as_html, f"{path} in the {edition} edition"
            assert found.told == stock(html)
