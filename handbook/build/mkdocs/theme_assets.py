"""The engine's theme and the handbook's overrides among the folders and files that MkDocs knows, and their addresses."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils.templates import TemplateContext, url_filter

from handbook.files.hashed_names import HASHED, with_hashes
from handbook.model.locations import THEME


def add_theme(config: MkDocsConfig) -> None:
    """Put the engine's theme between the handbook's overrides, which win, and Material."""
    dirs = config.theme.dirs
    if os.fspath(THEME) not in dirs:
        dirs.insert(len(_overrides(config)), os.fspath(THEME))


def theme_folders(config: MkDocsConfig) -> list[str]:
    """The handbook's overrides and the engine's theme. Of Material's own styles and scripts none is used."""
    return [*_overrides(config), os.fspath(THEME)]


def _overrides(config: MkDocsConfig) -> list[str]:
    return [config.theme.custom_dir] if config.theme.custom_dir else []


def add_theme_files(files: Files, config: MkDocsConfig) -> None:
    """Add the styles, scripts and fonts of `theme_folders`. Material's, thousands of icons, are not even listed."""
    files.add_files_from_theme(Environment(loader=FileSystemLoader(theme_folders(config))), config)


def add_made(files: Files, config: MkDocsConfig, path: str, content: bytes) -> None:
    """Adds a file that is made by the build."""
    files.append(File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED))


def name_by_content(files: Files, config: MkDocsConfig) -> dict[str, str]:
    """Gives our own styles, scripts and fonts the names under which browsers may keep them.

    Gives the name of each by the one that pages and templates call it.
    """
    names = {}
    folders = theme_folders(config)
    ours = {file.src_uri: file for file in files if file.src_dir in folders and Path(file.src_uri).suffix in HASHED}
    for path, (name, content) in with_hashes({path: file.content_bytes for path, file in ours.items()}).items():
        files.remove(ours[path])
        add_made(files, config, name, content)
        names[path] = name
    config.extra_css = [names.get(path, path) for path in config.extra_css]
    for index, script in enumerate(config.extra_javascript):
        if isinstance(script, str):
            config.extra_javascript[index] = names.get(script, script)
        else:
            script.path = names.get(script.path, script.path)
    return names


def addresses(names: Mapping[str, str]) -> Callable[[Context, str], str]:
    """MkDocs' own filter for addresses, as a page's links have them, for assets that are in the site under other `names`.

    The way to an address is the same from all pages of a folder.
    """
    known: dict[tuple[str, str, str], str] = {}

    @pass_context
    def url(context: Context, value: str) -> str:
        page = context["page"]
        way = (value, page.url.rpartition("/")[0] if page else "", context["base_url"])
        if way not in known:
            known[way] = url_filter(cast(TemplateContext, context), names.get(value, value))
        return known[way]

    return url
