"""The site of one edition: every file by its address, each made when it is asked for.

`mkdocs build`, `handbook build` and the preview all take their files from here, so that they cannot differ.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import Environment

from handbook.build.generated_files import Files, file_makers, folder_makers
from handbook.cache.build_cache import BuildCache
from handbook.editions.page_rendering import RenderedPage, render_pages
from handbook.editions.redirects import redirect_target, redirects
from handbook.editions.template_context import (
    PageNavigation,
    SiteNavigation,
    SitePage,
    TemplateGlobals,
    page_context,
)
from handbook.files.site_marker import SiteMarker
from handbook.loading.page import DOCS, Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros.tags import curly
from handbook.model.addresses import relative
from handbook.model.periods import day_in_words

_PAGE, _REDIRECT = "main.html", "redirect.html"
_SITEMAP = "sitemap.xml"


@dataclass(frozen=True)
class SiteTheme:
    """A theme and the settings that its templates need, as the adapter of a site generator reads them.

    `context` is given to every template; `static_templates` are those that each make a file of their
    own name; `assets` holds the theme's other files by their addresses.
    """

    environment: Environment
    context: Mapping[str, Any]
    static_templates: tuple[str, ...]
    assets: Mapping[str, bytes]
    site_url: str = ""


@dataclass(frozen=True)
class SiteFile:
    """A file of the site. `data` makes its bytes; `digest` is their SHA-256 where it is known without making them."""

    data: Callable[[], bytes]
    digest: str | None = None


class SiteBuilder:
    """Makes the files of one checked edition.

    `cache` keeps the results for pages and generated files. `base_path` is the path of the site's root on
    its server, which the page for addresses that do not exist needs: it is shown at any address.
    """

    def __init__(self, edition: RenderedEdition, cache: BuildCache, theme: SiteTheme, base_path: str = "/"):
        self.edition, self.cache, self.site_url = edition, cache, theme.site_url
        self._theme, self._base_path = theme, base_path
        self._globals = TemplateGlobals.of(edition)
        self._pages = {path: SitePage(edition, page, theme.site_url) for path, page in edition.pages.items()}
        self._navigation = SiteNavigation(edition, self._pages)
        self._environment = theme.environment
        self._environment.globals["handbook"] = self._globals
        self._environment.filters["day"] = day_in_words
        self._environment.filters["curly"] = curly

    @property
    def marker(self) -> SiteMarker:
        """The marker of this edition while its files are being written."""
        return SiteMarker(self.edition.store.edition, self.edition.store.as_at.isoformat())

    def render_pages(self) -> dict[str, RenderedPage]:
        """Return every page by its address, rendered or taken from the cache."""
        results = self.cache.results_of(f"{self.edition.store.edition}.html")
        pages = render_pages(self.edition, results, self._render_page)
        return {self._pages[path].url: page for path, page in pages.items()}

    def files(self, pages: Mapping[str, RenderedPage], generated: Files) -> dict[str, SiteFile]:
        """Return every file of the site by its address, given the rendered pages and the generated files."""
        return {
            **{address: SiteFile(make) for address, make in self._static_makers().items()},
            **{address: SiteFile(partial(bytes, content)) for address, content in generated.items()},
            **{address: SiteFile(page.data, page.digest) for address, page in pages.items()},
        }

    def makers(self) -> dict[str, Callable[[], bytes]]:
        """Return what makes each file by its address, the page at it included, beside those of `folder_makers`."""
        return {
            **self._static_makers(),
            **file_makers(self.edition, self.cache, self.site_url),
            **{page.url: partial(self._render_page, path) for path, page in self._pages.items()},
        }

    def folder_makers(self) -> dict[str, Callable[[], Files]]:
        """Return what makes all files of a folder, by the folder, where their addresses depend on their content."""
        return folder_makers(self.edition, self.cache)

    def _static_makers(self) -> dict[str, Callable[[], bytes]]:
        """The files that are neither pages nor generated from all of them."""
        render = cache(self._render_static)
        docs = self.edition.handbook.root / DOCS
        makers: dict[str, Callable[[], bytes]] = {
            **{address: partial(bytes, content) for address, content in self._theme.assets.items()},
            **{path: partial(Path.read_bytes, docs / path) for path in sorted(self.edition.files())},
            **{old: partial(self._render_redirect, old, page) for old, page in redirects(self.edition).items()},
            **{name: partial(render, name) for name in self._theme.static_templates},
        }
        if _SITEMAP in makers:
            makers[f"{_SITEMAP}.gz"] = lambda: self._compress(_SITEMAP, render(_SITEMAP))
        return makers

    def _render_page(self, path: str) -> bytes:
        page = self._pages[path]
        return self._render(_PAGE, page_context(self.edition, self._globals.site, page, self._navigation))

    def _render_redirect(self, old: str, page: Page) -> bytes:
        base_url = relative(".", old.rpartition("/")[0])
        return self._render(_REDIRECT, {"page": page, "way": redirect_target(old, page), "base_url": base_url})

    def _render_static(self, name: str) -> bytes:
        # As MkDocs' sitemap template takes them, in the order in which MkDocs finds them.
        pages = [{"page": page} for _, page in sorted(self._pages.items(), key=lambda item: _order(item[0]))]
        context = {"page": None, "pages": pages, "nav": PageNavigation(self._navigation), "base_url": self._base_path}
        return self._render(name, context)

    def _render(self, template: str, context: Mapping[str, Any]) -> bytes:
        html = self._environment.get_template(template).render({**self._theme.context, **context})
        return html.encode("utf-8", "xmlcharrefreplace")

    def _compress(self, name: str, content: bytes) -> bytes:
        """Compress a file, dated by the day that the site speaks for so that its bytes do not depend on the clock."""
        as_at = self.edition.store.as_at
        time = datetime(as_at.year, as_at.month, as_at.day, tzinfo=UTC)
        buffer = BytesIO()
        with gzip.GzipFile(f"{name}.gz", "wb", fileobj=buffer, mtime=time.timestamp()) as file:
            file.write(content)
        return buffer.getvalue()


def _order(path: str) -> tuple[list[str], bool, str]:
    """Folder after folder, in each its index first."""
    *folders, name = path.split("/")
    return folders, name != "index.md", name
