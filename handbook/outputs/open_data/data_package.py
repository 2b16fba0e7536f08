"""The description of an edition's tables as a Data Package (version 2), for programs that read one."""

from __future__ import annotations

import json
from typing import Any

from markdown.extensions.toc import slugify

from handbook.macros.open_data.columns import Column
from handbook.macros.open_data.tables import FORMS, MARK, DataTable, tables
from handbook.model.periods import day_in_words
from handbook.model.sources import Source
from handbook.model.store import Store

_PROFILE = "https://datapackage.org/profiles/2.0"
_MEDIA = {"csv": "text/csv", "json": "application/json"}
# What only one of the forms has to be told of.
_DIALECT = {"csv": {"dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}}}
HOW_TO_READ = (
    f"The mark {MARK} stands in the place of a number so small that someone could be recognised from it. "
    "A qualifier, such as over or about, belongs to the number beside it. "
    "In the CSV files, a text that a spreadsheet could take for a formula has an apostrophe before it, "
    "and so has one that starts with an apostrophe: take the first one away to read it."
)


def package(store: Store, home: str = "") -> bytes:
    """The descriptor of every table of an edition. `home` is the site's address, if it is known."""
    settings = store.settings
    day = store.as_at
    described: dict[str, Any] = {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": slugify(f"{settings.title} {store.edition}", "-"),
        "title": settings.title,
        "description": f"{settings.description} As known on {day_in_words(day)}. {settings.official} {HOW_TO_READ} "
        f"{_licence_in_words(store)}",
        **({"homepage": home} if home else {}),
        "version": day.isoformat(),
        "created": f"{day}T00:00:00Z",
        "licenses": [_licence(store)] if settings.licence else [],
        "sources": [
            {"title": source.title, **({"path": source.url} if source.url else {})}
            for source in store.all(Source)
            if not source.named_in
        ],
        "resources": [
            _resource(table, form)
            for table in tables()
            for form in FORMS
            # A list of nothing, in JSON, has no columns to describe.
            if any(table.rows(store))
        ],
    }
    kept = {key: value for key, value in described.items() if value != []}
    return (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode()


def words_of_code() -> str:
    """What every package says that comes from no record, as JSON: the names and descriptions of tables and columns."""
    said = [[table.name, table.description, *_said(table.columns)] for table in tables()]
    return json.dumps([HOW_TO_READ, *said], ensure_ascii=False)


def _said(columns: tuple[Column, ...]) -> list[str]:
    return [text for column in columns for text in (column.name, column.description, *column.choices)]


def _licence_in_words(store: Store) -> str:
    licence = store.settings.licence
    return f"Licence: {licence.title}." if licence else "No licence has been decided yet."


def _licence(store: Store) -> dict[str, str]:
    licence = store.settings.licence
    assert licence
    return {"name": licence.name, "title": licence.title, "path": licence.url}


def _resource(table: DataTable, form: str) -> dict[str, Any]:
    return {
        "name": f"{table.name}-{form}",
        "type": "table",
        # A path is from where this file is.
        "path": table.address(form).rpartition("/")[2],
        "title": table.description,
        "format": form,
        "mediatype": _MEDIA[form],
        "encoding": "utf-8",
        **_DIALECT.get(form, {}),
        "schema": {
            "$schema": f"{_PROFILE}/tableschema.json",
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [column.name], "reference": {"resource": f"{other.name}-{form}", "fields": ["id"]}}
                for column in table.columns
                for other in tables()
                if column.refers == other.model.kind
            ],
            "missingValues": ["", MARK],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.needed else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    return {
        "name": column.name,
        "type": column.type,
        "description": column.description,
        **({"constraints": constraints} if constraints else {}),
    }
