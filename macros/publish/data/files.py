"""Every file of an edition's data, by its address below the site's root."""

from __future__ import annotations

from macros.content.store import Store
from macros.views.data.tables import PACKAGE, tables

from .forms import as_csv, as_json
from .package import package

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
