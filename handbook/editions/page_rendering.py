"""Rendering an edition's pages through the theme's templates, with unchanged pages taken from the cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from handbook.cache.database import CachedResult
from handbook.cache.fingerprints import Fingerprints
from handbook.cache.result_cache import ResultCache
from handbook.editions.navigation import menus
from handbook.editions.template_context import TemplateGlobals
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros.view import SiteContext
from handbook.model.canonical import fingerprint as fingerprint_of
from handbook.model.dependencies import DependencyKind, note_dependency


@dataclass(frozen=True)
class RenderedPage:
    """A page as it is published. `digest` is the SHA-256 of its HTML."""

    digest: str
    _result: CachedResult

    def data(self) -> bytes:
        """Return the whole page as it is written."""
        return self._result.body


def render_pages(
    edition: RenderedEdition, results: ResultCache, render: Callable[[str], bytes]
) -> dict[str, RenderedPage]:
    """Return every page by its path, calling `render` with the path of each that is not in `results` or out of date.

    Besides records and pages, a page depends on its content, its menu and the footer.
    """
    fingerprint = fingerprints(edition)
    shown = cache(lambda: _hashes(menus(edition)))
    fingerprint.add(DependencyKind.MENU, lambda path: shown().get(path))
    fingerprint.add(
        DependencyKind.FOOTER,
        lambda: fingerprint_of([page.header_fingerprint for page in TemplateGlobals.of(edition).about]),
    )

    def work(path: str) -> tuple[str, bytes]:
        note_dependency(DependencyKind.PAGE, path)
        note_dependency(DependencyKind.CONTENT, path)
        html = render(path)
        return sha256(html).hexdigest(), html

    return {
        path: RenderedPage(result.value, result)
        for path, result in results.results(edition.pages, work, fingerprint).items()
    }


def fingerprints(edition: RenderedEdition) -> Fingerprints:
    """Return the fingerprints of what an edition holds, the analysed content of its pages included."""
    found = Fingerprints(edition.handbook, SiteContext(edition.store, edition.pages))
    found.add(DependencyKind.CONTENT, lambda path: edition.known[path].fingerprint if path in edition.known else None)
    return found


def _hashes(values: Mapping[str, Any]) -> dict[str, str]:
    """The fingerprint of each value, computed once for names that share one value."""
    known = {id(value): fingerprint_of(value) for value in {id(value): value for value in values.values()}.values()}
    return {name: known[id(value)] for name, value in values.items()}
