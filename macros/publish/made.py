"""What every site has beside its pages and what they show: the search's index, data, a feed, and all its text."""

from __future__ import annotations

from macros.content.handbook import Written
from macros.views.places import BUNDLE, FEED
from macros.views.view import Site

from .bundle import bundle
from .cache.keep import Keep
from .data.files import data_files
from .feed import feed
from .search.index import index_of


def made_files(written: Written, keep: Keep, home: str = "") -> dict[str, bytes]:
    """The files by their address. `home` is the site's address, if it is known; `keep` keeps the texts of pages."""
    site = Site(written.store, written.pages)
    return {
        **index_of(written),
        **data_files(written.store, home),
        FEED: feed(site, home),
        BUNDLE: bundle(written, keep.memo(f"{written.store.edition}.txt"), home),
    }
