"""Who may read what. Two editions, two audiences, and one comparison between them."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Who something was written for. Internal is the default, everywhere."""

    INTERNAL = "internal"
    PARTNER = "partner"


class Edition(StrEnum):
    """A site made from the handbook: the internal one holds everything."""

    INTERNAL = "internal"
    PARTNER = "partner"

    def shows(self, audience: Audience) -> bool:
        """True when a reader of this edition may see something written for `audience`."""
        return self is Edition.INTERNAL or audience is Audience.PARTNER


def narrowest(parent: Audience, own: Audience | None) -> Audience:
    """The audience of a part of something: its parent's, unless it says less."""
    if own is None or parent is Audience.INTERNAL:
        return parent
    return own
