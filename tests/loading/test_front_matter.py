"""Front matter has one form, on which no two readers differ."""

from __future__ import annotations

from pathlib import Path

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from handbook.loading.front_matter import PageSource, StrictHandler, split_page, validate_front_matter
from handbook.model.front_matter import FrontMatter
from handbook.model.problems import ContentError, Problem
from tests.conftest import EXAMPLE, FULL_EXAMPLE

PAGES = sorted(path for root in (EXAMPLE, FULL_EXAMPLE) for path in (root / "docs").rglob("*.md"))
GOOD = "---\ntitle: Neglect\nsummary: A page.\naudience: internal\n---\n\nText.\n"

# Ways of writing a page that MkDocs, python-frontmatter or a reader could take differently.
ODD = {
    "byte-order mark": "\ufeff" + GOOD,
    "blank line first": "\n" + GOOD,
    "space before the fence": " " + GOOD,
    "space after the fence": GOOD.replace("---\n", "--- \n", 1),
    "closed by dots": GOOD.replace("---\n\n", "...\n\n"),
    "never closed": GOOD.replace("---\n\n", "\n"),
    "closing fence indented": GOOD.replace("\n---\n\n", "\n ---\n\n"),
    "long fence": GOOD.replace("---\n", "----\n", 1),
    "comment before": "<!-- x -->\n" + GOOD,
    "a word before": "title: x\n" + GOOD,
    "no fence at all": GOOD.replace("---\n", ""),
    "a colon in the title": GOOD.replace("Neglect", "Neglect: a page"),
    "a tab": GOOD.replace("audience: ", "\taudience: "),
    "capitals": GOOD.replace("internal", "Internal"),
    "shouting": GOOD.replace("internal", "INTERNAL"),
    "capital key": GOOD.replace("audience", "Audience"),
    "a list": GOOD.replace("internal", "[internal]"),
    "a list of two": GOOD.replace("internal", "[internal, partner]"),
    "a mapping": GOOD.replace("internal", "{internal: true}"),
    "nothing": GOOD.replace("internal", ""),
    "null": GOOD.replace("internal", "null"),
    "true": GOOD.replace("internal", "true"),
    "twice": GOOD.replace("audience: internal", "audience: internal\naudience: partner"),
    "an alias": GOOD.replace("Neglect", "&a internal").replace("audience: internal", "audience: *a"),
    "a merge": GOOD.replace("audience: internal", "<<: {audience: internal}"),
    "a tag": GOOD.replace("internal", "!!str internal"),
    "Cyrillic letters": GOOD.replace("internal", "intern\u0430l"),
    "a non-breaking space": GOOD.replace(" internal", " \u00a0internal"),
    "a zero-width space": GOOD.replace("internal", "internal\u200b"),
    "a trailing dot": GOOD.replace("internal", "internal."),
    "another word": GOOD.replace("internal", "staff"),
    "plural": GOOD.replace("internal", "partners"),
    "both": GOOD.replace("internal", "internal and partner"),
    "missing": GOOD.replace("audience: internal\n", ""),
    "commented out": GOOD.replace("audience: internal", "# audience: internal"),
    "misspelt key": GOOD.replace("audience", "audiance"),
    "nested": GOOD.replace("audience: internal", "meta:\n  audience: internal"),
    "folded over lines": GOOD.replace("internal", ">\n  internal\n  page"),
    "a second document": GOOD.replace("audience: internal", "---\naudience: internal"),
    "a JSON block": '{"title": "x", "audience": "internal"}\n\nText.\n',
    "a TOML block": GOOD.replace("---", "+++"),
    "a directive": "%YAML 1.1\n" + GOOD,
}


def read(text: str) -> tuple[FrontMatter | None, PageSource | None, list[Problem]]:
    """What loading makes of a page: its front matter, the parts of its text, and problems."""
    try:
        split = split_page(text, "page.md")
    except ContentError as error:
        return None, None, error.problems
    front_matter, problems = validate_front_matter(split.document)
    return front_matter, split, problems


def test_the_plain_form_is_read() -> None:
    front_matter, split, problems = read(GOOD)
    assert front_matter is not None and split is not None and not problems
    assert (front_matter.title, front_matter.audience) == ("Neglect", "internal")
    assert (split.body, split.body_line) == ("\nText.\n", 6)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_an_odd_form_is_an_error_never_a_page(text: str) -> None:
    front_matter, _, problems = read(text)
    assert front_matter is None
    assert problems


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(EXAMPLE.parent).as_posix())
def test_no_two_readers_differ_on_a_page(path: Path) -> None:
    readers_agree(path.read_text("utf-8"))


def readers_agree(text: str) -> None:
    """Hold what MkDocs and python-frontmatter read at the top of a page against what this project reads."""
    front_matter, split, problems = read(text)
    assert front_matter is not None and split is not None and not problems
    their_body, theirs = get_data(text)
    other = frontmatter.loads(text)
    for key in ("title", "summary", "audience"):
        assert theirs[key] == other[key] == split.document.value[key] == str(getattr(front_matter, key))
    assert set(theirs) == set(other.metadata) == set(split.document.value)
    assert split.body.strip() == their_body.strip() == other.content.strip()


@given(st.text(st.sampled_from(" \n\t-x\u00a0\u2028\x1f#"), max_size=20), st.integers(0, 3))
def test_a_body_keeps_its_bytes_and_its_lines(body: str, more_keys: int) -> None:
    """python-frontmatter strips pages and bodies; the handler lets it strip nothing."""
    head = "---\ntitle: A\n" + "".join(f"key{number}: x\n" for number in range(more_keys)) + "---\n"
    split = split_page(head + body, "page.md")
    assert split.body == body
    assert head.count("\n") + 1 == split.body_line
    assert split.document.line(("title",)) == 2


def test_the_handler_serves_the_library_as_any_other_does() -> None:
    post = frontmatter.loads(GOOD, handler=StrictHandler("page.md"))
    assert post.metadata == {"title": "Neglect", "summary": "A page.", "audience": "internal"}
    with pytest.raises(ContentError, match="does not end exactly as ---"):
        frontmatter.loads(GOOD.replace("---\n\n", "----\n\n"), handler=StrictHandler("page.md"))
