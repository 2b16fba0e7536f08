"""Waiting for a file of the handbook to change."""

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

_QUIET = 0.06  # seconds without a change, after which files that are saved together are taken to be complete
_LONGEST = 1.0  # seconds after which a build begins though files still change
_RESCAN = 1.0  # seconds between checks for a folder that was replaced by another
# Reading a file is an event as well, and would have every build followed by another.
_CHANGES = ("created", "modified", "moved", "deleted", "closed")


class FileWatcher(FileSystemEventHandler):
    """Watches the handbook's files. A change during a build is remembered until the next wait."""

    def __init__(self, root: Path):
        self._root = root
        self._changed = Event()
        self._observer = Observer()
        self._folders: list[tuple[Path, int]] = []

    def start(self) -> None:
        """Start watching by the system's events, or by polling where the system cannot watch."""
        # The library may log the end of a watch as an error. What it cannot watch it raises.
        logging.getLogger("watchdog.observers.inotify").setLevel(logging.CRITICAL)
        try:
            self._schedule()
            self._observer.start()
        except OSError:
            self._observer = PollingObserver(timeout=0.3)
            self._schedule()
            self._observer.start()
        # Changes before this went unseen.
        self._changed.set()

    def stop(self) -> None:
        """Stop watching."""
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()

    def wait(self) -> None:
        """Wait for a change, and then until changes cease for a moment."""
        while not self._changed.wait(_RESCAN):
            if self._existing_folders() != self._folders:
                self._observer.unschedule_all()
                self._schedule()
                break
        began = time.monotonic()
        self._changed.clear()
        while self._changed.wait(_QUIET) and time.monotonic() - began < _LONGEST:
            self._changed.clear()
        self._changed.clear()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Remember a change to a file of the handbook."""
        is_folder = event.is_directory and event.event_type == "modified"
        if (
            event.event_type in _CHANGES
            and not is_folder
            and any(map(self._is_watched, (event.src_path, event.dest_path)))
        ):
            self._changed.set()

    def _is_watched(self, name: bytes | str) -> bool:
        path = Path(name if isinstance(name, str) else name.decode("utf-8", "surrogateescape"))
        if path.parent == self._root.resolve():
            return path.name in FILES
        return bool(path.name) and path.suffix != ".pyc" and path.name != "__pycache__"

    def _existing_folders(self) -> list[tuple[Path, int]]:
        """The watched folders that exist, links resolved, each with its inode, which differs once it is replaced."""
        folders = ((self._root / name).resolve() for name in (*FOLDERS, THEME))
        return [(folder, folder.stat().st_ino) for folder in folders if folder.is_dir()]

    def _schedule(self) -> None:
        self._folders = self._existing_folders()
        self._observer.schedule(self, str(self._root.resolve()))
        for folder, _ in self._folders:
            self._observer.schedule(self, str(folder), recursive=True)
