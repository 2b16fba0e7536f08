"""Bringing a built edition up to date, be it from nothing: just the files that have changed are written.

What MkDocs reads and renders for every page at each build is known already, from the check and from
what earlier builds kept. What remains is done by MkDocs' own functions and events, so that the folder
is the one that a build from nothing makes, byte for byte.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs.commands.build import _build_theme_template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation

from handbook.build.mkdocs.theme_assets import add_theme_files
from handbook.cache.environment import may_be_kept
from handbook.files.atomic import for_each, remove
from handbook.files.manifest import FileEntry, Found, content_of, entry_of, files_in
from handbook.files.site_marker import MARKER, clear, read_marker, write_marker


class IncrementalBuild:
    """A folder that may be brought up to date, whatever what is in it was made of: every file of the new site is compared."""

    def __init__(self, folder: Path, held: dict[str, FileEntry]):
        self._folder, self._held = folder, held
        self._wanted = {MARKER}

    @classmethod
    def of(cls, root: Path, folder: Path, found: Found = files_in) -> IncrementalBuild | None:
        """The renewal of what a build made in `folder`, from nothing where it is not whole.

        `found` gives the files that are in it. None where code of others may have a part in what is built.
        """
        if not may_be_kept(root):
            return None
        marker = read_marker(folder)
        held = dict(found(folder)) if marker and marker.content else {}
        return cls(folder, held if marker and content_of(held) == marker.content else {})

    def run(self, config: MkDocsConfig) -> None:
        """What MkDocs' own build does from its second step on, with no file written that is there already."""
        plugin: Any = config.plugins["handbook"]
        if not self._held:
            clear(self._folder)
        env = config.theme.get_env()
        files = get_files(config)
        add_theme_files(files, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        for file in files.documentation_pages():
            assert file.page is not None
            config.plugins.on_pre_page(file.page, config=config, files=files).read_source(config)
        env = config.plugins.on_env(env, config=config, files=files)
        for path in config.theme.static_templates:
            remove(self._folder / path)
            _build_theme_template(path, env, files, config, nav)
            self._written(path)
        self._written("sitemap.xml.gz")
        for file in files:
            if not file.is_documentation_page():
                self._put(file.dest_uri, file.content_bytes)
        pages = {files.src_uris[path].dest_uri: page for path, page in plugin.finished.items()}
        self._wanted.update(pages)
        for_each(
            lambda address: self._put(address, pages[address].data),
            [address for address, page in pages.items() if not self._holds(address, page.digest)],
        )
        for path in self._held.keys() - self._wanted:
            self._remove(path)
        write_marker(self._folder, plugin.marker(content_of(self._held)))
        self._written(MARKER)

    @property
    def files(self) -> dict[str, FileEntry]:
        """The files that are in the folder, in order."""
        return dict(sorted(self._held.items(), key=lambda each: each[0].split("/")))

    def _holds(self, path: str, digest: str) -> bool:
        return path in self._held and self._held[path].sha256 == digest

    def _put(self, path: str, data: bytes) -> None:
        self._wanted.add(path)
        entry = entry_of(data)
        if self._held.get(path) != entry:
            target = self._folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            self._held[path] = entry

    def _remove(self, path: str) -> None:
        """Removes a file, and the folders that are empty without it."""
        remove(self._folder / path)
        del self._held[path]
        for folder in (self._folder / path).parents:
            if folder == self._folder or any(folder.iterdir()):
                return
            folder.rmdir()

    def _written(self, path: str) -> None:
        """Takes note of a file that MkDocs may have written."""
        with suppress(FileNotFoundError):
            self._held[path] = entry_of((self._folder / path).read_bytes())
            self._wanted.add(path)
