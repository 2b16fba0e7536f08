"""What is for staff only on a page for partners is marked in the internal edition, wherever it stands."""

from __future__ import annotations

import re

import pytest

from handbook.loading.jinja_syntax import parse_template
from handbook.loading.template import evaluate
from handbook.markdown.extensions.staff import LABEL, marks
from handbook.markdown.parser import PageParser
from handbook.markdown.source import MarkdownSource
from handbook.model.editions import Edition

EXTENSIONS = ("handbook.markdown.extensions.tables", "handbook.markdown.extensions.staff", "attr_list", "tables", "toc")
MACROS = {"cite": lambda: "<span>(1)</span>", "block": lambda: '<div class="table">\n<p>made</p>\n</div>'}
P = f'<p class="staff-label" data-search-exclude="">{LABEL}</p>'
S = f'<small class="staff-label" data-search-exclude="">{LABEL}</small>'

# Each page, what staff see, and the same page as someone would write it for partners alone.
PAGES = {
    "a paragraph": (
        "One.\n\n{% if internal %}\nTwo *three*.\n\n{% endif %}\nFour.\n",
        f'<p>One.</p><div class="staff">{P}<p>Two <em>three</em>.</p></div><p>Four.</p>',
        "One.\n\nFour.\n",
    ),
    "a section": (
        "{% if internal %}\n## Costs\n\n- a\n- b\n\n{% else %}\nNone.\n\n{% endif %}\n## Sources\n",
        f'<div class="staff">{P}<h2 id="costs">Costs</h2><ul><li>a</li><li>b</li></ul></div>'
        '<h2 id="sources">Sources</h2>',
        "None.\n\n## Sources\n",
    ),
    "what a macro makes": (
        "One.\n\n{% if internal %}\n{{ block() }}\n{% endif %}\n",
        f'<p>One.</p><div class="staff">{P}<div class="table"><p>made</p></div></div>',
        "One.\n\n",
    ),
    "an item of a list": (
        "- one\n{% if internal %}\n- two [there](x.md) {{ cite() }}\n{% endif %}\n- three\n",
        f'<ul><li>one</li><li class="staff">{S} two <a href="x.html">there</a> <span>(1)</span></li><li>three</li></ul>',
        "- one\n- three\n",
    ),
    "items that start with mark-up": (
        "1. one\n{% if internal %}\n2. **two**\n3. [three](x.md)\n{% endif %}\n",
        f'<ol><li>one</li><li class="staff">{S} <strong>two</strong></li>'
        f'<li class="staff">{S} <a href="x.html">three</a></li></ol>',
        "1. one\n",
    ),
    "a paragraph of an item": (
        "- one\n\n    {% if internal %}\n    two\n    {% endif %}\n\n- three\n",
        f'<ul><li><p>one</p><div class="staff">{P}<p>two</p></div></li><li><p>three</p></li></ul>',
        "- one\n\n\n- three\n",
    ),
    "words": (
        "One{% if internal %}, *two* {{ cite() }}{% endif %} three.\n",
        f'<p>One<span class="staff">{S}, <em>two</em> <span>(1)</span></span> three.</p>',
        "One three.\n",
    ),
    "a line of a paragraph": (
        "One\n{% if internal %}\ntwo.\n{% endif %}\nThree.\n",
        f'<p>One<span class="staff">{S} two.</span>Three.</p>',
        "One\nThree.\n",
    ),
    "words in a cell": (
        "| A | B |\n| --- | --- |\n| c | d{% if internal %} e{% endif %} |\n",
        '<div class="table"><table class="records"><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
        '<tbody><tr><th scope="row">c</th>'
        f'<td data-label="B">d <span class="staff">{S} e</span></td></tr></tbody></table></div>',
        "| A | B |\n| --- | --- |\n| c | d |\n",
    ),
    "a row of a table": (
        "| A | B |\n| --- | --- |\n| c | d |\n{% if internal %}\n| **e** | f |\n{% endif %}\n",
        '<div class="table"><table class="records"><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
        '<tbody><tr><th scope="row">c</th><td data-label="B">d</td></tr>'
        f'<tr class="staff"><th scope="row">{S} <strong>e</strong></th><td data-label="B">f</td></tr>'
        "</tbody></table></div>",
        "| A | B |\n| --- | --- |\n| c | d |\n",
    ),
    "words of a heading, which keep its address": (
        "## One{% if internal %} two{% endif %}\n",
        '<h2 id="one-two">One two</h2>',
        "## One\n",
    ),
}


def html(text: str, edition: Edition, mark: bool = True) -> str:
    template, problems = parse_template(text, "page.md")
    assert not problems
    page = MarkdownSource()
    assert not evaluate(template, edition, MACROS, page, mark_staff=mark)
    made = PageParser({name: {} for name in EXTENSIONS}).page(page, ".").html
    return re.sub(r">\s*\n\s*", ">", re.sub(r"\s*\n\s*<", "<", made))


@pytest.mark.parametrize("name", PAGES)
def test_staff_see_what_is_theirs(name: str) -> None:
    text, wanted, _ = PAGES[name]
    found = html(text, Edition.INTERNAL)
    assert found == wanted
    assert not re.search("[\x00-\x09\x0b-\x1f]", found)


@pytest.mark.parametrize("name", PAGES)
def test_partners_get_the_page_as_if_nothing_else_had_been_written(name: str) -> None:
    text, _, partners = PAGES[name]
    assert html(text, Edition.PARTNER) == html(partners, Edition.PARTNER)
    assert html(text, Edition.PARTNER) == html(text, Edition.PARTNER, mark=False)


def test_code_keeps_its_straight_quotes() -> None:
    page = MarkdownSource()
    page.add('Write `show="value"`, "so".\n', 1)
    made = PageParser({name: {} for name in (*EXTENSIONS, "smarty")}).page(page, ".").html
    assert made == '<p>Write <code>show="value"</code>, &ldquo;so&rdquo;.</p>'


def test_a_page_for_staff_alone_has_no_marks() -> None:
    text, _, _ = PAGES["a paragraph"]
    assert LABEL not in html(text, Edition.INTERNAL, mark=False)


def test_nothing_is_marked_where_there_is_nothing() -> None:
    assert marks("One.\n\n", "\n") == []


def test_lines_stay_true_behind_a_mark() -> None:
    template, _ = parse_template("One.\n\n{% if internal %}\nTwo.\n\n{% endif %}\nFour.\n", "page.md")
    page = MarkdownSource()
    evaluate(template, Edition.INTERNAL, {}, page, mark_staff=True)
    lines = page.markdown.split("\n")
    assert [page.source_line(lines.index(text) + 1) for text in ("One.", "Two.", "Four.")] == [1, 4, 7]
