"""The project's own report, read once for each edition."""

from __future__ import annotations

from functools import cache

from handbook.editions.check import check
from handbook.exports.report.document import ReportDocument
from handbook.exports.report.report import document_of, report_page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.editions import Edition
from tests.conftest import ROOT

NAME = "2021-12"


@cache
def written(edition: Edition) -> RenderedEdition:
    """An edition of the project."""
    return check(ROOT, [edition]).editions[edition]


@cache
def report(edition: Edition, draft: bool = False) -> ReportDocument:
    """The report of December 2021."""
    return document_of(written(edition), report_page(written(edition), NAME), draft)
