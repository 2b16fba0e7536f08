"""The pages of an edition in the frame that the templates put around them, each as it was before if it still is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from typing import Any

from handbook.cache.cache_file import CachedResult
from handbook.cache.fingerprints import Fingerprints
from handbook.cache.result_cache import ResultCache
from handbook.editions.navigation import LARGEST_WHOLE_MENU, menus
from handbook.editions.past import links_of_then
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros.view import SiteContext
from handbook.model.dependencies import read, untraced
from handbook.model.store import Store

TEMPLATE = "main.html"


@dataclass(frozen=True)
class TemplateGlobals:
    """What templates know everywhere of the edition: what they read of it is traced."""

    site: SiteContext
    reviewed: Callable[[str], date | None]
    largest_whole_menu: int = LARGEST_WHOLE_MENU

    @classmethod
    def of(cls, written: RenderedEdition) -> TemplateGlobals:
        return cls(SiteContext(written.store, written.pages), written.reviewed)

    @property
    def store(self) -> Store:
        return self.site.store

    @property
    def pages(self) -> Mapping[str, Page]:
        return self.site.pages

    def page_with(self, name: str, *args: str) -> Page | None:
        """The page that a macro is the heart of."""
        return self.site.with_macro(name, *args)

    @cached_property
    def _about(self) -> list[Page]:
        with untraced():
            pages = [page for page in self.pages.values() if page.folder == "about"]
        return sorted(pages, key=lambda page: page.header.order)

    @property
    def about(self) -> list[Page]:
        """The pages about the handbook itself, in order."""
        read("foot:*")
        return self._about


class TrackedAttributes:
    """A thing of MkDocs' as templates see it: whatever they take from it, they have read `key`, except what is `free`."""

    def __init__(self, thing: Any, key: str, free: tuple[str, ...] = ()):
        self._thing, self._key, self._free = thing, key, free

    def __getattr__(self, name: str) -> Any:
        if name not in self._free:
            read(self._key)
        return getattr(self._thing, name)


class AnalysedPage:
    """What makes a page of MkDocs' one that is read already: what a template takes from it is traced."""

    known: RenderedEdition
    path: str
    _beside: tuple[Any, Any] = (None, None)

    def read_source(self, config: Any) -> None:
        """What the page says was made HTML by the check, and MkDocs has no more to read of it."""
        self.markdown = ""
        self.meta = {"title": self.known.pages[self.path].header.title}

    def render(self, config: Any, files: Any) -> None:
        """The HTML is there when a template asks for it."""

    def validate_anchor_links(self, *, files: Any, log_level: int) -> None:
        """The check has followed every link of the edition."""

    @property
    def headings(self) -> list[dict[str, Any]]:
        read(f"content:{self.path}")
        return self.known.facts(self.path).headings

    @property
    def content(self) -> str:
        read(f"content:{self.path}")
        return links_of_then(self.known, self.path, self.known.facts(self.path).html)

    @content.setter
    def content(self, _: str | None) -> None:
        """What MkDocs would put there is known already."""

    @property
    def previous_page(self) -> Any:
        read(f"beside:{self.path}")
        return self._beside[0]

    @previous_page.setter
    def previous_page(self, page: Any) -> None:
        self._beside = page, self._beside[1]

    @property
    def next_page(self) -> Any:
        read(f"beside:{self.path}")
        return self._beside[1]

    @next_page.setter
    def next_page(self, page: Any) -> None:
        self._beside = self._beside[0], page


@dataclass(frozen=True)
class RenderedPage:
    """A page as it is published: a hash of its HTML, and the HTML when it is asked for."""

    digest: str
    _result: CachedResult

    @property
    def data(self) -> bytes:
        """The whole page as it is written."""
        return self._result.body

    @property
    def html(self) -> str:
        """The whole page as HTML."""
        return self.data.decode()


def framed(written: RenderedEdition, memo: ResultCache, render: Callable[[str], str]) -> dict[str, RenderedPage]:
    """Every page as it is published. `render` fills the template for the page at a path.

    Beside what is read of records and pages, a template reads `content:<path>`, `menu:<path>` and `foot:*`.
    """
    fingerprint = fingerprints(written)
    shown = cache(lambda: _hashes(menus(written)))
    fingerprint.add("menu", lambda path: shown().get(path))
    fingerprint.add("foot", lambda _: _hash([(page.url, page.header) for page in TemplateGlobals.of(written).about]))

    def work(path: str) -> tuple[str, bytes]:
        read(f"pages:{path}")
        read(f"content:{path}")
        html = render(path).encode()
        return sha256(html).hexdigest(), html

    results = memo.results(written.pages, work, fingerprint)
    return {path: RenderedPage(result.value, result) for path, result in results.items()}


def fingerprints(written: RenderedEdition) -> Fingerprints:
    """The fingerprints of an edition that is written, the content of its pages among them."""
    found = Fingerprints(written.handbook, SiteContext(written.store, written.pages))
    found.add("content", lambda path: _of_content(written, path) if path in written.known else None)
    return found


class RenderedTemplates:
    """MkDocs' templates, of which the one for pages gives what is there already."""

    def __init__(self, templates: Any, finished: Mapping[str, RenderedPage]):
        self._templates, self._finished = templates, finished

    def get_template(self, name: str) -> Any:
        """The template of this name."""
        return self if name == TEMPLATE else self._templates.get_template(name)

    def render(self, context: Mapping[str, Any]) -> str:
        """The page that is the context's, finished."""
        return self._finished[context["page"].file.src_uri].html


def _of_content(written: RenderedEdition, path: str) -> str:
    """What a page holds and what it reads, on which its date rests."""
    facts = written.facts(path)
    return sha256(f"{facts.content} {sorted(facts.uses)}".encode()).hexdigest()[:20]


def _hashes(values: Mapping[str, Any]) -> dict[str, str]:
    """The hash of each value, worked out once for those that are one and the same."""
    known = {id(value): _hash(value) for value in {id(value): value for value in values.values()}.values()}
    return {name: known[id(value)] for name, value in values.items()}


def _hash(value: Any) -> str:
    return sha256(repr(value).encode()).hexdigest()[:20]
