"""Every file of an edition's data, by its address below the site's root."""

from __future__ import annotations

from handbook.macros.open_data.tables import PACKAGE, tables
from handbook.model.store import Store
from handbook.outputs.open_data.data_package import package
from handbook.outputs.open_data.formats import as_csv, as_json

_WRITERS = {"csv": as_csv, "json": as_json}


def data_addresses() -> list[str]:
    """The address of each of them."""
    return [PACKAGE, *(table.address(form) for table in tables() for form in _WRITERS)]


def data_files(store: Store, home: str = "") -> dict[str, bytes]:
    """The tables in each form, and what describes them. `home` is the site's address, if it is known."""
    files = {PACKAGE: package(store, home)}
    for table in tables():
        rows = list(table.rows(store))
        files |= {table.address(form): write(table, rows) for form, write in _WRITERS.items()}
    return files
