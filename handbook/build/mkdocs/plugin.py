"""The MkDocs plugin: gives MkDocs the files of a checked edition to write, and nothing to read or render.

`mkdocs build` and `mkdocs serve` thus make what `handbook build` and the preview make.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from handbook.build.checked_edition import check_target, checked_edition
from handbook.build.failure import BuildFailed
from handbook.build.generated_files import generated_files
from handbook.build.mkdocs.configuration import site_builder
from handbook.build.site_builder import SiteBuilder
from handbook.cache.build_cache import BuildCache
from handbook.editions.past import earlier_day
from handbook.files.atomic import reason
from handbook.files.manifest import content_of, files_in
from handbook.files.site_marker import FolderRefused, clear, write_marker
from handbook.loading.macro_package import load_macros
from handbook.loading.macro_registry import MacroFunction, MacroRegistry
from handbook.model.editions import Edition
from handbook.model.locations import OVERRIDES, THEME

# Below the folder of the handbook, but for the last.
_WATCHED = ("data", "macros", OVERRIDES, THEME)


class HandbookConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs gives its __init_subclass__ no types
    """The plugin's options in mkdocs.yml."""

    edition = config_options.Choice([edition.value for edition in Edition], default=Edition.INTERNAL.value)
    # An earlier day, for the edition as it stood then. Never in mkdocs.yml itself, where it would be published.
    as_at = config_options.Type((str, date), default="")


class HandbookPlugin(BasePlugin[HandbookConfig]):  # type: ignore[no-untyped-call]  # nor this one
    """Checks the handbook and puts the files of one edition in place of those that MkDocs found."""

    builder: SiteBuilder
    macros: MacroRegistry

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Refuse what MkDocs can do and a handbook must not."""
        if dirty:
            raise PluginError("A build with --dirty leaves pages that are out of date. Leave it out.")
        if command == "gh-deploy":
            raise PluginError("mkdocs gh-deploy publishes what nobody has audited. Use handbook build.")

    @event_priority(100)
    def _load_macros(self, config: MkDocsConfig) -> MkDocsConfig:
        """Before mkdocs-macros-plugin, load the handbook's macros, and stop with what is wrong with them in plain words.

        The plugin then finds this package, whatever else of its name is installed.
        """
        root, folder = Path(config.config_file_path).parent, Path(config.site_dir)
        try:
            check_target(root, Edition(self.config.edition), folder, earlier_day(str(self.config.as_at)))
        except (BuildFailed, FolderRefused) as error:
            raise PluginError(str(error)) from None
        self.macros = load_macros(root)
        return self._check(config) if self.macros.problems else config

    @event_priority(-100)
    def _check(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the handbook before anything is wiped, and stop with every problem at once."""
        root, folder, cache = Path(config.config_file_path).parent, Path(config.site_dir), BuildCache()
        macros_plugin: Any = config.plugins.get("macros")
        if macros_plugin and not self.macros.problems:
            self.macros = _registered(macros_plugin.macros, root)
        try:
            as_at = earlier_day(str(self.config.as_at))
            edition = checked_edition(root, Edition(self.config.edition), folder, as_at, cache, self.macros)
        except BuildFailed as error:
            raise PluginError(str(error)) from None
        self.builder = site_builder(config, edition, cache)
        # MkDocs has no template to render and no menu to make.
        config.theme.static_templates = set()
        config.nav = []
        return config

    on_config = CombinedEvent(_load_macros, _check)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Empty the site's folder, its marker last, before MkDocs does so in any order."""
        clear(Path(config.site_dir))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Return the files of the site in place of those that MkDocs found."""
        builder = self.builder
        write_marker(Path(config.site_dir), builder.marker)
        generated = generated_files(builder.edition, builder.cache, builder.site_url)
        site = builder.files(builder.render_pages(), generated)
        return Files(_GeneratedFile(config, address, file.data) for address, file in site.items())

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Complete the marker, now that every file is written."""
        folder = Path(config.site_dir)
        write_marker(folder, replace(self.builder.marker, content=content_of(files_in(folder))))

    def on_build_error(self, *, error: Exception) -> None:
        """Tell of a disk that is full or cannot be written to in a sentence."""
        if isinstance(error, OSError):
            raise PluginError(f"The site could not be written ({reason(error)}).") from None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Have `mkdocs serve` build again when records, macros or templates change."""
        for folder in _WATCHED:
            server.watch(os.fspath(Path(config.config_file_path).parent / folder))
        return server


def _registered(functions: Mapping[str, MacroFunction], root: Path) -> MacroRegistry:
    """The macros that mkdocs-macros-plugin has from the handbook, without those of its own."""
    registry = MacroRegistry(root)
    for name, function in functions.items():
        if not function.__module__.startswith("mkdocs_macros."):
            registry.macro(function, name)
    return registry


class _GeneratedFile(File):
    """A file whose bytes are made as MkDocs writes it. A `File.generated` would hold those of the whole site in memory."""

    def __init__(self, config: MkDocsConfig, address: str, make: Callable[[], bytes]):
        super().__init__(address, None, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED)
        self._config, self._make = config, make

    @property
    def content_bytes(self) -> bytes:
        return self._make()

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        self._make = partial(bytes, value)

    def copy_file(self, dirty: bool = False) -> None:
        """Write the file where MkDocs wants it."""
        File.generated(self._config, self.src_uri, content=self._make()).copy_file(dirty)
