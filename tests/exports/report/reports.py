"""A handbook's report, read once for each edition."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from handbook.editions.check import check
from handbook.exports.report.document import ReportDocument
from handbook.exports.report.report import document_of, report_page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.editions import Edition


@cache
def edition_in(root: Path, edition: Edition) -> RenderedEdition:
    """An edition of the handbook in `root`."""
    return check(root, [edition]).editions[edition]


@cache
def report_in(root: Path, name: str, edition: Edition, draft: bool = False) -> ReportDocument:
    """The report of this name in an edition of the handbook in `root`."""
    written = edition_in(root, edition)
    return document_of(written, report_page(written, name), draft)
