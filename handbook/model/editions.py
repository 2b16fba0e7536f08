"""Who may read what: audiences, editions, and the one comparison between them."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Who something is written for. Whatever names no audience is internal."""

    INTERNAL = "internal"
    PARTNER = "partner"


class Edition(StrEnum):
    """A site built from the handbook. The internal edition holds everything."""

    INTERNAL = "internal"
    PARTNER = "partner"

    def shows(self, audience: Audience) -> bool:
        """True if readers of this edition may see something written for `audience`."""
        return self is Edition.INTERNAL or audience is Audience.PARTNER


def narrowest(parent: Audience, own: Audience | None) -> Audience:
    """The audience of a part: its own where that narrows its parent's, or else its parent's."""
    if own is None or parent is Audience.INTERNAL:
        return parent
    return own
