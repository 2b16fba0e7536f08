"""The edition that a site is built from: checked first, and refused with every problem at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handbook.build.failure import BuildFailed
from handbook.cache.build_cache import BuildCache
from handbook.editions.check import look_over
from handbook.files.site_marker import FolderRefused, check_code, check_folder
from handbook.loading.macro_registry import MacroRegistry
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.editions import Edition


def check_target(root: Path, edition: Edition, folder: Path, as_at: date | None) -> None:
    """Raise BuildFailed where this code may not build `edition` of the handbook at `root` in `folder`."""
    try:
        check_code(root)
        check_folder(root, folder, edition, str(as_at or ""))
    except FolderRefused as error:
        raise BuildFailed(str(error)) from None


def checked_edition(
    root: Path,
    edition: Edition,
    folder: Path,
    as_at: date | None,
    cache: BuildCache,
    macros: MacroRegistry | None = None,
) -> RenderedEdition:
    """Check `edition` of the handbook at `root` and return it, ready to be built in `folder`. Nothing is written.

    Without `macros`, the handbook's own package of them is loaded. Raises BuildFailed where the folder
    may not be used or anything is wrong with the handbook; what was found out is then saved to `cache`.
    Otherwise that is left to the caller, who adds to it.
    """
    check_target(root, edition, folder, as_at)
    checked = look_over(root, [edition], as_at, cache, macros)
    if errors := checked.errors:
        if checked.handbook:
            cache.save(checked.handbook)
        count = len(errors)
        lines = "\n".join(map(str, errors))
        raise BuildFailed(f"{count} {'problem' if count == 1 else 'problems'} in the handbook:\n{lines}", errors)
    return checked.editions[edition]
