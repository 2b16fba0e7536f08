"""Coverage: every passage of an outlined source is used, or its outline says why not."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.coverage import drawn_on, uses_of
from handbook.model.editions import Edition
from handbook.model.problems import Problem
from handbook.model.sources import Outline


def passages_are_covered(edition: RenderedEdition) -> Iterator[Problem]:
    """Find passages that no page cites and no record rests on, and those said to be unused that are used.

    The passages of a source that is published after the handbook's `as_at` may still be unused.
    """
    if edition.store.edition is not Edition.INTERNAL or _incomplete(edition):
        return
    records = edition.handbook.records
    uses = uses_of(edition.reads)
    for outline in [record for record in records.values() if isinstance(record, Outline)]:
        for index, drawn in enumerate(drawn_on(outline, records.values(), uses)):
            covered = bool(drawn.pages or drawn.records)
            place = records.place(outline, ("parts", index))
            if not covered and not drawn.part.unused and not edition.store.is_later(outline.source):
                yield Problem(
                    place.path,
                    place.line,
                    f"Nothing in the handbook draws on {drawn.part.locator}",
                    "Cite it on a page, or say why not with the key unused",
                )
            elif covered and drawn.part.unused:
                place = records.place(outline, ("parts", index, "unused"))
                yield Problem(
                    place.path,
                    place.line,
                    f"{drawn.part.locator} is said to be unused, and is used",
                    "Delete the key unused",
                )


def _incomplete(edition: RenderedEdition) -> bool:
    """True if a record or a page could not be read, so that what seems unused may be used there."""
    return edition.handbook.records.incomplete or bool(edition.failed | edition.handbook.docs.broken)
