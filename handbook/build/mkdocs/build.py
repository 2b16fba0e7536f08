"""Building an edition with MkDocs: from nothing, or by bringing what was built before up to date."""

from __future__ import annotations

import logging
import os
from datetime import date
from pathlib import Path
from typing import Any

# Material prints a long notice about MkDocs 2 at import unless it is told not to.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as mkdocs_build  # noqa: E402
from mkdocs.config import load_config  # noqa: E402
from mkdocs.config.defaults import MkDocsConfig  # noqa: E402
from mkdocs.exceptions import Abort, BuildError, MkDocsException  # noqa: E402

from handbook.build.failure import BuildFailed  # noqa: E402
from handbook.build.mkdocs.incremental import IncrementalBuild  # noqa: E402
from handbook.editions.check import check  # noqa: E402
from handbook.editions.past import past_folder  # noqa: E402
from handbook.files.manifest import files_in
from handbook.files.site_marker import BUILT  # noqa: E402
from handbook.loading.mkdocs_config import read_site  # noqa: E402
from handbook.model.editions import Edition  # noqa: E402
from handbook.model.problems import Severity  # noqa: E402
from handbook.workers.background import BackgroundTasks  # noqa: E402

CONFIG_FILES = {Edition.INTERNAL: "mkdocs.yml", Edition.PARTNER: "mkdocs.partner.yml"}


def configuration(root: Path, edition: Edition, site_dir: Path | None = None, **options: Any) -> MkDocsConfig:
    """MkDocs' configuration of an edition, with `options` in the place of what the file says.

    Raises BuildFailed for one that cannot be used.
    """
    options |= {"site_dir": str(site_dir)} if site_dir else {}
    if any(problem.severity is Severity.ERROR for problem in read_site(root)[1]):
        # MkDocs would stop before our plugin can say in plain words what is wrong.
        found = check(root).errors
        raise BuildFailed("\n".join(map(str, found)), found)
    try:
        return load_config(config_file=str(root / CONFIG_FILES[edition]), strict=True, **options)
    except MkDocsException as error:
        raise BuildFailed(str(error)) from None


def build(
    root: Path,
    edition: Edition,
    site_dir: Path | None = None,
    as_at: date | None = None,
    keeps: bool = True,
    meanwhile: BackgroundTasks | None = None,
) -> Path:
    """Builds an edition, or with `as_at` that of an earlier day, and gives the folder it was built in.

    What earlier builds kept is used where it still holds, unless `keeps` is false. What may be done
    `meanwhile` is done at the end of that block. Raises BuildFailed.
    """
    if meanwhile is None:
        with BackgroundTasks() as meanwhile:
            return build(root, edition, site_dir, as_at, keeps, meanwhile)
    folder = site_dir or (past_folder(root, edition, as_at) if as_at else root / BUILT / edition)
    renewal = IncrementalBuild.of(root, folder, meanwhile.files_in) if keeps and not as_at else None
    options = {"plugins": _for_renewal(edition)} if renewal else {}
    config = configuration(root, edition, folder, **options)
    config.plugins["handbook"].config.as_at = str(as_at or "")
    config.plugins["handbook"].keeps = keeps
    config.plugins["handbook"].meanwhile = meanwhile
    config.plugins.on_startup(command="build", dirty=False)
    try:
        if renewal:
            _renew(config, renewal)
            meanwhile.note(folder, renewal.files)
        else:
            mkdocs_build(config)
            meanwhile.note(folder, files_in(folder))
    except Abort:
        raise BuildFailed("What stopped it is told above.") from None
    except MkDocsException as error:
        raise BuildFailed(str(error)) from None
    finally:
        config.plugins.on_shutdown()
    return folder


def _for_renewal(edition: Edition) -> dict[str, Any]:
    """The plugins of a renewal: ours alone, since what macros write is known from the check."""
    return {"handbook": {"edition": str(edition)}}


def _renew(config: MkDocsConfig, renewal: IncrementalBuild) -> None:
    """Brings what was built up to date. What stops it is told as MkDocs tells what stops a build."""
    try:
        renewal.run(config.plugins.on_config(config))
    except Exception as error:
        config.plugins.on_build_error(error=error)
        if not isinstance(error, BuildError):
            raise
        logging.getLogger("mkdocs.commands.build").error(str(error))
        raise Abort("Aborted with a BuildError!") from None


def quieten() -> None:
    """Leaves of MkDocs' and its plugins' messages the warnings and errors."""
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
