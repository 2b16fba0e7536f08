"""The handbook's latest report: the page that tells it, the source it rests on, and what `expected/report.yml` says of both."""

from __future__ import annotations

from pathlib import Path

import yaml

from handbook.exports.report.document import ReportDocument
from handbook.loading.handbook import read_handbook
from handbook.macros.wording import source_name
from handbook.model.editions import Edition
from handbook.model.front_matter import PageKind
from handbook.model.sources import Outline, Source
from tests.conftest import ROOT
from tests.exports.report.reports import report_in

EXPECTED = yaml.safe_load((Path(__file__).parent / "expected/report.yml").read_text("utf-8"))

HANDBOOK, _ = read_handbook(ROOT)
SOURCE = HANDBOOK.records[HANDBOOK.settings.report]
assert isinstance(SOURCE, Source)
# How notes name the source.
SOURCE_NAME = source_name(SOURCE)
# The parts of its outline, by locator.
[_OUTLINE] = [
    record for record in HANDBOOK.records.values() if isinstance(record, Outline) and record.source == SOURCE.id
]
PARTS = {part.locator: part for part in _OUTLINE.parts}
# The name of the page that tells the report again.
[_PAGE] = [
    page
    for page in HANDBOOK.docs.pages.values()
    if page.header.kind is PageKind.REPORT and page.header.sources[:1] == (SOURCE.id,)
]
NAME = Path(_PAGE.path).stem


def report(edition: Edition) -> ReportDocument:
    """The report that the command makes of an edition."""
    return report_in(ROOT, NAME, edition)
