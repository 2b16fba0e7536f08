"""Every passage of an outlined source is drawn on, or says why it is not."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.coverage import drawn_on, uses_of
from handbook.model.editions import Edition
from handbook.model.problems import Problem
from handbook.model.sources import Outline


def passages_are_covered(written: RenderedEdition) -> Iterator[Problem]:
    """Passages that no page cites and no record rests on, and reasons that no longer hold.

    A source that was published after the day the handbook speaks for is still being worked in, so its passages may wait.
    """
    if written.store.edition is not Edition.INTERNAL or _incomplete(written):
        return
    records = written.handbook.records
    uses = uses_of(written.reads)
    for outline in [record for record in records.values() if isinstance(record, Outline)]:
        for index, drawn in enumerate(drawn_on(outline, records.values(), uses)):
            covered = bool(drawn.pages or drawn.records)
            place = records.place(outline, ("parts", index))
            if not covered and not drawn.part.unused and not written.store.is_later(outline.source):
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


def _incomplete(written: RenderedEdition) -> bool:
    """True when something could not be read, so that what is missing may be there."""
    return written.handbook.records.incomplete or bool(written.failed | written.handbook.docs.broken)
