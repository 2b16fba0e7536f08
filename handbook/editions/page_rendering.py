"""Rendering an edition's pages through the theme's templates, with unchanged pages taken from the cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from handbook.cache.cache_file import CachedResult
from handbook.cache.fingerprints import Fingerprints
from handbook.cache.result_cache import ResultCache
from handbook.editions.navigation import menus
from handbook.editions.template_context import TemplateGlobals
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros.view import SiteContext
from handbook.model.dependencies import read


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

    Beside what a template reads of records and pages, it depends on `content:<path>`, `menu:<path>` and `foot:*`.
    """
    fingerprint = fingerprints(edition)
    shown = cache(lambda: _hashes(menus(edition)))
    fingerprint.add("menu", lambda path: shown().get(path))
    fingerprint.add("foot", lambda _: _hash([(page.url, page.header) for page in TemplateGlobals.of(edition).about]))

    def work(path: str) -> tuple[str, bytes]:
        read(f"pages:{path}")
        read(f"content:{path}")
        html = render(path)
        return sha256(html).hexdigest(), html

    return {
        path: RenderedPage(result.value, result)
        for path, result in results.results(edition.pages, work, fingerprint).items()
    }


def fingerprints(edition: RenderedEdition) -> Fingerprints:
    """Return the fingerprints of what an edition holds, the analysed content of its pages included."""
    found = Fingerprints(edition.handbook, SiteContext(edition.store, edition.pages))
    found.add("content", lambda path: _of_content(edition, path) if path in edition.known else None)
    return found


def _of_content(edition: RenderedEdition, path: str) -> str:
    """The hash of what a page holds and of what it reads, since the date it was last updated rests on the second."""
    facts = edition.facts(path)
    return sha256(f"{facts.content} {sorted(facts.uses)}".encode()).hexdigest()[:20]


def _hashes(values: Mapping[str, Any]) -> dict[str, str]:
    """The hash of each value, worked out once for names that share one value."""
    known = {id(value): _hash(value) for value in {id(value): value for value in values.values()}.values()}
    return {name: known[id(value)] for name, value in values.items()}


def _hash(value: Any) -> str:
    return sha256(repr(value).encode()).hexdigest()[:20]
