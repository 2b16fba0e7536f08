"""The project's own report, read once for each edition."""

from __future__ import annotations

from functools import cache

from macros.content.editions import Edition
from macros.content.handbook import Written
from macros.publish.check import check
from macros.publish.report.document import Document
from macros.publish.report.report import document_of, report_page

from ...conftest import ROOT

NAME = "2021-12"


@cache
def written(edition: Edition) -> Written:
    """An edition of the project."""
    return check(ROOT, [edition]).editions[edition]


@cache
def report(edition: Edition, draft: bool = False) -> Document:
    """The report of December 2021."""
    return document_of(written(edition), report_page(written(edition), NAME), draft)
