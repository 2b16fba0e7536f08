"""The styles, scripts and fonts of our own look among the files that MkDocs knows."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from .assets import HASHED, with_hashes


def add_look(files: Files, config: MkDocsConfig) -> None:
    """Adds the files of our own look. Of the theme's, thousands to look through, a handbook uses none."""
    files.add_files_from_theme(Environment(loader=FileSystemLoader(config.theme.custom_dir)), config)


def add_made(files: Files, config: MkDocsConfig, path: str, content: bytes) -> None:
    """Adds a file that is made by the build."""
    files.append(File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED))


def name_by_content(files: Files, config: MkDocsConfig) -> dict[str, str]:
    """Gives our own styles, scripts and fonts the names under which browsers may keep them.

    Gives the name of each by the one that pages and templates call it.
    """
    names = {}
    ours = {
        file.src_uri: file
        for file in files
        if file.src_dir == config.theme.custom_dir and Path(file.src_uri).suffix in HASHED
    }
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
