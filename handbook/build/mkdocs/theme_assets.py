"""The styles, scripts and fonts of our own look among the files that MkDocs knows, and the addresses of all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils.templates import url_filter

from handbook.files.hashed_names import HASHED, with_hashes


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
            known[way] = url_filter(context, names.get(value, value))
        return known[way]

    return url
