"""An edition's site held in memory, each file made when somebody first asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from threading import Lock
from traceback import extract_tb

from jinja2 import BytecodeCache, TemplateError, TemplateSyntaxError
from jinja2.bccache import Bucket

from handbook.build.checked_edition import checked_edition
from handbook.build.failure import BuildFailed
from handbook.build.generated_files import Files
from handbook.build.mkdocs.configuration import configuration, site_builder
from handbook.editions.past import past_folder
from handbook.files.site_marker import BUILT
from handbook.loading.mkdocs_config import CONFIG_FILE
from handbook.model.editions import Edition
from handbook.model.locations import ENGINE, OVERRIDES, THEME
from handbook.model.problems import Problem
from handbook.preview.in_memory_cache import InMemoryCache


class PreviewSite:
    """The files of an edition by their address, each made once. Safe to use from several threads."""

    def __init__(self, makers: Mapping[str, Callable[[], bytes]], folders: Mapping[str, Callable[[], Files]]):
        self._makers, self._folders = makers, dict(folders)
        self._files: Files = {}
        self._lock = Lock()

    @property
    def addresses(self) -> set[str]:
        """The address of every file."""
        with self._lock:
            for folder in list(self._folders):
                self._make_folder(folder)
            return {*self._files, *self._makers}

    def file(self, address: str) -> bytes | None:
        """Return the content of the file at an address, or None where there is none."""
        with self._lock:
            folder = address.rpartition("/")[0]
            if folder in self._folders:
                self._make_folder(folder)
            elif address not in self._files and address in self._makers:
                self._files[address] = self._makers[address]()
            return self._files.get(address)

    def _make_folder(self, folder: str) -> None:
        self._files |= self._folders.pop(folder)()


class TemplateCache(BytecodeCache):
    """Compiled templates, kept in memory from one site to the next while their text is unchanged."""

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._code.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.checksum, bucket.bytecode_to_string()


def preview_site(
    root: Path, edition: Edition, as_at: date | None, cache: InMemoryCache, templates: TemplateCache
) -> PreviewSite:
    """Check the handbook as it now is, and return its site. Raises BuildFailed, always with problems."""
    folder = past_folder(root, edition, as_at) if as_at else root / BUILT / edition
    try:
        config = configuration(root, edition, folder, plugins={})
        checked = checked_edition(root, edition, folder, as_at, cache)
        cache.save(checked.handbook)
        # The preview is served from the root of its server, wherever the site will be.
        builder = site_builder(config, checked, cache.on_demand, base_path="/", bytecode_cache=templates)
        site = PreviewSite(builder.makers(), builder.folder_makers())
        # A mistake in a template is found when a page is made.
        site.file("index.html")
    except TemplateError as error:
        raise BuildFailed(str(error), [_template_problem(root, error)]) from None
    except BuildFailed as error:
        # What is wrong with a folder or the code is told of the configuration, and not of a line in it.
        problem = Problem(CONFIG_FILE, 1, str(error).rstrip("."), "Mend that, and save the file")
        raise BuildFailed(str(error), error.problems or [problem]) from None
    return site


def _template_problem(root: Path, error: TemplateError) -> Problem:
    """A mistake in a template as a problem at its line."""
    places = [(frame.filename, frame.lineno or 1) for frame in extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        places.append((error.filename or "", error.lineno))
    shown = [
        (Path(path).relative_to(top).as_posix(), line)
        for path, line in places
        for top, folder in ((root, root / OVERRIDES), (ENGINE.parent, THEME))
        if Path(path).is_relative_to(folder)
    ]
    path, line = shown[-1] if shown else (OVERRIDES, 1)
    return Problem(path, line, f"The template cannot be used ({error.message})", "Mend it, and save the file")
