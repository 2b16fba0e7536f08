"""The preview from its start to its end: a site is assembled, shown, and assembled again when a file changes."""

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
from handbook.preview.in_memory_cache import CacheProvider
from handbook.preview.preview_site import TemplateCache, assemble
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
    """Serves `edition`, or with `as_at` that of an earlier day, until interrupted.

    Raises OSError when it cannot be served at that address, and BuildFailed when this code is not the
    handbook's own. A mistake in the handbook does not stop
    it: the browser shows what is wrong, and the page when it is mended.
    """
    try:
        check_code(root)
    except FolderRefused as error:
        raise BuildFailed(str(error)) from None
    state = PreviewState()
    server = PreviewServer(state, host, port)
    watch = FileWatcher(root)
    made = _Making(root, edition, as_at, state, say)
    try:
        # Before there are threads, so that a first build may use every processor.
        made.again()
        watch.start()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"The {edition} edition is at {server.url} (press Ctrl-C to stop)")
        while True:
            watch.wait()
            # Looking for what can be let go, among all that is held, would keep the editor waiting.
            gc.disable()
            made.again()
            gc.enable()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        watch.stop()
        server.server_close()


class _Making:
    """Assembles the site and has it shown, or tells what is wrong."""

    def __init__(
        self, root: Path, edition: Edition, as_at: date | None, state: PreviewState, say: Callable[[str], None]
    ):
        self._root, self._edition, self._as_at = root, edition, as_at
        self._state, self._say = state, say
        self._holder = CacheProvider(root)
        self._templates = TemplateCache()
        self._last = ""

    def again(self) -> None:
        """Assembles the site from what the handbook now holds."""
        keep = None if self._as_at else self._holder.held()
        notice = _OLD_CODE if self._holder.is_old else ""
        try:
            site = assemble(self._root, self._edition, self._as_at, keep, self._templates)
        except BuildFailed as error:
            self._state.tell(error.problems, notice)
            self._tell("\n".join([told(error.problems), *filter(None, [notice])]))
        except Exception as error:
            fault = _FAULT.format(f"{type(error).__name__}: {error}")
            self._state.tell([], notice or fault)
            self._tell(notice or fault)
        else:
            self._state.show(site, notice)
            self._tell(notice)

    def _tell(self, words: str) -> None:
        """Says in the terminal what is wrong, once, and that it is mended."""
        if words != self._last:
            self._say(words or "Mended.")
        self._last = words
