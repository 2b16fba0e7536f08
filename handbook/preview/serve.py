"""Running the preview: build the site, serve it, and build it again when a file changes."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from handbook.build.failure import BuildFailed
from handbook.files.site_marker import FolderRefused, check_code
from handbook.model.editions import Edition
from handbook.model.problem_formats import told
from handbook.preview.in_memory_cache import CacheProvider, InMemoryCache
from handbook.preview.preview_site import TemplateCache, preview_site
from handbook.preview.server import PreviewServer
from handbook.preview.state import PreviewState
from handbook.preview.watch import FileWatcher

_OLD_CODE = (
    "The handbook's code has changed, and what you see was made by the code before. "
    "Stop handbook serve with Ctrl-C and start it again."
)
_FAULT = (
    "Something went wrong that is no mistake of yours ({}). "
    "Please tell whoever keeps the handbook's code what you changed."
)


def serve(
    root: Path, edition: Edition, host: str, port: int, say: Callable[[str], None], as_at: date | None = None
) -> None:
    """Serve `edition`, or with `as_at` that of an earlier day, until interrupted.

    A mistake in the handbook does not stop it: the browser shows what is wrong, and the page when it is
    mended. `say` prints to the terminal. Raises OSError when the address cannot be served at, and
    BuildFailed when the code that is running is not the handbook's own.
    """
    try:
        check_code(root)
    except FolderRefused as error:
        raise BuildFailed(str(error)) from None
    state = PreviewState()
    server = PreviewServer(state, host, port)
    watcher = FileWatcher(root)
    rebuilder = _Rebuilder(root, edition, as_at, state, say)
    try:
        # Before there are threads, so that the first build may use every processor.
        rebuilder.rebuild()
        watcher.start()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"The {edition} edition is at {server.url} (press Ctrl-C to stop)")
        while True:
            watcher.wait()
            # A collection of everything in memory would keep the editor waiting.
            gc.disable()
            rebuilder.rebuild()
            gc.enable()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        watcher.stop()
        server.server_close()


class _Rebuilder:
    """Builds the site again and has `state` show it, or what is wrong."""

    def __init__(
        self, root: Path, edition: Edition, as_at: date | None, state: PreviewState, say: Callable[[str], None]
    ):
        self._root, self._edition, self._as_at = root, edition, as_at
        self._state, self._say = state, say
        self._caches = CacheProvider(root)
        self._templates = TemplateCache()
        self._last_message = ""

    def rebuild(self) -> None:
        """Build the site from what the handbook now holds."""
        cache = InMemoryCache() if self._as_at else self._caches.current()
        notice = _OLD_CODE if self._caches.code_has_changed else ""
        try:
            site = preview_site(self._root, self._edition, self._as_at, cache, self._templates)
        except BuildFailed as error:
            self._state.show_problems(error.problems, notice)
            self._print("\n".join([told(error.problems), *filter(None, [notice])]))
        except Exception as error:
            fault = _FAULT.format(f"{type(error).__name__}: {error}")
            self._state.show_problems([], notice or fault)
            self._print(notice or fault)
        else:
            self._state.show_site(site, notice)
            self._print(notice)

    def _print(self, message: str) -> None:
        """Print what is wrong in the terminal, once, and that it is mended."""
        if message != self._last_message:
            self._say(message or "Mended.")
        self._last_message = message
