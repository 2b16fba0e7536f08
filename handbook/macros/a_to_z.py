"""The handbook from A to Z: the way to every page, word, body and figure for whoever does not search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from handbook.loading.menu import place
from handbook.loading.page import Page
from handbook.macros.rendering import fill
from handbook.macros.view import View
from handbook.model.figures import Figure
from handbook.model.parts import Part
from handbook.model.record_kinds import Body, Term

# Where names stand that start with a digit or a sign.
_OTHER = "0 to 9"
# A name, what it names, the page where that is, and the place on it.
Name = tuple[str, Part, Page, str]


def a_to_z(view: View) -> str:
    """Every name that people may look for, by the alphabet, each with the pages that it leads to."""
    named: dict[str, list[Name]] = defaultdict(list)
    for name in _names(view):
        known = named[name[0].casefold()]
        if name[2:] not in (other[2:] for other in known):
            known.append(name)
    in_order = sorted(named.items(), key=lambda item: (item[0][0].isalpha(), item[0]))
    lines = [(_letter(key), *_line(view, known)) for key, known in in_order]
    letters = [(letter, list(group)) for letter, group in groupby(lines, lambda line: line[0])]
    return fill("a_to_z", letters=letters)


def _names(view: View) -> Iterator[Name]:
    """Names of pages first, then of words, bodies and figures: a name leads to them in this order."""
    for page in sorted(view.site.pages.values(), key=lambda page: place(page, view.store.settings)):
        for name in (page.header.title, *page.header.aliases):
            yield name, page.header, page, ""
    if glossary := view.site.with_macro("glossary"):
        for term in view.store.all(Term):
            for name in (term.name, *filter(None, [term.abbreviation]), *term.aliases):
                yield name, term, glossary, term.id
    for body in view.store.all(Body):
        if page := view.site.with_macro("bodies", body.type.value):
            for name in (body.name, *body.aliases):
                yield name, body, page, body.id
    if register := view.site.with_macro("register"):
        for figure in view.store.all(Figure):
            yield figure.title, figure, register, figure.id


def _line(view: View, names: list[Name]) -> tuple[Markup, str, list[Markup]]:
    """A name as a link to the first thing it names, the title of that page if it is another, and links to the others."""
    name, _, page, _ = names[0]
    title = page.header.title
    others = [_way(view, other, other[2].header.title) for other in names[1:]]
    return _way(view, names[0], name), "" if title == name else title, others


def _way(view: View, name: Name, words: str) -> Markup:
    """The link to what is named, in these words, after the mark of what partners do not see."""
    _, part, page, anchor = name
    return view.staff_mark(part) + view.link(words, page, anchor)


def _letter(key: str) -> str:
    return key[0].upper() if key[0].isalpha() else _OTHER
