"""A handbook with everything internal taken out of its sources, before anything is written from them.

What the macros write of it is what partners may read, whatever becomes of the filters that an
edition is made with.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from handbook.loading.handbook import Handbook
from handbook.loading.page_files import Docs, Page
from handbook.loading.record_files import Records
from handbook.model.editions import Audience, Edition, narrowest
from handbook.model.parts import Part
from handbook.model.sources import Outline, OutlinePart

P = TypeVar("P", bound=Part)


def for_partners(handbook: Handbook) -> Handbook:
    """The handbook with the pages, records and parts of them that say they are for partners, and no other."""
    pages = {path: _page(page) for path, page in handbook.docs.pages.items() if page.audience is Audience.PARTNER}
    records = Records()
    records.documents = handbook.records.documents
    for name, record in handbook.records.items():
        audience = record.audience or Audience.INTERNAL
        if audience is Audience.PARTNER and (pruned := _pruned(record, audience)):
            records[name] = pruned
        elif isinstance(record, Outline):
            records[name] = record.model_copy(update={"parts": tuple(map(_name_alone, record.parts))})
    return replace(handbook, records=records, docs=Docs(pages, handbook.docs.files, handbook.docs.broken))


def _page(page: Page) -> Page:
    position = page.header.position
    if position and narrowest(page.audience, position.audience) is not Audience.PARTNER:
        return replace(page, header=page.header.model_copy(update={"position": None}))
    return page


def _name_alone(part: OutlinePart) -> OutlinePart:
    """A passage of a source by its name, which citations are held to, and nothing of what it says."""
    return OutlinePart(locator=part.locator, heading=part.locator)


def _pruned(part: P, audience: Audience) -> P | None:
    """The part without what is internal inside it; nothing where all of one of its lists is."""
    kept = part.kept_from(Edition.PARTNER)
    for name in type(part).model_fields:
        items = getattr(part, name)
        if isinstance(items, tuple) and items and isinstance(items[0], Part):
            audiences = [narrowest(audience, item.audience) for item in items]
            kept[name] = tuple(
                pruned
                for item, own in zip(items, audiences, strict=True)
                if own is Audience.PARTNER and (pruned := _pruned(item, own))
            )
            if not kept[name]:
                return None
    return part.model_copy(update=kept)
