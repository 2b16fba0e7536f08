"""An edition as a build would make it, held in memory: each file is made when somebody asks for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from copy import copy
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock
from traceback import extract_tb
from typing import Any

from jinja2 import BytecodeCache, TemplateError, TemplateSyntaxError
from jinja2.bccache import Bucket
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import Files as MkDocsFiles
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import get_navigation

from handbook.build.failure import BuildFailed
from handbook.build.generated_files import Files, makers, makers_of_folders
from handbook.build.mkdocs.build import configuration
from handbook.build.mkdocs.theme_assets import add_theme_files
from handbook.cache.build_cache import BuildCache
from handbook.editions.past import past_folder
from handbook.editions.redirects import redirects, way
from handbook.model.editions import Edition
from handbook.model.locations import ENGINE, OVERRIDES, THEME
from handbook.model.problems import Problem
from handbook.preview.in_memory_cache import InMemoryCache

# What MkDocs' own reading of the configuration says is told of this file, and not of a line in it.
_CONFIGURATION = "mkdocs.yml"


class PreviewSite:
    """The files of an edition by their address. Each is made once."""

    def __init__(self, makers: Mapping[str, Callable[[], bytes]], folders: Mapping[str, Callable[[], Files]]):
        self._makers, self._folders = makers, dict(folders)
        self._made: Files = {}
        self._lock = Lock()

    @property
    def addresses(self) -> set[str]:
        """The address of every file."""
        with self._lock:
            for folder in list(self._folders):
                self._make_all(folder)
            return {*self._made, *self._makers}

    def file(self, address: str) -> bytes | None:
        """The content of the file at an address, or None where there is none."""
        with self._lock:
            folder = address.rpartition("/")[0]
            if folder in self._folders:
                self._make_all(folder)
            elif address not in self._made and address in self._makers:
                self._made[address] = self._makers[address]()
            return self._made.get(address)

    def _make_all(self, folder: str) -> None:
        self._made |= self._folders.pop(folder)()


class TemplateCache(BytecodeCache):
    """Compiled templates, held from one site to the next while their text is the same."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._code.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.checksum, bucket.bytecode_to_string()


def assemble(
    root: Path, edition: Edition, as_at: date | None, keep: InMemoryCache | None, templates: TemplateCache
) -> PreviewSite:
    """The site as MkDocs would build it from what the handbook now holds. Raises BuildFailed, with the problems.

    The steps are those of MkDocs' own build, up to where it begins to write.
    """
    said = _Said()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(said)
    try:
        config = configuration(root, edition, past_folder(root, edition, as_at) if as_at else None)
        handbook: Any = config.plugins["handbook"]
        handbook.config.as_at, handbook.held, handbook.writes = str(as_at or ""), keep, False
        config.plugins.on_startup(command="serve", dirty=False)
        try:
            site = _assembled(config, handbook, templates)
            # A mistake in a template of the look is found when a page is made.
            site.file("index.html")
            return site
        except TemplateError as error:
            raise BuildFailed(str(error), [_in_template(root, error)]) from None
        except MkDocsException as error:
            raise BuildFailed(str(error), handbook.problems or said.problems(str(error))) from None
        finally:
            config.plugins.on_shutdown()
            handbook.held, handbook.writes, handbook.problems = None, True, ()
    except BuildFailed as error:
        raise BuildFailed(str(error), error.problems or said.problems(str(error))) from None
    finally:
        logger.removeHandler(said)


def _assembled(config: MkDocsConfig, handbook: Any, templates: TemplateCache) -> PreviewSite:
    config = config.plugins.on_config(config)
    env = config.theme.get_env()
    env.bytecode_cache = templates
    files = get_files(config)
    add_theme_files(files, config)
    files = config.plugins.on_files(files, config=config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    beside = handbook.held.beside if handbook.held else BuildCache()
    # MkDocs uses one plugin for all builds of a process, and the next one must not change what this one shows.
    handbook = copy(handbook)
    pages = {file.dest_uri: file for file in files.documentation_pages()}
    for file in pages.values():
        assert file.page is not None
        config.plugins.on_pre_page(file.page, config=config, files=files).read_source(config)
    handbook.teach(env)
    render = handbook.rendering(env, config, files)

    def page(path: str) -> bytes:
        return render(path).encode("utf-8", "xmlcharrefreplace")

    def template(name: str) -> bytes:
        return env.get_template(name).render(get_context(nav, files, config, base_url="/")).encode()

    def moved(old: str, new: str) -> bytes:
        return env.get_template("redirect.html").render(config=config, page=new, way=way(old, new)).encode()

    return PreviewSite(
        {name: partial(template, name) for name in config.theme.static_templates}
        | {file.dest_uri: partial(_content, files, file.src_uri) for file in files if file.dest_uri not in pages}
        | {address: partial(page, file.src_uri) for address, file in pages.items()}
        | {old: partial(moved, old, new) for old, new in redirects(handbook.written).items()}
        | makers(handbook.written, beside, config.site_url or ""),
        makers_of_folders(handbook.written, beside),
    )


def _in_template(root: Path, error: TemplateError) -> Problem:
    """A mistake in a template, at its line in it."""
    at = [(frame.filename, frame.lineno or 1) for frame in extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        at.append((error.filename or "", error.lineno))
    shown = [
        (Path(path).relative_to(top).as_posix(), line)
        for path, line in at
        for top, folder in ((root, root / OVERRIDES), (ENGINE.parent, THEME))
        if Path(path).is_relative_to(folder)
    ]
    path, line = shown[-1] if shown else (OVERRIDES, 1)
    return Problem(path, line, f"The template cannot be used ({error.message})", "Mend it, and save the file")


def _content(files: MkDocsFiles, path: str) -> bytes:
    return files.src_uris[path].content_bytes


class _Said(logging.Handler):
    """What MkDocs says that is wrong, while it assembles."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.words.append(record.getMessage())

    def problems(self, otherwise: str) -> list[Problem]:
        """It as problems, which MkDocs tells without a line."""
        return [
            Problem(_CONFIGURATION, 1, words.rstrip("."), "Mend that, and save the file")
            for words in self.words or [otherwise]
        ]
