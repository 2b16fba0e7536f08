"""What a key of `content.trace` names, as a hash of what it is now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from handbook.loading.handbook import Handbook
from handbook.loading.page import Page, hash_of
from handbook.macros.view import SiteContext
from handbook.model.dependencies import untraced
from handbook.model.store import Store
from handbook.rules import QUESTIONS

Telling = Callable[[str], str | None]


class Fingerprints:
    """The fingerprints of everything in a handbook, and with a `site` in an edition of it, by key.

    Whoever adds a kind of key to what is traced adds it here. A kind that is not known has none, so
    that what has read it is never used again. What a value is told by is its `repr`, which the
    records, headers and answers of the handbook give in full.
    """

    def __init__(self, handbook: Handbook, site: SiteContext | None = None):
        self._known: dict[str, str | None] = {}
        self._kinds: dict[str, Telling] = {
            "text": lambda path: (
                hash_of(handbook.docs.pages[path].source) if path in handbook.docs.pages else _hash(None)
            ),
            "docs": lambda path: _pages(handbook.docs.pages, path),
            "records": lambda name: _hash(
                list(handbook.records.values()) if name == "*" else handbook.records.get(name)
            ),
            "broken": lambda _: _hash(handbook.records.faults),
            "ask": lambda name: _hash(handbook.ask(QUESTIONS[name])) if name in QUESTIONS else None,
        }
        if site:
            self._add(site, site.store)

    def add(self, kind: str, telling: Telling) -> None:
        """Makes another kind of key known."""
        self._kinds[kind] = telling

    def __call__(self, key: str) -> str | None:
        """The fingerprint of what `key` names. None where there is no telling."""
        if key not in self._known:
            kind, _, name = key.partition(":")
            with untraced():
                self._known[key] = self._kinds[kind](name) if kind in self._kinds else None
        return self._known[key]

    def _add(self, site: SiteContext, store: Store) -> None:
        seen = {record.id: record for record in store.everything()}

        def of_kind(kind: str) -> str:
            return _hash([record for record in seen.values() if record.kind == kind])

        self._kinds |= {
            "seen": lambda name: (
                _hash(list(seen.values()))
                if name == "*"
                else of_kind(name.removesuffix(":*"))
                if name.endswith(":*")
                else _hash((seen.get(name), store.is_later(name)))
            ),
            "outline": lambda name: _hash(store.outline_to_check(name)),
            "pages": lambda path: _pages(site.pages, path),
            "about": lambda name: _page(site.about(name)),
            "report_on": lambda name: _page(site.report_on(name)),
            "with_macro": lambda asked: _page(site.with_macro(*json.loads(asked))),
            "uses": lambda name: _hash(dict(site.uses.items()) if name == "*" else site.uses.get(name)),
        }


def _pages(pages: Mapping[str, Page], path: str) -> str:
    return _hash([_page(page) for page in pages.values()]) if path == "*" else _page(pages.get(path))


def _page(page: Page | None) -> str:
    """A page by its path and header. Whoever reads more of it has read its text."""
    return page.known_by if page else _hash(None)


def _hash(value: Any) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:20]
