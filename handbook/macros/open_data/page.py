"""Links to the data files of an edition."""

from __future__ import annotations

import posixpath

from markupsafe import Markup

from handbook.macros.open_data.tables import FORMS, PACKAGE, DataTable, table_of, tables
from handbook.macros.rendering import render_template
from handbook.macros.site_addresses import BUNDLE, FEED
from handbook.macros.tags import BETWEEN, tag
from handbook.macros.view import View
from handbook.model.parts import Record


def open_data(view: View) -> str:
    """The table of every file of data in this edition: what is in it, and its address in each form."""
    rows = [(table, _links(view, table)) for table in tables()]
    others = {name: _file_link(view, address, address) for name, address in _OTHERS.items()}
    return render_template("open_data", rows=rows, others=others)


def downloads(view: View, model: type[Record]) -> Markup:
    """Return links to the data of a kind of record, for below a chart or table of it."""
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
        _file_link(view, words, table.address(form), f"{words} of {table.name}") for form, words in FORMS.items()
    )


def _file_link(view: View, words: str, address: str, name: str | None = None) -> Markup:
    target = posixpath.relpath(address, posixpath.dirname(view.page.url) or ".")
    return tag("a", words, href=target, aria_label=name)
