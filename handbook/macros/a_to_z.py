"""The index from A to Z: every page, term, body and figure by its names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup

from handbook.loading.menu import place
from handbook.loading.page import Page
from handbook.macros.rendering import render_template
from handbook.macros.view import View
from handbook.model.figures import Figure
from handbook.model.parts import Part
from handbook.model.record_kinds import Body, Term

# The heading of names that start with a digit or a sign.
_OTHER = "0 to 9"
# A name, the page header or record that has it, the page that shows that, and the anchor on the page.
Entry = tuple[str, Part, Page, str]


def a_to_z(view: View) -> str:
    """Every name that people may look for, in alphabetical order, each with links to what it names."""
    named: dict[str, list[Entry]] = defaultdict(list)
    for name in _entries(view):
        known = named[name[0].casefold()]
        if name[2:] not in (other[2:] for other in known):
            known.append(name)
    in_order = sorted(named.items(), key=lambda item: (item[0][0].isalpha(), item[0]))
    lines = [(_letter(key), *_row(view, known)) for key, known in in_order]
    letters = [(letter, list(group)) for letter, group in groupby(lines, lambda line: line[0])]
    return render_template("a_to_z", letters=letters)


def _entries(view: View) -> Iterator[Entry]:
    """Yield the names of pages first, then of terms, bodies and figures: a shared name links to them in this order."""
    for page in sorted(view.site.pages.values(), key=lambda page: place(page, view.store.settings)):
        yield from ((name, page.header, page, "") for name in (page.header.title, *page.header.aliases))
    if glossary := view.site.with_macro("glossary"):
        for term in view.store.all(Term):
            names = (term.name, *filter(None, [term.abbreviation]), *term.aliases)
            yield from ((name, term, glossary, term.id) for name in names)
    for body in view.store.all(Body):
        if shown_on := view.site.with_macro("bodies", body.type.value):
            yield from ((name, body, shown_on, body.id) for name in (body.name, *body.aliases))
    if register := view.site.with_macro("register"):
        yield from ((figure.title, figure, register, figure.id) for figure in view.store.all(Figure))


def _row(view: View, names: list[Entry]) -> tuple[Markup, str, list[Markup]]:
    """Return the link of a name, the title of its page if that differs, and links to whatever else has the name."""
    name, _, page, _ = names[0]
    title = page.header.title
    others = [_entry_link(view, other, other[2].header.title) for other in names[1:]]
    return _entry_link(view, names[0], name), "" if title == name else title, others


def _entry_link(view: View, name: Entry, words: str) -> Markup:
    """Return a link to an entry with these words, after the mark of what partners do not see."""
    _, part, page, anchor = name
    return view.staff_mark(part) + view.link(words, page, anchor)


def _letter(key: str) -> str:
    return key[0].upper() if key[0].isalpha() else _OTHER
