"""Pages are evaluated from their syntax tree: text unchanged, lines true, nothing run."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.loading.front_matter import split_page
from handbook.loading.jinja_syntax import parse_template, parse_with_jinja
from handbook.loading.page_files import read_docs
from handbook.loading.plain_calls import plain_calls
from handbook.loading.template import evaluate
from handbook.markdown.source import MarkdownSource
from handbook.model.editions import Edition

PAGE = """First {{ say("a") }} line

- item
  {{ two() }}

{% if internal %}
inside {{ say("b") }}
{% else %}
outside
{% endif %}
{# a comment
of two lines #}
after {% raw %}{{ kept }}{% endraw %}
last
"""
MACROS = {"say": lambda text: f"<{text}>", "two": lambda: "one\ntwo"}


def written(text: str, edition: Edition) -> MarkdownSource:
    template, problems = parse_template(text, "page.md", 10)
    assert not problems
    result = MarkdownSource()
    assert not evaluate(template, edition, MACROS, result)
    return result


def test_each_edition_has_its_own_text_and_true_lines() -> None:
    internal = written(PAGE, Edition.INTERNAL)
    lines = [(internal.source_line(number), line) for number, line in enumerate(internal.markdown.split("\n"), 1)]
    assert lines == [
        (10, "First <a> line"),
        (11, ""),
        (12, "- item"),
        (13, "  one"),
        (13, "  two"),
        (14, ""),
        (16, "inside <b>"),
        (22, "after {{ kept }}"),
        (23, "last"),
        (24, ""),
    ]
    assert "outside" in written(PAGE, Edition.PARTNER).markdown
    assert "inside" not in written(PAGE, Edition.PARTNER).markdown


@given(st.text(st.characters(codec="utf-8", exclude_characters="{}%#\r"), max_size=300))
def test_text_without_calls_is_left_alone(text: str) -> None:
    result = written(text, Edition.INTERNAL)
    assert result.markdown in (text, text.removeprefix("\n"))
    if text and result.markdown == text:
        assert [result.source_line(number) for number in range(1, text.count("\n") + 1)] == list(
            range(10, 10 + text.count("\n"))
        )


@given(st.text(max_size=200))
def test_any_text_is_read_or_told(text: str) -> None:
    template, problems = parse_template(text, "page.md")
    if not problems:
        evaluate(template, Edition.PARTNER, {}, MarkdownSource())


_CALLS = (
    [
        "{{ say() }}",
        '{{ say("a") }}',
        "{{say('a','b')}}",
        '{{ say( "a" , to="b",of = 3 ) }}',
        "{{ say(true, x=false) }}",
    ]
    + ['{{ say("a" "b") }}', '{{ say("a",) }}', '{{ say(, "a") }}', '{{ say(x="a", "b") }}', '{{ say(x="a", x="b") }}']
    + ['{{ not("a") }}', '{{ true("a") }}', "{{ none() }}", "{{ say(True) }}", "{{ say(none) }}", "{{ say(007) }}"]
    + [
        "{{ say(1.5) }}",
        "{{ say(-1) }}",
        "{{ say(1_0) }}",
        "{{ Say() }}",
        "{{ saÿ() }}",
        "{{ a.b() }}",
        "{{ say()() }}",
    ]
    + [
        '{{ say("a\\n") }}',
        '{{ say("a\nb") }}',
        '{{ say("\n") }}',
        '{{\nsay("a") }}',
        '{{- say("a") -}}',
        "{{\tsay() }}",
    ]
    + [
        '{{ say("{{") }}',
        '{{ say("}}") }}',
        '{{ say("é ☃") }}',
        "{{ say('\"') }}",
        '{{ say("\'") }}',
        "{{ say }}",
        "{{ }}",
    ]
    + [
        "{{ say(if) }}",
        '{{ say(if="a") }}',
        '{{ say(true="a") }}',
        "{{ say(trueness) }}",
        "{{ say(truex=1) }}",
        "{{say(1)}}",
    ]
    + [
        "{% if internal %}",
        "{% else %}",
        "{% endif %}",
        "{% raw %}",
        "{% endraw %}",
        "{# x #}",
        "{",
        "}}",
        "{{",
        "}",
        "%}",
    ]
    + ["text", "\n", "\n\n", " ", "\r", "\u2028", "é"]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(_CALLS), max_size=7).map("".join))
def test_the_quick_way_of_reading_calls_is_as_jinjas(text: str) -> None:
    quick = plain_calls(text, 10)
    if quick is not None:
        assert repr((quick, [])) == repr(parse_with_jinja(text, "page.md", 10))


def test_most_pages_are_read_the_quick_way(site_root: Path) -> None:
    pages = read_docs(site_root)[0].pages.values()
    quick = [page for page in pages if plain_calls(split_page(page.source, page.shown).body, 1)]
    assert len(quick) > len(pages) / 2


ESCAPES = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ config.items() }}",
    "{{ self._TemplateReference__context }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ request['application'] }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ namespace() | attr('__init__') }}",
    "{{ (1).__class__ }}",
    "{{ figure.__code__ }}",
    "{{ figure()() }}",
    "{{ figure(*range(10)) }}",
    "{{ figure(**{}) }}",
    "{{ figure(config) }}",
    "{{ figure(['a']) }}",
    "{{ figure({'a': 1}) }}",
    "{{ figure('a' ~ 'b') }}",
    "{{ figure('a' if internal else 'b') }}",
    "{{ 'a' * 1000000000 }}",
    "{{ range(1000000000) | list }}",
    "{{ 9 ** 999999999 }}",
    "{% for x in range(1000000000) %}x{% endfor %}",
    "{% set x = 1 %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% extends 'x' %}",
    "{% macro m() %}{% endmacro %}",
    "{% call figure() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% block b %}{% endblock %}",
    "{% with x = 1 %}{% endwith %}",
    "{% if internal and config %}x{% endif %}",
    "{% if internal %}{% if internal %}x{% endif %}{% endif %}",
    "{% if config.a %}x{% endif %}",
    "{% elif internal %}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + "[" * 3000 + "]" * 3000 + " }}",
    "{{ " + "-" * 5000 + "1 }}",
    "{{ " + "not " * 5000 + "x }}",
]


def test_what_tries_to_run_code_is_refused() -> None:
    for text in ESCAPES:
        template, problems = parse_template(text, "page.md")
        assert problems, text
        assert not template.calls(), text
