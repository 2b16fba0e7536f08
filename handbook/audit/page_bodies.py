"""What the bodies of pages say: as typed, as published, and in what files beside them take from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.audit.derived_text import extracts
from handbook.audit.file_reader import open_html
from handbook.audit.statement import Statement, StatementForm
from handbook.html.plain_words import GAP, between_tags
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.editions import Edition
from handbook.model.problems import Place
from handbook.workers.processes import parallel_map


def bodies(written: RenderedEdition, pages: Mapping[str, str]) -> Iterator[tuple[Page, Statement]]:
    """Everything that these pages of an edition say, page by page. `pages` says of each what it is."""

    def work(path: str) -> list[Statement]:
        return list(_body(written, written.pages[path], pages[path]))

    found = dict(zip(pages, parallel_map(work, list(pages)), strict=True))
    for path in pages:
        for statement in found.pop(path):
            yield written.pages[path], statement


def _body(written: RenderedEdition, page: Page, what: str) -> Iterator[Statement]:
    """A page as typed, then as published, with its headings in a row as its table of contents has them."""
    made = written.markdown(page.path)
    # And not `written.parsed`, which would keep it.
    parsed = written.handbook.parser.page(made, page.folder)
    tree, published = parsed.tree, open_html(parsed.html)
    place, shown = Place(page.shown, 1), written.store.edition is Edition.PARTNER
    headings = " ".join(heading.text for heading in tree.headings[1:])
    yield Statement(StatementForm.TEXT, f"text of {what}", between_tags(made.markdown), place, shown, tuple(made.lines))
    yield Statement(
        StatementForm.TEXT, f"text of {what}", published.texts[0], place, shown, values=tuple(published.values)
    )
    apart = GAP.join(sorted({headings, *published.values}))
    for text in (apart, *(extracts(parsed.html) if shown else ())):
        yield Statement(StatementForm.TEXT, f"text of {what}", text, place, shown)
    for anchor, line in (*tree.ids, *((heading.id, heading.line) for heading in tree.headings)):
        yield Statement(StatementForm.ID, f"an anchor in {what}", anchor, Place(page.shown, line), shown)
    for link in tree.links:
        if "://" in link.target:
            where = Place(page.shown, link.line)
            yield Statement(StatementForm.NAME, f"the address of a link in {what}", link.target, where, shown)
