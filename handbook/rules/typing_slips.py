"""Slips of typing that Markdown shows as text: what was meant as a macro call, a link, a list or a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.loading.handbook import Handbook
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.markdown.fast_path.required_characters import search_for
from handbook.model.problems import Problem

_MARKER = re.compile(r"(?:<{7}|>{7}) ")
_ADDRESS = re.compile(r"https?://[^\s<>()]+|www\.(?<!\wwww\.)[a-z0-9-]+\.[^\s<>()]+")
# Words of links that say nothing to someone who hears a page's links one after the other.
_SAYS_NOTHING = ("here", "click here", "this", "this link", "this page", "link", "more", "read more", "see here")
_IN_WORDS = (
    (
        re.compile(r"\{ ?%? ?(?:if internal|else|endif) ?%? ?\}"),
        "A condition that is not written as one",
        "Write it as {% if internal %}, {% else %} or {% endif %}, with no space between the brace and the percent sign",
    ),
    (re.compile(r"<!--"), "A comment that is not closed", "Write it as {# … #}, which is for the page's editors alone"),
    (
        re.compile(r"\[\[(?! ?[a-z_]+\()[^\[\]]+\]\](?!\()"),
        "A link in double square brackets",
        "Write the words in square brackets and then the address: [words](page.md)",
    ),
    (
        re.compile(r"^-[A-Za-z\[]"),
        "A hyphen without a space after it",
        "Put a space between the hyphen and the words of the list's item",
    ),
    (
        re.compile(r"^(?:\d{1,2}\)|[a-z][.)]) (?=\S)"),
        "A list that is not numbered as lists are",
        "Start each item with a number and a point, as in 1. or with a hyphen",
    ),
    (
        re.compile(r"\*\*|__(?=\w)(?<!\w__)"),
        "Bold words that are not closed",
        "Put two stars right before the first word and right after the last, as in **words**",
    ),
    (re.compile(r"`(?!`)(?<!``)"), "Words in code that are not closed", "Put ` right after the last of them"),
    (
        re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]"),
        "A box as another tool writes it",
        "Write !!! note on a line of its own, and the words below it, indented by four spaces",
    ),
    (
        # Lookbehinds come after the letters, as above: a pattern that starts with one takes three times as long.
        re.compile(
            r"(?:TODO(?<!\wTODO)|FIXME(?<!\wFIXME)|TB[CD](?<!\wTB.)|XXX(?<!\wXXX)|[Ll]orem ipsum(?<!\w.{11}))\b"
        ),
        "A note to yourself is left in the page",
        "Write the words, or write that the source does not give them",
    ),
    (
        re.compile(r"\{(?<!\{\{) ?[a-z_]+\([^)]*\) ?\}"),
        "A call with single braces",
        "Write two on each side, as in {{ … }}",
    ),
    (re.compile(r"\] \((?:https?:|[\w./-]+\.md)"), "A link with a space in it", "Take away the space between ] and ("),
    (
        re.compile(r"\]\[[^\]]*\]"),
        "A link to a reference that is not there",
        "Write the address in brackets: [words](page.md)",
    ),
    (
        re.compile(r"\[\^[^\]]+\]"),
        "A footnote that is not there",
        "Write the note below, as in [^1]: words, or cite the source",
    ),
    (
        re.compile(r"^[\u2022\u00b7\u25aa\uf0b7]"),
        "A bullet that is not a list",
        "Start the line with a hyphen and a space, after an empty line",
    ),
    (
        re.compile(r"^\|.*\|.*\|"),
        "A table without its second line",
        "Write | --- | --- | below the names of the columns",
    ),
    (
        re.compile(r"\]\((?!\s)[\w./:#-]+\.(?:md|html|uk|org|com)[\w./:#-]*(?![)\w./:#-])"),
        "A link that is not closed",
        "Put a closing bracket after its address",
    ),
    (
        re.compile(r"\([^()\[\]]+\)\[[\w./:-]+\.(?:md|html|uk|org|com)[^\]]*\]"),
        "A link with its brackets the wrong way round",
        "Write the words in square brackets and then the address: [words](page.md)",
    ),
    (
        re.compile(r"\[\[ ?[a-z_]+\("),
        "A call in square brackets",
        "Write two braces on each side, as in {{ … }}",
    ),
    (
        re.compile(r"^```"),
        "A block of code that is not closed",
        "Write ``` on a line of its own below it, and an empty line above it",
    ),
    (
        re.compile(r"(?m)^[^*\n].*\n\* |^[^\d\n].*\n1\. "),
        "A list without an empty line before it",
        "Put an empty line before its first item",
    ),
    (
        re.compile(r"(?m)\n\|.*\|.*\n\| ?-{3}"),
        "A table without an empty line before it",
        "Put an empty line before the names of its columns",
    ),
    (
        re.compile(r"(?m)^[^-\n].*\n- "),
        "A list without an empty line before it",
        "Put an empty line before its first hyphen",
    ),
)

_SEARCHES = [(search_for(pattern), what, cure) for pattern, what, cure in _IN_WORDS]


def merge_markers(handbook: Handbook, page: Page) -> Iterator[Problem]:
    """Find a marker that a merge left in a page."""
    for number, line in enumerate(page.text.split("\n"), 1):
        if _MARKER.match(line):
            cure = "Keep one of the two versions and delete the three marker lines"
            yield Problem(page.shown, number, "A merge marker is left in the page", cure)
            break


def slips_of_typing(edition: RenderedEdition, page: Page) -> Iterator[Problem]:
    """Find in the text that a page shows what was meant as markup."""
    for block in edition.tree(page.path).blocks:
        for search, what, cure in _SEARCHES:
            if match := search(block.text):
                found = match[0].split("\n")[-1].strip()[:40]
                yield Problem(page.shown, block.line, f"{what} (found {found})", cure)
                break


def code_is_meant(edition: RenderedEdition, page: Page) -> Iterator[Problem]:
    """Find indented code with HTML from macros: a paragraph that was indented by mistake."""
    for block in edition.tree(page.path).code:
        if "<span class=" in block.text or "<a href=" in block.text:
            cure = "Take away the spaces at the start of the line"
            yield Problem(page.shown, block.line, "A paragraph that is shown as code, since it is indented", cure)


def words_of_links(edition: RenderedEdition, page: Page) -> Iterator[Problem]:
    """Find web addresses that are not links, and links whose words do not say where they lead."""
    tree = edition.tree(page.path)
    linked = [link.text for link in tree.links]
    for block in tree.blocks:
        for match in _ADDRESS.finditer(block.text):
            if not any(match[0].rstrip(".,;:") in text for text in linked):
                cure = "Write it as a link, with words that say where it leads: [words](https://…)"
                yield Problem(page.shown, block.line, f"A web address that is not a link (found {match[0][:60]})", cure)
    for link in tree.links:
        if link.text.lower().strip(" .,") in _SAYS_NOTHING:
            what = f"A link whose words do not say where it leads (found {link.text})"
            yield Problem(page.shown, link.line, what, "Put the name of the page, or of what one finds there, in it")
