"""A report for Word: real styles, numbered paragraphs, contents, notes at the foot of the page, page numbers."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

import docx
from docx.document import Document as Word
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import Table as _Table
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Place

from handbook.exports.report.document import (
    LANGUAGE,
    Block,
    Line,
    NoteMark,
    ReportDetails,
    ReportDocument,
    ReportHeading,
    ReportParagraph,
    ReportTable,
    text_of,
)
from handbook.exports.report.word_parts import Numbering, add_field, add_link, add_notes, bookmark, element, note_mark
from handbook.exports.report.word_styles import (
    REPORT_TABLE,
    TEXT_WIDTH,
    TITLE_BLOCK,
    restyle,
    set_language_and_version,
)


def word(document: ReportDocument) -> bytes:
    """The report as a Word file. The same report gives the same bytes."""
    made = docx.Document()
    restyle(made)
    set_language_and_version(made)
    _properties(made, document)
    _page(made, document)
    writer = _Writer(made)
    made.add_paragraph(document.title, style="Title")
    for block in document.opening:
        writer.block(block)
    for detail in document.details:
        made.add_paragraph(detail, style="Detail")
    _contents(made, document)
    head = len(made.paragraphs)
    for block in document.body:
        writer.block(block)
    writer.end()
    made.paragraphs[head].paragraph_format.page_break_before = True
    add_notes(made, document.notes)
    written = io.BytesIO()
    made.save(written)
    return _of_the_day(written.getvalue(), document)


def _properties(made: Word, document: ReportDocument) -> None:
    """What a file manager and a screen reader are told of the file. Its times are the day the report speaks for."""
    day = datetime.combine(document.day, time())
    known = made.core_properties
    known.title, known.subject, known.language = document.title, document.subject, LANGUAGE
    known.author = known.last_modified_by = document.council
    known.created = known.modified = day
    known.comments, known.keywords, known.category, known.revision = "", "", document.label, 1


def _page(made: Word, document: ReportDocument) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.header.paragraphs[0].text = document.label
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{document.title}\tPage ")
    foot.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    add_field(foot, "PAGE")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES")


def _contents(made: Word, document: ReportDocument) -> None:
    """The contents as Word's own field. Its lines lead to their headings; Word adds the pages when it is updated.

    No page is written here: only a program that lays the report out can know it.
    """
    made.add_paragraph("Contents", style="Contents heading")
    lines = []
    for heading in document.contents:
        line = made.add_paragraph(style=f"toc {heading.level}")
        add_link(line, heading.id, text_of(heading.line))
        lines.append(line)
    add_field(lines[0], r'TOC \o "1-2" \h \z \u', until=lines[-1])


_AFTER_LIST, _AFTER_TABLE = Pt(10), Pt(12)


class _Writer:
    def __init__(self, made: Word):
        self.made = made
        self.numbering = Numbering(made)
        self.part = ""
        self.after_table = False

    def block(self, block: Block) -> None:
        if isinstance(block, ReportTable | ReportDetails):
            self.end()
            self._table(block) if isinstance(block, ReportTable) else self._details(block)
            self.after_table = True
            return
        first = len(self.made.paragraphs)
        if isinstance(block, ReportHeading):
            self.part = text_of(block.line)
            place = self._paragraph(f"Heading {min(block.level, 3)}", block.line)
            bookmark(place, block.id)
        elif isinstance(block, ReportParagraph):
            place = self._paragraph("Numbered paragraph" if block.number else "Normal", block.line)
            # Words that lead to a list stay on its page.
            place.paragraph_format.keep_with_next = place.text.endswith(":") or None
        else:
            number = self.numbering.fresh(block.ordered)
            for line in block.lines:
                place = self._paragraph("List Number" if block.ordered else "List Bullet", line)
                self.numbering.put(place, number)
            place.paragraph_format.space_after = _AFTER_LIST
        if self.after_table and not isinstance(block, ReportHeading):
            self.made.paragraphs[first].paragraph_format.space_before = _AFTER_TABLE
        self.after_table = False

    def end(self) -> None:
        """Where a table was last, a paragraph: Word makes one table of two that touch, and ends no file with one."""
        if self.after_table:
            self.made.add_paragraph(style="Between tables")

    def _paragraph(self, style: str, line: Line) -> Place:
        place = self.made.add_paragraph(style=style)
        self._line(place, line)
        return place

    def _details(self, details: ReportDetails) -> None:
        made = self._grid(TITLE_BLOCK, (Mm(40), Mm(126)), "What the report says of itself")
        for word, said in details.rows:
            row = made.add_row()
            self._cell(row.cells[0], (word,), "Table heading")
            self._cell(row.cells[1], (said,), "Table text")

    def _table(self, table: ReportTable) -> None:
        many = len(table.head)
        widths = (Mm(60), Mm(106)) if many == 2 else (Mm(166 / many),) * many
        made = self._grid(REPORT_TABLE, widths, f"{self.part}: {', '.join(map(text_of, table.head))}")
        head = made.add_row()
        head._tr.get_or_add_trPr().append(element("tblHeader"))
        for cell, line in zip(head.cells, table.head, strict=True):
            self._cell(cell, (line,), "Table heading")
        for row in table.rows:
            for cell, lines in zip(made.add_row().cells, row, strict=True):
                self._cell(cell, lines, "Table text")
        for row in made.rows:
            row._tr.get_or_add_trPr().insert(0, element("cantSplit"))

    def _grid(self, style: str, widths: tuple[int, ...], says: str) -> _Table:
        """A table without rows, of these widths. `says` is its alternative text."""
        made = self.made.add_table(rows=0, cols=len(widths), style=style)
        made.autofit = False
        made._tbl.tblPr.append(element("tblCaption", val=says))
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        return made

    def _cell(self, cell: _Cell, lines: tuple[Line, ...], style: str) -> None:
        for number, line in enumerate(lines):
            place = cell.add_paragraph() if number else cell.paragraphs[0]
            place.style = self.made.styles[style]
            self._line(place, line)

    def _line(self, place: Place, line: Line) -> None:
        for before, part in zip((None, *line), line, strict=False):
            if isinstance(part, NoteMark):
                if isinstance(before, NoteMark):
                    place.add_run(", ", style="footnote reference")
                note_mark(place, part.number)
            elif part.link:
                add_link(place, "", part.text, self.made.part.relate_to(part.link, _HYPERLINK, is_external=True))
            else:
                run = place.add_run(part.text)
                run.bold, run.italic = part.strong or None, part.emphasis or None


_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def _of_the_day(packed: bytes, document: ReportDocument) -> bytes:
    """The file with the report's day on each of its parts, and without the picture of another that came with the styles."""
    again = io.BytesIO()
    day = document.day
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return again.getvalue()
