"""Writing a site to its folder: only files that differ from those already there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from handbook.build.site_builder import SiteFile
from handbook.files.atomic import for_each, remove
from handbook.files.manifest import FileEntry, FilesIn, content_of, entry_of, files_in
from handbook.files.site_marker import MARKER, SiteMarker, clear, read_marker, write_marker


class IncrementalBuild:
    """A site's folder and the files that are known to be in it.

    The folder holds a marker from before the first file is written until after the last one is
    removed, so that a build that was killed leaves a folder that the next one knows.
    """

    def __init__(self, folder: Path, files: Mapping[str, FileEntry] | None = None):
        self._folder = folder
        self._files = dict(files or {})

    @classmethod
    def of(cls, folder: Path, found: FilesIn = files_in) -> IncrementalBuild:
        """Return the folder with what is in it, or as empty where its last build was not finished.

        `found` gives the files in a folder, as `files_in` does.
        """
        marker = read_marker(folder)
        files = found(folder) if marker and marker.content else {}
        return cls(folder, files if marker and content_of(files) == marker.content else {})

    def write(self, site: Mapping[str, SiteFile], marker: SiteMarker) -> dict[str, FileEntry]:
        """Make the folder hold `site` and nothing else, and return the files in it, in order.

        `marker` is completed with the hash of the content when all is written. Raises OSError.
        """
        if not self._files:
            clear(self._folder)
        write_marker(self._folder, marker)
        for_each(
            lambda address: self._put(address, site[address].data()),
            [address for address, file in site.items() if not self._holds(address, file.digest)],
        )
        for path in self._files.keys() - site.keys() - {MARKER}:
            self._remove(path)
        write_marker(self._folder, replace(marker, content=content_of(self._files)))
        self._files[MARKER] = entry_of((self._folder / MARKER).read_bytes())
        return dict(sorted(self._files.items(), key=lambda each: each[0].split("/")))

    def _holds(self, path: str, digest: str | None) -> bool:
        return path in self._files and self._files[path].sha256 == digest

    def _put(self, path: str, data: bytes) -> None:
        entry = entry_of(data)
        if self._files.get(path) != entry:
            target = self._folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            self._files[path] = entry

    def _remove(self, path: str) -> None:
        """Remove a file, and the folders that are empty without it."""
        remove(self._folder / path)
        del self._files[path]
        for folder in (self._folder / path).parents:
            if folder == self._folder or any(folder.iterdir()):
                return
            folder.rmdir()
