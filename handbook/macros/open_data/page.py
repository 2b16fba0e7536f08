"""The addresses of what an edition gives away, for the page that explains them and for what is shown of a table."""

from __future__ import annotations

import posixpath

from markupsafe import Markup

from handbook.macros.open_data.tables import FORMS, PACKAGE, DataTable, table_of, tables
from handbook.macros.rendering import fill
from handbook.macros.site_addresses import BUNDLE, FEED
from handbook.macros.tags import BETWEEN, tag
from handbook.macros.view import View
from handbook.model.parts import Record


def open_data(view: View) -> str:
    """The table of every file of data in this edition: what is in it, and its address in each form."""
    rows = [(table, _links(view, table)) for table in tables()]
    others = {name: _to(view, address, address) for name, address in _OTHERS.items()}
    return fill("open_data", rows=rows, others=others)


def downloads(view: View, model: type[Record]) -> Markup:
    """The way to the table of a kind of record, in each form, for under what is drawn or listed of it."""
    explained = view.link("Data", view.site.with_macro("open_data"))
    links = Markup("{}: {}").format(explained, _links(view, table_of(model)))
    return tag("span", links, class_="downloads", data_search_exclude=True)


_OTHERS = {
    "The description of all tables, for programs": PACKAGE,
    "What is new, for feed readers": FEED,
    "All pages as plain text": BUNDLE,
}


def _links(view: View, table: DataTable) -> Markup:
    return BETWEEN.join(
        _to(view, words, table.address(form), f"{words} of {table.name}") for form, words in FORMS.items()
    )


def _to(view: View, words: str, address: str, name: str | None = None) -> Markup:
    target = posixpath.relpath(address, posixpath.dirname(view.page.url) or ".")
    return tag("a", words, href=target, aria_label=name)
