"""The door for MkDocs: what happens at each of its events. The work is done elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents, get_toc
from mkdocs.utils.templates import TemplateContext

from handbook.build.generated_files import Files as MadeFiles
from handbook.build.generated_files import being_made, made_files
from handbook.build.mkdocs.macro_environment import MacroEnvironment
from handbook.build.mkdocs.theme_assets import add_made, add_theme, addresses, name_by_content, theme_folders
from handbook.cache.build_cache import BuildCache
from handbook.editions.check import look_over
from handbook.editions.navigation import navigation
from handbook.editions.page_rendering import (
    TEMPLATE,
    AnalysedPage,
    RenderedPage,
    RenderedTemplates,
    TemplateGlobals,
    TrackedAttributes,
    framed,
)
from handbook.editions.past import earlier_day
from handbook.editions.redirects import redirects, way
from handbook.files.atomic import reason
from handbook.files.manifest import content_of, files_in
from handbook.files.site_marker import FolderRefused, SiteMarker, check_code, check_folder, clear, write_marker
from handbook.loading.macro_package import load_macros
from handbook.loading.macro_registry import MacroFunction, MacroRegistry
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros.figures import report_name
from handbook.macros.tags import curly
from handbook.macros.view import View
from handbook.model.editions import Edition
from handbook.model.locations import OVERRIDES, THEME
from handbook.model.periods import day_in_words
from handbook.model.problems import Place, Problem
from handbook.model.record_kinds import Body
from handbook.workers.background import BackgroundTasks


class HandbookConfig(Config):
    """What mkdocs.yml may say of the plugin."""

    edition = config_options.Choice([edition.value for edition in Edition], default=Edition.INTERNAL.value)
    # An earlier day, for the edition as it stood then. Never in mkdocs.yml itself, where it would be published.
    as_at = config_options.Type((str, date), default="")


class HandbookPlugin(BasePlugin[HandbookConfig]):
    """Checks the handbook, gives MkDocs one edition of it, and nothing else."""

    keeps = False  # True for a build that may use what earlier ones kept, and keeps what it finds.
    writes = True  # False for a preview, which stays in memory.
    meanwhile: BackgroundTasks | None = None  # Does what need not wait for the build, or the build for it.
    held: BuildCache | None = (
        None  # What a preview holds in memory from build to build, in place of what is on the disk.
    )
    problems: Sequence[Problem] = ()  # What stopped the build, where the handbook is at fault.
    keep: BuildCache
    macros: MacroRegistry
    written: RenderedEdition
    known: TemplateGlobals
    nav: Navigation
    made: Callable[[], MadeFiles]  # What gives every file that is made from all pages and records.
    finished: dict[str, RenderedPage]  # Every page as it is published, by its path below docs/.
    # The assets whose name holds a hash, by the name that pages and templates give them.
    assets: dict[str, str]

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """What MkDocs can do that a handbook must not."""
        if dirty:
            raise PluginError("A build with --dirty leaves pages that are out of date. Leave it out.")
        if command == "gh-deploy":
            raise PluginError("mkdocs gh-deploy publishes what nobody has audited. Use handbook build.")

    @event_priority(100)
    def _load_macros(self, config: MkDocsConfig) -> MkDocsConfig:
        """Before mkdocs-macros-plugin: load the handbook's macros, and tell in plain words what is wrong with them.

        The plugin then finds this package, whatever else of its name is installed.
        """
        root = Path(config.config_file_path).parent
        try:
            check_code(root)
            as_at = earlier_day(str(self.config.as_at))
            check_folder(root, Path(config.site_dir), self.config.edition, str(as_at or ""))
        except FolderRefused as error:
            raise PluginError(str(error)) from None
        self.macros = load_macros(root)
        if self.macros.problems:
            self._check(config)
        return config

    @event_priority(-100)
    def _check(self, config: MkDocsConfig) -> MkDocsConfig:
        """Before anything is wiped or read: refuse to go on while anything is wrong."""
        root = Path(config.config_file_path).parent
        as_at = earlier_day(str(self.config.as_at))
        if "macros" in config.plugins and not self.macros.problems:
            self.macros = _registered(config.plugins["macros"].macros, root)
        # The past is built seldom, and from nothing.
        self.keep = self.held or (BuildCache.of(root) if self.keeps and not as_at else BuildCache())
        found = look_over(root, [Edition(self.config.edition)], as_at, self.keep, self.macros)
        if found.handbook and (found.errors or not self.writes):
            self.keep.save(found.handbook)
        self.problems = found.errors
        if found.errors:
            count = len(found.errors)
            lines = "\n".join(map(str, found.errors))
            raise PluginError(f"{count} {'problem' if count == 1 else 'problems'} in the handbook:\n{lines}")
        self.written = found.editions[Edition(self.config.edition)]
        self.known = TemplateGlobals.of(self.written)
        self.assets = {}
        add_theme(config)
        what = self.written, self.keep, config.site_url or ""
        self.made = self.meanwhile.begin(being_made(*what)) if self.meanwhile else partial(made_files, *what)
        settings = self.written.handbook.settings
        config.site_name = settings.title
        config.site_description = settings.description
        if "macros" in config.plugins:
            # Pages are evaluated from their syntax tree by the handbook, not compiled by the plugin.
            config.plugins["macros"]._env = MacroEnvironment()
        return config

    on_config = CombinedEvent(_load_macros, _check)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """MkDocs empties the folder next. It is done here first, so that its marker is the last to go."""
        clear(Path(config.site_dir))

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Only the pages of this edition, what they use, and our own styles and scripts."""
        if self.writes:
            write_marker(Path(config.site_dir), self.marker())
        wanted = self.written.files() | set(self.written.pages)
        kept = None, config.docs_dir, *theme_folders(config)
        for file in list(files):
            of_material = file.src_dir not in kept
            if of_material or file.src_dir == config.docs_dir and file.src_uri not in wanted:
                files.remove(file)
            else:
                file.inclusion = InclusionLevel.INCLUDED
        for path in self.written.pages:
            _Page(self.written, files.src_uris[path], config)
        config.nav = navigation(self.written)
        self.assets = name_by_content(files, config)
        return files

    def on_nav(self, nav: Navigation, **_: Any) -> None:
        """The menu, for the pages that are made before MkDocs comes to them."""
        self.nav = nav

    def on_pre_page(self, page: MkDocsPage, **_: Any) -> MkDocsPage:
        """The site's date is the day it speaks for, so that a build does not depend on the clock."""
        page.update_date = self.written.store.as_at.isoformat()
        return page

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """The files that are made when every page has been read, and every page in its frame."""
        self.teach(env)
        for old, page in redirects(self.written).items():
            moved = env.get_template("redirect.html").render(config=config, page=page, way=way(old, page))
            add_made(files, config, old, moved.encode())
        memo = self.keep.memo(f"{self.config.edition}.html")
        self.finished = framed(self.written, memo, self.rendering(env, config, files))
        # Two copies of a process hold less one after the other. Where all is new it is this process that makes the files.
        first = self.keep.many_are_new
        self._save(first)
        for path, content in self.made().items():
            add_made(files, config, path, content)
        self._save(not first)
        return RenderedTemplates(env, self.finished)

    def _save(self, now: bool) -> None:
        """Begins to write what holds to the disk."""
        if now and self.meanwhile and self.keeps:
            self.meanwhile.do(partial(self.keep.save, self.written.handbook))

    def teach(self, env: Environment) -> None:
        """What the theme's templates know everywhere."""
        env.globals["handbook"] = self.known
        env.filters["day"] = day_in_words
        env.filters["curly"] = curly
        env.filters["url"] = addresses(self.assets)

    def rendering(self, env: Environment, config: MkDocsConfig, files: Files) -> Callable[[str], str]:
        """What fills the template for the page at a path."""
        template = env.get_template(TEMPLATE)

        def render(path: str) -> str:
            page = files.src_uris[path].page
            assert page is not None
            page.active = True
            html = template.render(self._context(get_context(self.nav, [], config, page), page))
            page.active = False
            return html

        return render

    def _context(self, context: TemplateContext, page: MkDocsPage) -> dict[str, Any]:
        """What the theme's templates show around a page."""
        written = self.written.pages[page.file.src_uri]
        view = View(self.known.site, written)
        context = {
            **context,
            "nav": TrackedAttributes(self.nav, f"menu:{written.path}", free=("homepage",)),
            "header": written.header,
        }
        del context["pages"]
        leads = view.store.some(Body, filter(None, [written.header.lead]))
        context["lead"] = leads[0].name if leads else ""
        context["changed"] = self.written.changed(written.path)
        context["report"] = report_name(view)
        context["edit_address"] = view.edit_address(Place(written.shown, 1))
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Only a site that is finished says what it holds."""
        folder = Path(config.site_dir)
        write_marker(folder, self.marker(content_of(files_in(folder))))

    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        """A full disk, or one that cannot be written to, is told in a sentence."""
        if isinstance(error, OSError):
            raise PluginError(f"The site could not be written ({reason(error)}).") from None

    def on_serve(self, server: Any, *, config: MkDocsConfig, **_: Any) -> Any:
        for folder in ("data", "macros", OVERRIDES, THEME):
            server.watch(os.fspath(Path(config.config_file_path).parent / folder))
        return server

    def marker(self, content: str = "") -> SiteMarker:
        """The marker of the edition. `content` is one hash for all of it, empty until it is finished."""
        return SiteMarker(self.config.edition, self.written.store.as_at.isoformat(), content)


def _registered(functions: Mapping[str, MacroFunction], root: Path) -> MacroRegistry:
    """The macros that mkdocs-macros-plugin has from the handbook, without those of its own."""
    registry = MacroRegistry(root)
    for name, function in functions.items():
        if not function.__module__.startswith("mkdocs_macros."):
            registry.macro(function, name)
    return registry


class _Page(AnalysedPage, MkDocsPage):
    """A page as MkDocs handles it, which the check has read and made HTML."""

    def __init__(self, written: RenderedEdition, file: File, config: MkDocsConfig):
        self.known, self.path = written, file.src_uri
        super().__init__(None, file, config)

    @property
    def toc(self) -> TableOfContents:
        return get_toc(self.headings)

    @toc.setter
    def toc(self, _: TableOfContents) -> None:
        """What MkDocs would put there is known already."""
