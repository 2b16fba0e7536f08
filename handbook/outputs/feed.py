"""The feed of an edition (Atom, RFC 4287): what the page of what is new says, an entry for each thing.

Its dates are those of the records and never the clock's. Its links are relative, as Atom allows, so
that the feed works wherever the site is put; with the site's address they are whole. An entry's id is
made from the record's own id, so that it stays the same when a page moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from handbook.macros import wording
from handbook.macros.figures import since_first
from handbook.macros.site_addresses import FEED
from handbook.macros.view import SiteContext
from handbook.macros.whats_new import News, news
from handbook.markdown.extensions.staff import LABEL
from handbook.model.editions import Audience
from handbook.model.parts import Part, Record, Sourced
from handbook.model.record_kinds import Action
from handbook.model.sources import Source

_ATOM = "http://www.w3.org/2005/Atom"
_HTML = "text/html"
# Made up once, for the ids of feeds. With another, every entry would be new to every reader.
_NAMESPACE = UUID("6ad42ff6-9a9c-4e5b-a7b8-2c1d1a3a4f0e")


@dataclass(frozen=True)
class FeedItem:
    """An entry of the feed. `name` is what its id is made from, `link` its address below the site's root."""

    day: date
    name: tuple[str, ...]
    title: str
    summary: str
    link: str
    part: Part


def feed(site: SiteContext, home: str = "") -> bytes:
    """The feed of an edition. `home` is the site's address, if it is known."""
    store = site.store
    settings = store.settings
    found = items(site)
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _add(root, "id", _id(settings.council, "feed", store.edition))
    _add(root, "title", settings.title)
    _add(root, "subtitle", settings.description)
    _add(root, "updated", _time(max((item.day for item in found), default=store.as_at)))
    _add(_add(root, "author"), "name", settings.title)
    _add(root, "link", rel="self", type="application/atom+xml", href=urljoin(home, FEED))
    _add(root, "link", rel="alternate", type=_HTML, href=urljoin(home, _page_of(site, "whats_new")))
    for item in found:
        entry = _add(root, "entry")
        _add(entry, "id", _id(settings.council, *item.name))
        _add(entry, "title", item.title)
        _add(entry, "updated", _time(item.day))
        _add(entry, "link", rel="alternate", type=_HTML, href=urljoin(home, item.link))
        _add(entry, "summary", item.summary)
        if item.part.audience is not Audience.PARTNER:
            _add(entry, "category", term=Audience.INTERNAL, label=LABEL)
    ET.indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="utf-8") + b"\n"


def items(site: SiteContext) -> list[FeedItem]:
    """Every entry, the latest first."""
    return [item for each in news(site) for item in _items(site, each)]


def _items(site: SiteContext, of_day: News) -> Iterator[FeedItem]:
    day = min(of_day.when.last, site.store.as_at)

    def item(record: Record, title: str, macro: str, *said: str | None, more: tuple[str, ...] = ()) -> FeedItem:
        link = f"{_page_of(site, macro)}#{record.id}"
        return FeedItem(day, (record.kind, record.id, *more), title, _sentences(*said), link, record)

    for event in of_day.events:
        said = _sentences(wording.capital(str(event.when)), event.detail, _passage(site, event))
        yield FeedItem(day, (event.kind, event.id), event.title, said, _page_about(site, event.workstream), event)
    for source in of_day.sources:
        yield item(source, f"New source: {source.title}", "source_list", source.about)
    for figure in of_day.figures:
        seen = figure.latest
        title = f"{figure.title}: {wording.full(figure, seen)}"
        said = (wording.capital(str(seen.period)), wording.capital(since_first(figure)), _passage(site, seen))
        yield item(figure, title, "register", *said, more=(seen.period.text, seen.source))
    for action in of_day.actions:
        yield _of_action(site, day, action)
    for risk in of_day.risks:
        yield item(risk, f"Risk: {risk.title}", "risk_register", risk.text, _passage(site, risk))
    for page in of_day.pages:
        name = ("page", page.path, str(page.header.reviewed))
        title = f"Checked against its sources: {page.header.title}"
        yield FeedItem(day, name, title, page.header.summary, page.url, page.header)


def _of_action(site: SiteContext, day: date, action: Action) -> FeedItem:
    state = action.latest
    when = wording.capital(str(state.when)) if state.when else None
    return FeedItem(
        day,
        (action.kind, action.id, state.state, state.source),
        f"{action.title}: {state.state}",
        _sentences(when, state.note, _passage(site, state)),
        _page_about(site, action.workstream),
        action,
    )


def _page_about(site: SiteContext, workstream: str | None) -> str:
    """The address of the page about an area of work, or of the page of what is new."""
    page = site.about(workstream) if workstream else None
    return page.url if page else _page_of(site, "whats_new")


def _page_of(site: SiteContext, macro: str) -> str:
    """The address of the page that a macro is the heart of, or of the home page."""
    page = site.with_macro(macro)
    return page.url if page else "index.html"


def _passage(site: SiteContext, part: Sourced) -> str:
    source = site.store.get(Source, part.source)
    return f"Source: {wording.source_name(source)}, {wording.locators(part.locators)}"


def _sentences(*said: str | None) -> str:
    return " ".join(f"{text.rstrip('.')}." for text in said if text)


def _id(*names: str) -> str:
    """An id that is the same wherever and whenever it is made from these names."""
    return uuid5(_NAMESPACE, "\n".join(names)).urn


def _time(day: date) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    added = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    added.text = text or None
    return added
