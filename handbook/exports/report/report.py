"""A report that is made of its page: one document, written in the form that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.audit.site_audit import audit
from handbook.editions.check import check
from handbook.exports.pdf import print_pdf
from handbook.exports.report import draft as drafts
from handbook.exports.report.council_shape import lacking
from handbook.exports.report.document import ReportDocument
from handbook.exports.report.html_page import page as html_page
from handbook.exports.report.markdown import markdown
from handbook.exports.report.page_reader import ReportPageReader
from handbook.exports.report.word import word
from handbook.html.elements import read_html
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros import wording
from handbook.macros.tags import curly
from handbook.model.editions import Edition
from handbook.model.front_matter import PageKind
from handbook.model.locations import THEME
from handbook.model.periods import day_in_words
from handbook.model.problems import ContentError, Problem, choose
from handbook.model.sources import Source

FONTS = THEME / "assets/fonts"


class ReportFormat(StrEnum):
    """A form of a report, by the end of its name."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    MD = "md"


class ReportNotMade(Exception):
    """The report was not made. The message says why."""


def make(root: Path, name: str, edition: Edition, form: ReportFormat, draft: bool = False) -> bytes:
    """The report that the page docs/reports/NAME.md tells, in a form.

    Raises ContentError where a rule of the handbook is broken or the page lacks a part of the council's
    shape, NotMade, and NotPrinted.
    """
    checked = check(root, [edition])
    if checked.errors:
        raise ContentError(checked.errors)
    written = checked.editions[edition]
    document = document_of(written, report_page(written, name), draft)
    if edition is Edition.PARTNER:
        _audit(root, document)
    return _FORMS[form](root, document)


def report_page(written: RenderedEdition, name: str) -> Page:
    """The page of the report with this name. Raises NotMade where there is none."""
    reports = {
        page.path.removeprefix("reports/").removesuffix(".md"): page
        for page in written.pages.values()
        if page.header.kind is PageKind.REPORT
    }
    if name in reports:
        return reports[name]
    cure = choose(name, reports, "write its page in docs/reports/, with kind: report")
    raise ReportNotMade(f"The {written.store.edition} edition has no report of this name (found {name}). {cure}.")


def document_of(written: RenderedEdition, page: Page, draft: bool = False) -> ReportDocument:
    """The report of a page. Raises ContentError where the page lacks a part of the council's shape."""
    headings = [heading.text for heading in written.tree(page.path).headings if heading.level == 2]
    if missing := lacking(headings):
        cure = "Add it as a heading of the second level, as the guide to making the Cabinet report says"
        what = "The report lacks a part that the council's reports have (not found: {part})"
        raise ContentError([Problem(page.shown, 1, what.format(part=part), cure) for part in missing])
    store = written.store
    settings, header = written.handbook.settings, page.header
    figures = drafts.to_get(written, page) if draft else {}
    reader = ReportPageReader(lambda id: "no newer number" if id in figures else "")
    blocks = reader.read(read_html(written.parsed(page.path).html))
    words = settings.editions[store.edition]
    label = f"{words.label}. " if words.label else ""
    source = store.get(Source, header.sources[0])
    details = (
        header.summary,
        f"Source: {wording.source_name(source)}. It shows what was known on {day_in_words(store.as_at)}.",
        settings.official,
    )
    document = ReportDocument(
        title=curly(header.title),
        subject=curly(header.summary),
        council=settings.council,
        label=curly(f"{'Draft. ' if draft else ''}{label}{words.bar.replace('{as_at}', day_in_words(store.as_at))}"),
        day=store.as_at,
        details=tuple(map(curly, details)),
        blocks=blocks,
        notes=tuple(map(curly, reader.notes)),
    )
    if not draft:
        return document
    return replace(document, blocks=document.opening + drafts.opening(written, page, store.as_at) + document.body)


def _audit(root: Path, document: ReportDocument) -> None:
    """Every form has the same words, so one that the audit can read stands for all."""
    with TemporaryDirectory(prefix="handbook-audit-") as folder:
        (Path(folder) / "report.html").write_bytes(html_page(document))
        if found := audit(root, Path(folder)):
            lines = "\n".join(map(str, found))
            raise ReportNotMade(f"The audit found what partners may not read:\n{lines}")


def _pdf(root: Path, document: ReportDocument) -> bytes:
    return print_pdf(html_page(document, for_print=True).decode(), FONTS)


_FORMS: dict[ReportFormat, Callable[[Path, ReportDocument], bytes]] = {
    ReportFormat.DOCX: lambda root, document: word(document),
    ReportFormat.PDF: _pdf,
    ReportFormat.HTML: lambda root, document: html_page(document),
    ReportFormat.MD: lambda root, document: markdown(document),
}
