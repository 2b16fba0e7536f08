"""The files that are generated from all of an edition: the search index, open data, the feed, and its text as one file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial

from handbook.cache.build_cache import BuildCache
from handbook.editions.page_rendering import fingerprints
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros.site_addresses import BUNDLE, FEED
from handbook.macros.view import SiteContext
from handbook.outputs.feed import feed
from handbook.outputs.open_data.files import data_addresses, data_files
from handbook.outputs.plain_text import bundle
from handbook.outputs.search.index import FOLDER, index_of
from handbook.workers.framing import joined, parted

Files = dict[str, bytes]
# In a handbook of more pages, the files are made one after the other, since each process takes a hundred megabytes.
_MOST_IN_PARALLEL = 2_000


def generated_files(edition: RenderedEdition, results: BuildCache, site_url: str = "") -> Files:
    """Return every generated file by its address, reusing what `results` holds. `site_url` may be unknown."""
    files = {address: make() for address, make in file_makers(edition, results, site_url).items()}
    for make_all in folder_makers(edition, results).values():
        files |= make_all()
    return files


@contextmanager
def generated_in_background(
    edition: RenderedEdition, results: BuildCache, site_url: str = ""
) -> Iterator[Callable[[], Files]]:
    """Start making the generated files and yield a callable that waits for them.

    The search index takes about as long as all others together, so that it has a process of its own.
    """
    name = edition.store.edition

    def others() -> Files:
        return {address: make() for address, make in file_makers(edition, results, site_url).items()}

    def index() -> Files:
        return folder_makers(edition, results)[FOLDER]()

    is_large = len(edition.pages) > _MOST_IN_PARALLEL
    works: list[tuple[Callable[[], Files], tuple[str, ...]]]
    if is_large:
        works = [(lambda: others() | index(), ("data", "txt", "search", "words"))]
    else:
        works = [(others, ("data", "txt")), (index, ("search", "words"))]
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                results.run_in_background(
                    partial(_pack, make), *(f"{name}.{kind}" for kind in kinds), is_large=is_large
                )
            )
            for make, kinds in works
        ]
        yield lambda: {address: content for wait in started for address, content in _unpack(wait()).items()}


def file_makers(edition: RenderedEdition, results: BuildCache, site_url: str = "") -> dict[str, Callable[[], bytes]]:
    """Return what makes each generated file whose address is known beforehand, by its address."""
    store = edition.store
    kinds: dict[str, Callable[[], Files]] = {
        "data": lambda: data_files(store, site_url),
        "feed": lambda: {FEED: feed(SiteContext(store, edition.pages), site_url)},
    }
    fingerprint = fingerprints(edition)

    @cache
    def files(kind: str) -> Files:
        """The files of a kind, which depend on the records and the front matter of pages."""
        found = results.results_of(f"{store.edition}.data").results(
            [kind], lambda kind: (None, _pack(kinds[kind])), fingerprint
        )
        return _unpack(found[kind].body)

    return {
        **{address: partial(lambda address: files("data")[address], address) for address in data_addresses()},
        FEED: lambda: files("feed")[FEED],
        BUNDLE: lambda: bundle(edition, results.results_of(f"{store.edition}.txt"), site_url),
    }


def folder_makers(edition: RenderedEdition, results: BuildCache) -> dict[str, Callable[[], Files]]:
    """Return what makes the files whose addresses depend on their content, all of a folder at once, by the folder."""
    name = edition.store.edition
    return {
        FOLDER: lambda: index_of(edition, results.results_of(f"{name}.search"), results.results_of(f"{name}.words"))
    }


def _pack(make: Callable[[], Files]) -> bytes:
    """Make files and return them framed as one: their addresses, and then the content of each."""
    files = make()
    return joined([json.dumps(list(files)).encode(), *files.values()])


def _unpack(packed: bytes) -> Files:
    addresses, *contents = parted(packed)
    return dict(zip(json.loads(addresses), contents, strict=True))
