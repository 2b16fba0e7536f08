"""A report for Word: real styles, numbered paragraphs, contents, notes at the foot of the page, page numbers."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

import docx
from docx.document import Document as Word
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Place

from .document import LANGUAGE, Block, Document, Heading, Items, Line, Mark, Paragraph, Table, text_of
from .word_parts import Numbering, add_field, add_link, add_notes, bookmark, note_mark, restyle

# Between the margins of a page.
_WIDTH = Mm(166)


def word(document: Document) -> bytes:
    """The report as a Word file. The same report gives the same bytes."""
    made = docx.Document()
    restyle(made)
    _properties(made, document)
    _page(made, document)
    writer = _Writer(made)
    made.add_paragraph(document.title, style="Title")
    for detail in document.details:
        made.add_paragraph(detail, style="Detail")
    _contents(made, document)
    head = len(made.paragraphs)
    for block in document.blocks:
        writer.block(block)
    made.paragraphs[head].paragraph_format.page_break_before = True
    add_notes(made, document.notes)
    written = io.BytesIO()
    made.save(written)
    return _of_the_day(written.getvalue(), document)


def _properties(made: Word, document: Document) -> None:
    """What a file manager and a screen reader are told of the file. Its times are the day the report speaks for."""
    day = datetime.combine(document.day, time())
    known = made.core_properties
    known.title, known.subject, known.language = document.title, document.subject, LANGUAGE
    known.author = known.last_modified_by = document.council
    known.created = known.modified = day
    known.comments, known.keywords, known.category, known.revision = "", "", document.label, 1


def _page(made: Word, document: Document) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.header.paragraphs[0].text = document.label
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{document.title}\tPage ")
    foot.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    add_field(foot, "PAGE")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES")


def _contents(made: Word, document: Document) -> None:
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


_AFTER_LIST = Pt(10)


class _Writer:
    def __init__(self, made: Word):
        self.made = made
        self.numbering = Numbering(made)

    def block(self, block: Block) -> None:
        if isinstance(block, Heading):
            place = self.made.add_paragraph(style=f"Heading {min(block.level, 3)}")
            self._line(place, block.line)
            bookmark(place, block.id)
        elif isinstance(block, Paragraph):
            place = self.made.add_paragraph(style="Numbered paragraph" if block.number else "Normal")
            self._line(place, block.line)
            self._keep_with_list(place)
        elif isinstance(block, Items):
            number = self.numbering.fresh(block.ordered)
            for line in block.lines:
                place = self.made.add_paragraph(style="List Number" if block.ordered else "List Bullet")
                self.numbering.put(place, number)
                self._line(place, line)
            place.paragraph_format.space_after = _AFTER_LIST
        else:
            self._table(block)

    def _keep_with_list(self, place: Place) -> None:
        """Words that lead to a list stay on its page."""
        if place.text.endswith(":"):
            place.paragraph_format.keep_with_next = True

    def _table(self, table: Table) -> None:
        widths = [Mm(50), Mm(116)] if len(table.head) == 2 else [Mm(166 / len(table.head))] * len(table.head)
        made = self.made.add_table(rows=0, cols=len(table.head), style="Table Grid")
        made.autofit = False
        head = made.add_row()
        mark = OxmlElement("w:tblHeader")
        head._tr.get_or_add_trPr().append(mark)
        for cell, line in zip(head.cells, table.head, strict=True):
            shade = OxmlElement("w:shd")
            for key, value in (("val", "clear"), ("color", "auto"), ("fill", "E6EDEA")):
                shade.set(qn(f"w:{key}"), value)
            cell._tc.get_or_add_tcPr().append(shade)
            self._cell(cell, (line,), "Table heading")
        for row in table.rows:
            added = made.add_row()
            added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, lines in zip(added.cells, row, strict=True):
                self._cell(cell, lines, "Table text")
        for row in made.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        self.made.add_paragraph(style="After table")

    def _cell(self, cell: _Cell, lines: tuple[Line, ...], style: str) -> None:
        for number, line in enumerate(lines):
            place = cell.add_paragraph() if number else cell.paragraphs[0]
            place.style = self.made.styles[style]
            self._line(place, line)

    def _line(self, place: Place, line: Line) -> None:
        for before, part in zip((None, *line), line, strict=False):
            if isinstance(part, Mark):
                if isinstance(before, Mark):
                    place.add_run(", ", style="footnote reference")
                note_mark(place, part.number)
            elif part.link:
                add_link(place, "", part.text, self.made.part.relate_to(part.link, _HYPERLINK, is_external=True))
            else:
                run = place.add_run(part.text)
                run.bold, run.italic = part.strong or None, part.emphasis or None


_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def _of_the_day(packed: bytes, document: Document) -> bytes:
    """The file with the report's day on each of its parts, and without the picture of another that came with the styles."""
    again = io.BytesIO()
    day = document.day
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return again.getvalue()
