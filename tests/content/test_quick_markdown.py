"""The quick way of reading pages makes of a text what Python-Markdown itself makes of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import InlineProcessor

from macros.content.handbook import read_handbook
from macros.content.quick import quicken
from macros.content.site import read_site

from ..conftest import ROOT

_EXTENSIONS, _ = read_site(ROOT)
_PIECES = st.sampled_from(
    ["word", "19.65%", "**", "*", "_", "`", "[", "](a.md)", "![", "<b>", "</b>", "&", "&amp;", "\\", "\n", "\n\n"]
    + [
        "  \n",
        "'",
        '"',
        "--",
        "...",
        "<https://a.b>",
        "<a@b.cc>",
        "[^1]",
        "\n\n[^1]: note",
        "| a | b |\n|--|--|\n",
        "- ",
    ]
    + [
        '<span class="a" hidden>',
        "</span>",
        "<div>",
        "</div>",
        "<hr>",
        "<br/>",
        "&#38;",
        "&#38",
        "&",
        "<!DOCTYPE>",
        "<?",
    ]
    + [
        "<a",
        '"',
        ">",
        "<p markdown>",
        "</p>",
        "<b\n>",
        "<code>",
        "</code>",
        "<script>",
        "</script>",
        "]]>",
        "<![CDATA[",
    ]
    + ["{: #id }", "## ", " ", "é", "<!-- x -->", ":   what\n"]
)


def stock() -> Markdown:
    return Markdown(extensions=[*_EXTENSIONS], extension_configs=_EXTENSIONS)


def quick() -> Markdown:
    made = stock()
    quicken(made)
    return made


def test_every_reader_is_made_quick() -> None:
    # Smarty brings a second one.
    readers = [reader for reader in quick().treeprocessors if isinstance(reader, InlineProcessor)]
    assert len(readers) == 2
    assert not [reader for reader in readers if type(reader) is InlineProcessor]
    searches = [each for each in quick().preprocessors if isinstance(each, HtmlBlockPreprocessor)]
    assert len(searches) == 1 and type(searches[0]) is not HtmlBlockPreprocessor
    # The method that is replaced is still the one that Python-Markdown calls.
    assert hasattr(InlineProcessor, "_InlineProcessor__handleInline")


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_any_text_comes_out_the_same(text: str) -> None:
    assert quick().convert(text) == stock().convert(text)


def test_the_handbooks_own_pages_come_out_the_same() -> None:
    handbook, _ = read_handbook(ROOT)
    for page in handbook.docs.pages.values():
        assert quick().convert(page.text) == stock().convert(page.text)
