"""What every site has beside its pages and what they show: the search's index, data, a feed, and all its text."""

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
# In pages.
_MOST_SIDE_BY_SIDE = 2_000


def made_files(written: RenderedEdition, keep: BuildCache, home: str = "") -> Files:
    """The files by their address. `home` is the site's address, if it is known; `keep` keeps what is worked out for each page."""
    files = {address: make() for address, make in makers(written, keep, home).items()}
    for make_all in makers_of_folders(written, keep).values():
        files |= make_all()
    return files


@contextmanager
def being_made(written: RenderedEdition, keep: BuildCache, home: str = "") -> Iterator[Callable[[], Files]]:
    """Starts to make the files, and gives what waits for them.

    The index takes about as long as all others, and is made beside them. In a very large handbook it comes after
    them: every process more then takes a hundred megabytes.
    """
    edition = written.store.edition

    def others() -> Files:
        return {address: make() for address, make in makers(written, keep, home).items()}

    def index() -> Files:
        return makers_of_folders(written, keep)[FOLDER]()

    works = [(others, ("data", "txt")), (index, ("search", "words"))]
    is_large = len(written.pages) > _MOST_SIDE_BY_SIDE
    if is_large:
        works = [(lambda: others() | index(), ("data", "txt", "search", "words"))]
    with ExitStack() as stack:
        begun = [
            stack.enter_context(
                keep.apart(partial(_row, make), *(f"{edition}.{kind}" for kind in kinds), is_large=is_large)
            )
            for make, kinds in works
        ]
        yield lambda: {address: content for made in begun for address, content in _files(made()).items()}


def _row(make: Callable[[], Files]) -> bytes:
    """Files as one row of bytes: their addresses, and then what each holds."""
    files = make()
    return joined([json.dumps(list(files)).encode(), *files.values()])


def _files(row: bytes) -> Files:
    addresses, *contents = parted(row)
    return dict(zip(json.loads(addresses), contents, strict=True))


def makers(written: RenderedEdition, keep: BuildCache, home: str = "") -> dict[str, Callable[[], bytes]]:
    """What makes each of the files whose addresses are known beforehand, by its address."""
    store = written.store
    works: dict[str, Callable[[], Files]] = {
        "data": lambda: data_files(store, home),
        "feed": lambda: {FEED: feed(SiteContext(store, written.pages), home)},
    }

    def work(name: str) -> tuple[None, bytes]:
        return None, _row(works[name])

    @cache
    def made(name: str) -> Files:
        """Files that are the same while the records and the headers of pages are."""
        return _files(keep.memo(f"{store.edition}.data").results([name], work, fingerprint)[name].body)

    fingerprint = fingerprints(written)
    return {
        **{address: partial(lambda address: made("data")[address], address) for address in data_addresses()},
        FEED: lambda: made("feed")[FEED],
        BUNDLE: lambda: bundle(written, keep.memo(f"{store.edition}.txt"), home),
    }


def makers_of_folders(written: RenderedEdition, keep: BuildCache) -> dict[str, Callable[[], Files]]:
    """What makes the others, all that are in a folder at once, by the folder."""
    edition = written.store.edition
    return {FOLDER: lambda: index_of(written, keep.memo(f"{edition}.search"), keep.memo(f"{edition}.words"))}
