"""Macros for citations, sources, terms, bodies and people."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from handbook.loading.macro_registry import MacroError
from handbook.macros import wording
from handbook.macros.figures import nothing_reported, passages_link, source_link
from handbook.macros.rendering import render_template
from handbook.macros.tags import tag
from handbook.macros.view import View
from handbook.model.dependencies import DependencyKind, recorded_so_far
from handbook.model.parts import Record
from handbook.model.periods import day_in_words
from handbook.model.record_kinds import Body, Person, Term
from handbook.model.sources import Source


def cite(view: View, *locators: str, source: str = "") -> Markup:
    """A citation: the passages of a source that a statement rests on, linked to the source.

    Without `source`, the first source of the page's front matter is meant.
    """
    if not locators:
        raise MacroError("A citation with no passage", 'Name one, as in {{ cite("paragraph 18") }}')
    default = source or view.default_source()
    record = view.store.get(Source, default)
    for locator in locators:
        view.check_passage(default, locator)
        view.note_passage(default, locator)
    words = wording.locators(locators)
    if default not in view.page.header.sources[:1]:
        words = f"{wording.source_name(record)}, {words}"
    link = view.record_link(words, "source_list", default, title=wording.source_name(record))
    return tag("span", Markup("(") + link + Markup(")"), class_="cite")


def source_list(view: View) -> str:
    """Every source: the ones the handbook uses, then the ones they name."""
    used, named = [], []
    sources = view.store.all(Source)
    _note_all(view, sources)
    for source in sources:
        publisher = view.store.get(Body, source.publisher).name if source.publisher else ""
        if source.named_in:
            named.append(
                (
                    source,
                    publisher,
                    passages_link(view, source.named_in, (source.locator,)) if source.locator else "",
                    "",
                )
            )
        else:
            page = view.site.report_on(source.id)
            told = view.link(page.header.title, page) if page else ""
            used.append((source, publisher, "", told))
    return render_template("sources", groups=[("Sources we use", used), ("Documents they name", named)])


def glossary(view: View) -> str:
    """Every word and abbreviation, in the order of the alphabet."""
    terms = sorted(view.store.all(Term), key=lambda term: term.name.lower())
    pages = {term.id: view.site.pages.get(term.page) for term in terms if term.page}
    _note_all(view, terms)
    rows = [
        (
            term,
            view.link(page.header.title, page) if (page := pages.get(term.id)) else "",
            source_link(view, term),
        )
        for term in terms
    ]
    return render_template("glossary", rows=rows)


def term(view: View, id: str, text: str = "") -> Markup:
    """A word, linked to its entry in the glossary. `text` shows it another way."""
    record = view.store.get(Term, id)
    words = text or record.abbreviation or record.name
    return view.record_link(words, "glossary", record.id, class_="term")


def bodies(view: View, type: str) -> str:
    """The bodies of one type (council, scrutiny, partner, national, role or team) and what each does."""
    mine = [body for body in view.store.all(Body) if body.type == type]
    if not mine:
        return nothing_reported(view, "No such body is named")
    _note_all(view, mine)
    return render_template("bodies", rows=[(body, source_link(view, body)) for body in mine])


def body(view: View, id: str, text: str = "") -> Markup:
    """A body in a sentence, linked to what it does. `text` shows its name another way."""
    record = view.store.get(Body, id)
    page = view.site.with_macro("bodies", record.type.value)
    return view.link(text or record.name, page, record.id, class_="term")


def drawn_from(view: View) -> str:
    """The passages that the page has drawn on up to here, by source. It goes at the end of a page."""
    passages: dict[str, list[str]] = {}
    for dependency in recorded_so_far():
        if dependency.kind is DependencyKind.PASSAGE:
            source, locator = dependency.name
            passages.setdefault(source, []).append(locator)
    if not passages:
        raise _nothing_drawn_on(view)
    order = [source for source in view.store.all(Source) if source.id in passages]
    rows = [
        (
            view.record_link(source.title, "source_list", source.id),
            source,
            wording.locators(_in_order(passages[source.id])),
        )
        for source in order
    ]
    return render_template("drawn_from", rows=rows)


def _nothing_drawn_on(view: View) -> MacroError:
    """Return the error for a page that draws on nothing: its sources are later, or it has cited nothing so far."""
    sources = view.page.header.sources
    if later := [source for source in sources if view.store.is_later(source)]:
        day = day_in_words(view.store.as_at)
        what = f"The page's sources are later than the day that the handbook speaks for (found {later[0]}, after {day})"
        return MacroError(what, "Go on. When all of the report is in, move as_at in data/handbook.yml")
    return MacroError("The page draws on no passage before this", "Put drawn_from() at its end, after the citations")


def _in_order(locators: list[str]) -> tuple[str, ...]:
    """Sort passages by name and number, those without a number last.

    The order of the outline is not used: it is internal, and nothing that partners read may depend on it.
    """

    def key(name: str) -> tuple[bool, str, int]:
        word, _, number = name.rpartition(" ")
        return (False, word, int(number)) if number.isdecimal() else (True, name, 0)

    return tuple(sorted(locators, key=key))


def people(view: View) -> str:
    """The people that public sources name, with their roles."""
    named = view.store.all(Person)
    _note_all(view, named)
    rows = [(person, view.store.get(Body, person.role).name, source_link(view, person)) for person in named]
    return render_template("people", rows=rows)


def _note_all(view: View, records: Iterable[Record]) -> None:
    """Record that the page uses each of these records."""
    for record in records:
        view.store.note(record)
