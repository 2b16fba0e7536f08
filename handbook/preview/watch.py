"""Waiting until a file of the handbook changes."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from threading import Event

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from handbook.model.locations import OVERRIDES, THEME

FOLDERS = ("docs", "data", OVERRIDES, "macros")
FILES = ("mkdocs.yml", "mkdocs.partner.yml")

_QUIET = 0.06  # seconds without a change, after which files that are saved together are taken to be all there
_LONGEST = 1.0  # seconds after which a build begins, though files still change
_EVERY = 1.0  # seconds between two looks at whether a folder was put in the place of another
# Reading a file is told as well, and would have every build followed by another.
_CHANGES = ("created", "modified", "moved", "deleted", "closed")


class FileWatcher(FileSystemEventHandler):
    """Notes that something changed. A change that comes while a build is being made is there when it ends."""

    def __init__(self, root: Path):
        self._root = root
        self._changed = Event()
        self._observer = Observer()
        self._folders: list[tuple[Path, int]] = []

    def start(self) -> None:
        """Begins to watch: as the system tells of changes, and by looking where it cannot."""
        # When a watch ends, the library may tell as an error that it has ended. What it cannot watch it raises.
        logging.getLogger("watchdog.observers.inotify").setLevel(logging.CRITICAL)
        try:
            self._schedule()
            self._observer.start()
        except OSError:
            self._observer = PollingObserver(timeout=0.3)
            self._schedule()
            self._observer.start()
        # What changed before this was not seen.
        self._changed.set()

    def stop(self) -> None:
        """Ends watching."""
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def wait(self) -> None:
        """Waits for a change, and then until no more come at once."""
        while not self._changed.wait(_EVERY):
            if self._now() != self._folders:
                self._observer.unschedule_all()
                self._schedule()
                break
        began = time.monotonic()
        self._changed.clear()
        while self._changed.wait(_QUIET) and time.monotonic() - began < _LONGEST:
            self._changed.clear()
        self._changed.clear()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Notes a change to a file of the handbook."""
        of_folder = event.is_directory and event.event_type == "modified"
        if (
            event.event_type in _CHANGES
            and not of_folder
            and any(map(self._is_ours, (event.src_path, event.dest_path)))
        ):
            self._changed.set()

    def _is_ours(self, told: bytes | str) -> bool:
        path = Path(told if isinstance(told, str) else told.decode("utf-8", "surrogateescape"))
        if path.parent == self._root.resolve():
            return path.name in FILES
        return bool(path.name) and path.suffix != ".pyc" and path.name != "__pycache__"

    def _now(self) -> list[tuple[Path, int]]:
        """The folders that are there, a link followed, each with what tells it from another in its place."""
        folders = ((self._root / name).resolve() for name in (*FOLDERS, THEME))
        return [(folder, folder.stat().st_ino) for folder in folders if folder.is_dir()]

    def _schedule(self) -> None:
        self._folders = self._now()
        self._observer.schedule(self, str(self._root.resolve()))
        for folder, _ in self._folders:
            self._observer.schedule(self, str(folder), recursive=True)
