"""Building an edition into a folder, as `handbook build` does."""

from __future__ import annotations

import logging
from datetime import date
from functools import partial
from pathlib import Path

from handbook.build.checked_edition import checked_edition
from handbook.build.failure import BuildFailed
from handbook.build.generated_files import generated_in_background
from handbook.build.incremental import IncrementalBuild
from handbook.build.mkdocs.configuration import configuration, site_builder
from handbook.cache.build_cache import BuildCache
from handbook.cache.environment import can_be_cached
from handbook.editions.past import past_folder
from handbook.files.atomic import reason
from handbook.files.manifest import files_in
from handbook.files.site_marker import BUILT
from handbook.model.editions import Edition
from handbook.workers.background import BackgroundTasks

_STOPPED = "What stopped it is told above."


def build(
    root: Path,
    edition: Edition,
    site_dir: Path | None = None,
    as_at: date | None = None,
    use_cache: bool = True,
    background: BackgroundTasks | None = None,
) -> Path:
    """Build an edition, or with `as_at` that of an earlier day, and return the folder it was built in.

    With `use_cache`, results of earlier builds are reused and only files that changed are written.
    What need not be waited for is done in `background`. Raises BuildFailed.
    """
    if background is None:
        with BackgroundTasks() as background:
            return build(root, edition, site_dir, as_at, use_cache, background)
    folder = site_dir or (past_folder(root, edition, as_at) if as_at else root / BUILT / edition)
    try:
        if can_be_cached(root):
            # The past is built seldom, and from nothing.
            _build(root, edition, folder, as_at, use_cache and not as_at, background)
        else:
            _build_with_hooks(root, edition, folder, as_at)
            background.note(folder, files_in(folder))
    except OSError as error:
        raise BuildFailed(f"The site could not be written ({reason(error)}).") from None
    return folder


def _build(
    root: Path, edition: Edition, folder: Path, as_at: date | None, use_cache: bool, background: BackgroundTasks
) -> None:
    config = configuration(root, edition, folder, plugins={})
    cache = BuildCache.of(root) if use_cache else BuildCache()
    target = IncrementalBuild.of(folder, background.files_in) if use_cache else IncrementalBuild(folder)
    try:
        checked = checked_edition(root, edition, folder, as_at, cache)
    except BuildFailed as error:
        logging.getLogger(__name__).error(str(error))
        raise BuildFailed(_STOPPED, error.problems) from None
    save = partial(background.do, partial(cache.save, checked.handbook))
    generated = background.begin(generated_in_background(checked, cache, config.site_url or ""))
    builder = site_builder(config, checked, cache)
    pages = builder.render_pages()
    # Two forked processes hold less memory one after the other. Where most is new, this process makes the files.
    if save_first := cache.many_are_new:
        save()
    site = builder.files(pages, generated())
    if not save_first:
        save()
    background.note(folder, target.write(site, builder.marker))


def _build_with_hooks(root: Path, edition: Edition, folder: Path, as_at: date | None) -> None:
    """Build with MkDocs itself, and so with the hooks that the configuration names, which may change anything."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.exceptions import Abort, MkDocsException

    config = configuration(root, edition, folder)
    config.plugins["handbook"].config["as_at"] = str(as_at or "")
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
    except Abort:
        raise BuildFailed(_STOPPED) from None
    except MkDocsException as error:
        raise BuildFailed(str(error)) from None
    finally:
        config.plugins.on_shutdown()


def quieten() -> None:
    """Show only warnings and errors of MkDocs and its plugins."""
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
