"""A report that is made of its page: one document, written in the form that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.content.editions import Edition
from macros.content.handbook import Written
from macros.content.header import PageKind
from macros.content.page import Page
from macros.content.periods import day_in_words
from macros.content.problems import ContentError, Problem, choose
from macros.content.sources import Source
from macros.views import wording
from macros.views.html import curly

from ..audit.site import audit
from ..check import check
from ..copies.paper import print_pdf
from ..export.elements import read_html
from . import draft as drafts
from .document import Document
from .page import page as html_page
from .plain import markdown
from .reading import Reader
from .shape import lacking
from .word import word

FONTS = "overrides/assets/fonts"


class Form(StrEnum):
    """A form of a report, by the end of its name."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    MD = "md"


class NotMade(Exception):
    """The report was not made. The message says why."""


def make(root: Path, name: str, edition: Edition, form: Form, draft: bool = False) -> bytes:
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


def report_page(written: Written, name: str) -> Page:
    """The page of the report with this name. Raises NotMade where there is none."""
    reports = {
        page.path.removeprefix("reports/").removesuffix(".md"): page
        for page in written.pages.values()
        if page.header.kind is PageKind.REPORT
    }
    if name in reports:
        return reports[name]
    cure = choose(name, reports, "write its page in docs/reports/, with kind: report")
    raise NotMade(f"The {written.store.edition} edition has no report of this name (found {name}). {cure}.")


def document_of(written: Written, page: Page, draft: bool = False) -> Document:
    """The report of a page. Raises ContentError where the page lacks a part of the council's shape."""
    headings = [heading.text for heading in written.tree(page.path).headings if heading.level == 2]
    if missing := lacking(headings):
        cure = "Add it as a heading of the second level, as the guide to making the Cabinet report says"
        what = "The report lacks a part that the council's reports have (not found: {part})"
        raise ContentError([Problem(page.shown, 1, what.format(part=part), cure) for part in missing])
    store = written.store
    settings, header = written.handbook.settings, page.header
    figures = drafts.to_get(written, page) if draft else {}
    reader = Reader(lambda id: "no newer number" if id in figures else "")
    blocks = reader.read(read_html(written.parsed(page.path).html))
    words = settings.editions[store.edition]
    label = f"{words.label}. " if words.label else ""
    source = store.get(Source, header.sources[0])
    details = (
        header.summary,
        f"Source: {wording.source_name(source)}. It shows what was known on {day_in_words(store.as_at)}.",
        settings.official,
    )
    document = Document(
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


def _audit(root: Path, document: Document) -> None:
    """Every form has the same words, so one that the audit can read stands for all."""
    with TemporaryDirectory(prefix="handbook-audit-") as folder:
        (Path(folder) / "report.html").write_bytes(html_page(document))
        if found := audit(root, Path(folder)):
            lines = "\n".join(map(str, found))
            raise NotMade(f"The audit found what partners may not read:\n{lines}")


def _pdf(root: Path, document: Document) -> bytes:
    return print_pdf(html_page(document, for_print=True).decode(), root / FONTS)


_FORMS: dict[Form, Callable[[Path, Document], bytes]] = {
    Form.DOCX: lambda root, document: word(document),
    Form.PDF: _pdf,
    Form.HTML: lambda root, document: html_page(document),
    Form.MD: lambda root, document: markdown(document),
}
