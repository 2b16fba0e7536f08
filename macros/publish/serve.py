"""The preview: an edition served on this machine and built again when a file changes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from macros.content.editions import Edition

from .build import build
from .failed import BuildFailed

WATCHED = ("docs", "data", "overrides", "mkdocs.yml", "mkdocs.partner.yml")


def serve(
    root: Path, edition: Edition, host: str, port: int, say: Callable[[str], None], as_at: date | None = None
) -> None:
    """Serves `edition`, or with `as_at` that of an earlier day, until interrupted.

    Raises BuildFailed when the first build fails.

    Each build goes to a folder of its own, and the server moves to it once it is whole: a reader
    never meets half a site, and after a mistake the last good one stays.
    """
    work = Path(tempfile.mkdtemp(prefix="handbook-"))
    number = 0

    def rebuild() -> None:
        nonlocal number
        number += 1
        folder = work / str(number)
        build(root, edition, folder, as_at)
        previous, server.root = Path(server.root), str(folder)
        shutil.rmtree(previous, ignore_errors=True)

    def rebuild_if_sound() -> None:
        try:
            rebuild()
        except BuildFailed:
            say("The page you see is the last good one. Mend what is said above, and it is built again.")
        else:
            say("Built again.")

    server = LiveReloadServer(builder=rebuild_if_sound, host=host, port=port, root=str(work / "0"))
    server.error_handler = lambda code: _error_page(Path(server.root), code)
    try:
        rebuild()
        for path in WATCHED:
            server.watch(str(root / path))
        say(f"The {edition} edition is at {server.url} (press Ctrl-C to stop)")
        server.serve()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        server.shutdown()
        shutil.rmtree(work, ignore_errors=True)


def _error_page(folder: Path, code: int) -> bytes | None:
    page = folder / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
