"""What every site has beside its pages and what they show: data, a feed, and all its text in one file."""

from __future__ import annotations

from macros.content.handbook import Written
from macros.views.places import BUNDLE, FEED
from macros.views.view import Site

from .bundle import bundle
from .cache.memo import Memo
from .data.files import data_files
from .feed import feed


def made_files(written: Written, memo: Memo, home: str = "") -> dict[str, bytes]:
    """The files by their address. `home` is the site's address, if it is known; `memo` keeps the texts of pages."""
    site = Site(written.store, written.pages)
    return {
        **data_files(written.store, home),
        FEED: feed(site, home),
        BUNDLE: bundle(written, memo, home),
    }
