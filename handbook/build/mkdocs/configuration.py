"""MkDocs' configuration of an edition, and the site builder that follows from it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# Material prints a long notice about MkDocs 2 at import unless it is told not to.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from jinja2 import BytecodeCache, pass_context  # noqa: E402
from jinja2.runtime import Context  # noqa: E402
from mkdocs.config import load_config  # noqa: E402
from mkdocs.config.defaults import MkDocsConfig  # noqa: E402
from mkdocs.exceptions import MkDocsException  # noqa: E402
from mkdocs.utils import normalize_url  # noqa: E402

from handbook.build.failure import BuildFailed  # noqa: E402
from handbook.build.site_builder import SiteBuilder, SiteTheme  # noqa: E402
from handbook.build.theme_assets import read_theme_assets  # noqa: E402
from handbook.cache.build_cache import BuildCache  # noqa: E402
from handbook.editions.check import check  # noqa: E402
from handbook.loading.mkdocs_config import CONFIG_FILE, PARTNER_FILE, read_site  # noqa: E402
from handbook.loading.rendered_edition import RenderedEdition  # noqa: E402
from handbook.model.editions import Edition  # noqa: E402
from handbook.model.locations import THEME  # noqa: E402
from handbook.model.problems import Problem, Severity  # noqa: E402

CONFIG_FILES = {Edition.INTERNAL: CONFIG_FILE, Edition.PARTNER: PARTNER_FILE}


def configuration(root: Path, edition: Edition, site_dir: Path | None = None, **options: Any) -> MkDocsConfig:
    """Read MkDocs' configuration of an edition, with `site_dir` and `options` in place of what the file says.

    Raises BuildFailed for one that cannot be used, with the problems.
    """
    if any(problem.severity is Severity.ERROR for problem in read_site(root)[1]):
        # MkDocs would stop before our plugin can say in plain words what is wrong.
        found = check(root).errors
        raise BuildFailed("\n".join(map(str, found)), found)
    options |= {"site_dir": str(site_dir)} if site_dir else {}
    messages = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        path = str(root / CONFIG_FILES[edition])
        return load_config(config_file=path, strict=True, **options)
    except MkDocsException as error:
        raise BuildFailed(str(error), messages.problems) from None
    finally:
        logger.removeHandler(messages)


def site_builder(
    config: MkDocsConfig,
    edition: RenderedEdition,
    cache: BuildCache,
    *,
    base_path: str | None = None,
    bytecode_cache: BytecodeCache | None = None,
) -> SiteBuilder:
    """Return the builder of a checked edition's site, with the theme and settings of `config`.

    `base_path` is the path of the site's root where it is served; without one it is that of `site_url`.
    `bytecode_cache` keeps compiled templates from one builder to the next.
    """
    settings = edition.handbook.settings
    config.site_name, config.site_description = settings.title, settings.description
    assets = read_theme_assets(_add_engine_theme(config))
    _use_hashed_names(config, assets.names)
    environment = config.theme.get_env()
    environment.bytecode_cache = bytecode_cache
    environment.filters["url"] = _url_filter(assets.names)
    site_url = config.site_url or ""
    theme = SiteTheme(
        environment, {"config": config}, tuple(sorted(config.theme.static_templates)), assets.files, site_url
    )
    return SiteBuilder(edition, cache, theme, base_path or urlsplit(site_url or "/").path)


def _add_engine_theme(config: MkDocsConfig) -> list[Path]:
    """Put the engine's theme between the handbook's overrides, which win, and Material. Return these two folders.

    Of Material's own assets, thousands of icons, none is used.
    """
    overrides = [config.theme.custom_dir] if config.theme.custom_dir else []
    if os.fspath(THEME) not in config.theme.dirs:
        config.theme.dirs.insert(len(overrides), os.fspath(THEME))
    return [*map(Path, overrides), THEME]


def _use_hashed_names(config: MkDocsConfig, names: Mapping[str, str]) -> None:
    """Put the names that hold a hash in place of the styles and scripts that the configuration lists."""
    config.extra_css = [names.get(path, path) for path in config.extra_css]
    for index, script in enumerate(config.extra_javascript):
        if isinstance(script, str):
            config.extra_javascript[index] = names.get(script, script)
        else:
            script.path = names.get(script.path, script.path)


def _url_filter(names: Mapping[str, str]) -> Callable[[Context, str], str]:
    """MkDocs' `url` filter, which leads to an asset under the name in `names`.

    All pages of a folder have the same way to an address, so that it is worked out once for each folder.
    """
    known: dict[tuple[str, str, str], str] = {}

    @pass_context
    def url(context: Context, value: str) -> str:
        page = context["page"]
        key = (value, page.url.rpartition("/")[0] if page else "", context["base_url"])
        if key not in known:
            known[key] = normalize_url(names.get(value, value), page, context["base_url"])
        return known[key]

    return url


class _Messages(logging.Handler):
    """Collects what MkDocs says is wrong with its configuration. It names no line."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage().rstrip(".")
        self.problems.append(Problem(CONFIG_FILE, 1, words, "Mend that, and save the file"))
