"""The quick way of reading pages makes of a text what Python-Markdown itself makes of it."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import InlineProcessor

from handbook.editions.check import read
from handbook.loading.mkdocs_config import read_site
from handbook.markdown.fast_path import quicken
from tests.conftest import ROOT

# What mkdocs.yml says, which the example shares.
_EXTENSIONS, _ = read_site(ROOT)
_WORDS = (
    [
        "word",
        "19.65%",
        "**",
        "*",
        "_",
        "`",
        "[",
        "](a.md)",
        "![",
        "<b>",
        "</b>",
        "&",
        "&amp;",
        "\\",
        "\n",
        "\n\n",
        "  \n",
    ]
    + ["'", '"', "--", "...", "<https://a.b>", "<a@b.cc>", "[^1]", "\n\n[^1]: note", "| a | b |\n|--|--|\n", "- "]
    + [
        "{: #id }",
        "## ",
        " ",
        "é",
        "<!-- x -->",
        ":   what\n",
        "\n> ",
        "\n---\n",
        "\n===\n",
        "\n```\n",
        "\n~~~ py\n",
        "!!! note\n",
        "    ",
    ]
)
_TAGS = (
    [
        '<span class="a" hidden>',
        "</span>",
        "<div>",
        "</div>",
        "<hr>",
        "<hr />",
        "<br/>",
        "<hr></hr>",
        "<p markdown>",
        "</p>",
    ]
    + ["<a", '"', ">", "<b\n>", "<code>", "</code>", "<script>", "</script>", "]]>", "<![CDATA[", "<!DOCTYPE>", "<?"]
    + ["&#38;", "&#38", "&#x2019;", "&rsquo;", "&rsquo"]
)
_ELEMENTS = [
    "<div>",
    '<p class="a">',
    "<ul>\n<li>",
    "<details><summary>",
    "<span>",
    "<b>",
    "<i title='<'>",
    "<script>",
    "<svg:g>",
]


def _inside(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element with `parts` in it, each of its tags closed."""

    def closed(opening: str, inside: list[str], between: str) -> str:
        names = re.findall(r"<([\w:]+)", opening)
        return opening + between.join(["", *inside, ""]) + "".join(f"</{name}>" for name in reversed(names))

    return st.builds(
        closed, st.sampled_from(_ELEMENTS), st.lists(parts, max_size=3), st.sampled_from(["", "\n", "\n\n"])
    )


_PIECES = st.sampled_from(_WORDS + _TAGS)
_BLOCKS = st.recursive(
    st.sampled_from(["word", "&amp;", "é", "<br />", "<hr />", "&#38", "`", "&x"]), _inside, max_leaves=6
)
_GAPS = st.sampled_from(["", "\n", "\n\n", " \n\n"])
_PAGES = st.lists(st.one_of(_PIECES, st.builds("{}{}{}".format, _GAPS, _BLOCKS, _GAPS)), max_size=8)


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


@settings(max_examples=300, deadline=None)
@given(_PAGES.map("".join))
def test_any_blocks_come_out_the_same(text: str) -> None:
    assert quick().convert(text) == stock().convert(text)


def test_a_handbooks_pages_come_out_the_same(site_root: Path) -> None:
    for written in read(site_root).editions.values():
        for path in written.pages:
            text = written.markdown(path).markdown
            assert quick().convert(text) == stock().convert(text), path
