"""The report for the council: one document in four forms, with a note for every figure, and nothing in it that partners may not read."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from markdown import Markdown

from handbook.audit.site_audit import audit
from handbook.editions.check import check
from handbook.exports.report import report as module
from handbook.exports.report.council_shape import PARTS
from handbook.exports.report.document import (
    NoteMark,
    ReportDetails,
    ReportDocument,
    ReportHeading,
    ReportList,
    ReportParagraph,
    ReportTable,
    TextRun,
    lines_of,
    text_of,
)
from handbook.exports.report.html_page import page as html_page
from handbook.exports.report.markdown import markdown
from handbook.exports.report.page_reader import ReportPageReader
from handbook.exports.report.report import ReportFormat, ReportNotMade, document_of, make, report_page
from handbook.exports.report.word import word
from handbook.html.elements import read_html
from handbook.model.dependencies import on_record
from handbook.model.editions import Edition
from handbook.model.figures import Figure
from handbook.model.problems import ContentError
from tests import office
from tests.conftest import copy_full_example, copy_with_reports, run
from tests.exports.report.reports import edition_in, report_in

BOTH = pytest.mark.parametrize("edition", Edition)
# The report of the full example.
NAME = "2021"


@cache
def root() -> Path:
    """The full example, which no test here changes."""
    return copy_full_example(Path(_FOLDER.name) / "handbook")


_FOLDER = TemporaryDirectory(prefix="handbook-report-")


def report(edition: Edition, draft: bool = False) -> ReportDocument:
    return report_in(root(), NAME, edition, draft)


def squeezed(text: str) -> str:
    """A text's letters and digits, which every form has, whatever it does with spaces and marks."""
    return re.sub(r"[^\w%£]+", "", text)


def in_word(made: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(made))


def texts(edition: Edition) -> list[str]:
    """Every line of the report, and every note."""
    document = report(edition)
    return [text_of(line) for block in document.blocks for line in lines_of(block)] + list(document.notes)


# From the page


def test_the_words_of_a_line_keep_their_manner_and_stops_go_before_marks() -> None:
    html = (
        '<p>In <span class="figure"><strong>over <span class="figure-end">15<button>x</button></span></strong>'
        '<small class="figure-note" id="note-1" popover data-search-exclude><span class="figure-note-value">over 15 people</span> '
        '<span class="figure-note-title">People met</span> <span class="figure-note-period">June 2021</span> '
        '<span class="figure-note-source">A report, paragraph 5</span> <a href="f.html#met">History</a></small></span> '
        '<span class="cite">(<a href="s.html#a" title="A report">paragraph 5</a>)</span>. <b>Bold</b> '
        '<img src="a.png" alt="A home"> <a href="https://example.org/">out</a><a href="x.html"> in</a> <small class="staff-label">Staff only</small></p>'
    )
    reader = ReportPageReader(lambda figure: f"get {figure}")
    [paragraph] = reader.read(read_html(html))
    assert isinstance(paragraph, ReportParagraph)
    assert paragraph.line == (
        TextRun("In over 15"),
        TextRun(" [get met]", strong=True),
        TextRun("."),
        NoteMark(1),
        NoteMark(2),
        TextRun(" "),
        TextRun("Bold", strong=True),
        TextRun(" [Picture: A home] "),
        TextRun("out", link="https://example.org/"),
        TextRun(" in"),
    )
    assert reader.notes == ["Over 15 people: People met, June 2021. A report, paragraph 5.", "A report, paragraph 5."]


def test_a_table_stands_in_the_place_of_a_drawing() -> None:
    html = (
        '<figure class="chart"><figcaption><p class="chart-title">Turnover</p><p class="chart-says">It fell.</p></figcaption>'
        '<svg><text>27%</text></svg><p class="chart-key">Dots are numbers.</p><details data-search-exclude>'
        "<summary>Show as a table</summary><div><table><tr><th>When</th><th>Value</th></tr>"
        "<tr><td>2020</td><td>27%</td></tr></table></div></details></figure>"
    )
    title, says, table = ReportPageReader().read(read_html(html))
    assert [text_of(line) for block in (title, says) for line in lines_of(block)] == ["Turnover", "It fell."]
    assert isinstance(table, ReportTable)
    assert [text_of(line) for line in lines_of(table)] == ["When", "Value", "2020", "27%"]


def test_what_a_report_says_of_itself_is_read_as_words_and_what_is_said() -> None:
    html = (
        "<dl><dt>Report to</dt><dd>Committee</dd><dt>Authors</dt><dd>One</dd><dd>Two "
        '<span class="cite">(<a href="s.html#a" title="A report">paragraph 5</a>)</span></dd></dl>'
    )
    [details] = ReportPageReader().read(read_html(html))
    assert details == ReportDetails(
        (
            ((TextRun("Report to"),), (TextRun("Committee"),)),
            ((TextRun("Authors"),), (TextRun("One"), TextRun(" "), TextRun("Two"), NoteMark(1))),
        )
    )


@BOTH
def test_a_title_block_stands_before_the_contents(edition: Edition) -> None:
    document = report(edition)
    block, note = document.opening
    assert (
        isinstance(block, ReportDetails)
        and isinstance(note, ReportParagraph)
        and isinstance(document.body[0], ReportHeading)
    )
    words = ["Report to", "Date", "Lead officer", "Subject"]
    assert [text_of(word) for word, _ in block.rows] == words
    made = in_word(word(document))
    [table, *_] = made.tables
    assert [cell.text for cell in table.columns[0].cells] == words
    order = [child.tag.rpartition("}")[2] for child in made.element.body][:3]
    assert order == ["p", "tbl", "p"] and made.paragraphs[0].style.name == "Title"
    drafted = report(edition, draft=True)
    assert drafted.opening == document.opening
    assert [text_of(heading.line) for heading in drafted.contents][:2] == [
        "Still to do in this draft",
        "The report as it stands",
    ]


def test_tables_that_touch_are_kept_apart_and_no_file_ends_with_one() -> None:
    table = ReportTable(((TextRun("A"),),), ((((TextRun("1"),),),),))
    made = in_word(
        word(replace(report(Edition.PARTNER), blocks=(ReportHeading(1, "a", (TextRun("A"),)), table, table), notes=()))
    )
    tags = [child.tag.rpartition("}")[2] for child in made.element.body]
    assert tags[-5:] == ["tbl", "p", "tbl", "p", "sectPr"]


@BOTH
def test_it_has_the_parts_of_the_councils_shape_in_their_order(edition: Edition) -> None:
    titles = [text_of(block.line) for block in report(edition).contents if block.level == 1]
    assert [title for title in titles if title in PARTS] == list(PARTS)


@BOTH
def test_paragraphs_are_numbered_from_the_summary_to_the_annexes(edition: Edition) -> None:
    blocks = report(edition).blocks
    numbers = [block.number for block in blocks if isinstance(block, ReportParagraph) and block.number]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 15
    titles = [text_of(block.line) if isinstance(block, ReportHeading) else "" for block in blocks]
    within = blocks[titles.index("Executive summary") : titles.index("Annexes")]
    assert [block for block in within if isinstance(block, ReportParagraph) and not block.number] == []


@BOTH
def test_every_figure_has_a_note_with_its_value_source_and_time(edition: Edition) -> None:
    notes = report(edition).notes
    reads = edition_in(root(), edition).reads[f"reports/{NAME}.md"]
    shown = [
        figure for figure in edition_in(root(), edition).store.all(Figure) if on_record(figure.kind, figure.id) in reads
    ]
    assert len(shown) > 10
    for figure in shown:
        title = figure.title.replace("'", "\u2019")
        assert any(f": {title}, " in note and "Example report, 21 December 2021, " in note for note in notes), figure.id
    marks = [
        part.number
        for block in report(edition).blocks
        for line in lines_of(block)
        for part in line
        if isinstance(part, NoteMark)
    ]
    assert marks == list(range(1, len(notes) + 1))


# In each form


@BOTH
def test_every_form_has_every_word(edition: Edition) -> None:
    document = report(edition)
    made = in_word(word(document))
    in_docx = "".join(node.text or "" for node in made.element.body.iter(qn("w:t")))
    notes = zipfile.ZipFile(io.BytesIO(word(document))).read("word/footnotes.xml")
    in_docx += "".join(node.text or "" for node in ElementTree.fromstring(notes).iter(qn("w:t")))
    in_html = read_html(html_page(document).decode()).text()
    in_markdown = read_html(Markdown(extensions=["tables", "footnotes"]).convert(markdown(document).decode())).text()
    assert len(texts(edition)) > 100
    for name, found in (("docx", in_docx), ("html", in_html), ("md", in_markdown)):
        found = squeezed(re.sub(r"\s+", " ", found))
        missing = [text for text in texts(edition) if _pieces_missing(text, found)]
        assert not missing, name


def _pieces_missing(text: str, found: str) -> bool:
    """True where a word of a text is nowhere in what was found. Marks stand between the pieces of a line."""
    return any(squeezed(piece) not in found for piece in text.split())


@BOTH
def test_plain_markdown_defines_each_note_it_calls(edition: Edition) -> None:
    text = markdown(report(edition)).decode()
    called = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert called == re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE) == [str(n + 1) for n in range(len(called))]


@BOTH
def test_html_needs_nothing_beside_it_and_its_links_lead_somewhere(edition: Edition) -> None:
    tree = read_html(html_page(report(edition)).decode())
    ids = [node.attributes["id"] for node in tree.nodes() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    links = [node.attributes["href"] for node in tree.nodes() if "href" in node.attributes]
    assert len(links) > 50 and {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all(link.startswith(("#", "https://")) for link in links)
    assert not [node for node in tree.nodes() if "src" in node.attributes or node.name == "script"]


# Word


@BOTH
def test_word_has_real_styles_numbers_tables_and_fields(edition: Edition) -> None:
    document = report(edition)
    made = in_word(word(document))
    styles = [place.style.name for place in made.paragraphs]
    assert styles[0] == "Title"
    headings = [block for block in document.blocks if isinstance(block, ReportHeading)]
    assert [name for name in styles if name.startswith("Heading")] == [f"Heading {min(h.level, 3)}" for h in headings]
    assert styles.count("Numbered paragraph") == sum(
        isinstance(b, ReportParagraph) and b.number > 0 for b in document.blocks
    )
    assert made.styles["Numbered paragraph"].element.pPr.numPr.numId.val
    lists = [block for block in document.blocks if isinstance(block, ReportList)]
    numbered = [
        place._p.pPr.numPr.numId.val for place in made.paragraphs if place.style.name in ("List Bullet", "List Number")
    ]
    assert len(set(numbered)) == len(lists), "each list starts again"
    tables = [block for block in document.blocks if isinstance(block, ReportTable)]
    assert [table.style.name for table in made.tables] == ["Title block", *["Report table"] * 3]
    said = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in made.tables]
    assert said[1:] == [
        "Staff: When, Value, Source",
        "Risks: Risk, What is done about it",
        "Other implications: Area, Direct implications",
    ]
    assert len(tables) == 3
    for table in made.tables[1:]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in table.rows[1:])
    xml = made.element.xml + made.sections[0].footer._element.xml
    assert all(f">{code}" in xml for code in ("TOC ", "PAGE<", "NUMPAGES<"))
    assert not [place for place in made.paragraphs if not place.text], "space is made by styles"
    anchors = set(re.findall(r'w:anchor="([^"]+)"', xml))
    assert anchors == {heading.id for heading in document.contents}
    assert anchors <= set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml))


@BOTH
def test_words_notes_are_at_the_foot_in_the_order_of_their_marks(edition: Edition) -> None:
    made = word(report(edition))
    called = re.findall(r'<w:footnoteReference w:id="(\d+)"/>', in_word(made).element.xml)
    notes = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("word/footnotes.xml"))
    ids = [note.get(qn("w:id")) for note in notes]
    assert ids == ["-1", "0", *called] and len(called) == len(report(edition).notes)


def test_word_says_what_it_is_and_the_same_report_has_the_same_bytes() -> None:
    document = report(Edition.PARTNER)
    known = in_word(word(document)).core_properties
    assert (known.title, known.subject, known.language) == (document.title, document.subject, "en-GB")
    assert known.created.replace(tzinfo=None) == known.modified.replace(tzinfo=None) == datetime(2021, 12, 21)
    assert known.author == "Example County Council" and "python" not in (known.comments + known.author)
    assert 'w:lang w:val="en-GB"' in in_word(word(document)).styles.element.xml
    settings = in_word(word(document)).settings.element.xml
    assert re.search(r'w:name="compatibilityMode"[^>]* w:val="15"', settings), "else Word opens it as an old file"
    assert 'w:themeFontLang w:val="en-GB"' in settings
    assert word(document) == word(document)
    times = {entry.date_time[:3] for entry in zipfile.ZipFile(io.BytesIO(word(document))).infolist()}
    assert times == {(2021, 12, 21)}


@pytest.mark.long
def test_libreoffice_opens_it_and_prints_all_of_it(tmp_path: Path) -> None:
    """With the real program: no word is lost, and every page has its number."""
    document = report(Edition.INTERNAL)
    (tmp_path / "report.docx").write_bytes(word(document))
    pages = pypdf.PdfReader(office.as_pdf(tmp_path / "report.docx", tmp_path)).pages
    found = [page.extract_text() for page in pages]
    assert all(f"Page {number} of {len(pages)}" in text for number, text in enumerate(found, 1))
    whole = squeezed("".join(found))
    assert [text for text in texts(Edition.INTERNAL) if _pieces_missing(text, whole)] == []
    numbers = [block.number for block in document.blocks if isinstance(block, ReportParagraph) and block.number]
    shown = [int(n) for text in found for n in re.findall(r"^(\d+)\. ?(?=[A-Z])", text, re.MULTILINE)]
    assert [n for n in numbers if n not in shown] == []


@pytest.mark.browser
def test_print_has_bookmarks_and_page_numbers() -> None:
    pdf = pypdf.PdfReader(io.BytesIO(make(root(), NAME, Edition.PARTNER, ReportFormat.PDF)))
    assert pdf.root_object["/MarkInfo"]["/Marked"] and pdf.outline
    assert all(f"{number} of {len(pdf.pages)}" in page.extract_text() for number, page in enumerate(pdf.pages, 1))
    whole = squeezed("".join(page.extract_text() for page in pdf.pages))
    assert [text for text in texts(Edition.PARTNER) if _pieces_missing(text, whole)] == []


# What partners may read


@pytest.mark.parametrize("draft", [False, True])
def test_the_audit_finds_nothing_in_the_partners_report(tmp_path: Path, draft: bool) -> None:
    document = report(Edition.PARTNER, draft)
    (tmp_path / "report.html").write_bytes(html_page(document))
    (tmp_path / "report.md").write_bytes(markdown(document))
    assert audit(root(), tmp_path) == []
    (tmp_path / "report.html").write_bytes(html_page(report(Edition.INTERNAL, draft)))
    found = {finding.found for finding in audit(root(), tmp_path)}
    assert len(found) > 3


def test_what_partners_may_not_read_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were words of staff to slip through, the audit would stop it: here they are put in on purpose."""
    monkeypatch.setattr(module, "document_of", lambda *_: report(Edition.INTERNAL))
    with pytest.raises(ReportNotMade, match="partners may not read"):
        make(root(), NAME, Edition.PARTNER, ReportFormat.MD)


# Drafts, small numbers and mistakes

SHAPED = "\n\n".join(f"## {part}\n\nWords." for part in PARTS)


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """The example after its second report, whose pages have the council's shape."""
    root = copy_with_reports(tmp_path / "handbook", 2)
    for name in ("2021", "2022"):
        page = root / f"docs/reports/{name}.md"
        page.write_text(f"{page.read_text('utf-8')}\n\n{SHAPED}\n", "utf-8")
    return root


def drafted(root: Path, name: str) -> str:
    edition = check(root, [Edition.INTERNAL]).editions[Edition.INTERNAL]
    return markdown(document_of(edition, report_page(edition, name), draft=True)).decode()


def test_a_draft_marks_what_has_no_newer_number_than_the_last_report(handbook: Path) -> None:
    first, second = drafted(handbook, "2021"), drafted(handbook, "2022")
    assert "no newer number" not in first and "Every figure has a newer number" in first
    assert second.count("no newer number") > 3 and "Someone must go and get" in second
    assert "Draft." in second and "Draft." not in markdown(report(Edition.INTERNAL)).decode()


def test_a_draft_tells_of_a_page_past_its_review(handbook: Path) -> None:
    page = handbook / "docs/reports/2022.md"
    page.write_text(page.read_text("utf-8").replace("order: 20", "order: 20\nreview_by: 2022-01", 1), "utf-8")
    assert "to be read by January 2022" in drafted(handbook, "2022")


@pytest.mark.parametrize("draft", [False, True])
def test_a_number_kept_from_partners_is_a_mark_in_their_report(handbook: Path, draft: bool) -> None:
    figures = handbook / "data/figures/neglect.yml"
    before = {
        (edition, form): make(handbook, "2022", edition, form, draft)
        for edition in Edition
        for form in (ReportFormat.DOCX, ReportFormat.MD)
    }
    assert "c (small number, not shown)" in before[Edition.PARTNER, ReportFormat.MD].decode()
    assert "4 children" in before[Edition.INTERNAL, ReportFormat.MD].decode()
    text = figures.read_text("utf-8").replace('value: "4"', 'value: "2"').replace("Two of them", "Both of them")
    figures.write_text(text, "utf-8")
    for (edition, form), made in before.items():
        assert (make(handbook, "2022", edition, form, draft) == made) is (edition is Edition.PARTNER)


def test_a_part_that_the_page_lacks_is_told_with_its_cure(handbook: Path) -> None:
    page = handbook / "docs/reports/2022.md"
    page.write_text(page.read_text("utf-8").replace("## Equalities", "### Equalities"), "utf-8")
    with pytest.raises(ContentError, match=r"docs/reports/2022\.md:1: .*Equalities"):
        make(handbook, "2022", Edition.INTERNAL, ReportFormat.MD)


def test_the_command_writes_the_report_or_says_why_not(handbook: Path) -> None:
    done = run("handbook.cli", "report", "2022", "--to", "docx", "--edition", "partner", cwd=handbook)
    assert done.returncode == 0, done.stderr
    [file] = (handbook / "build").glob("report-2022-partner.docx")
    assert in_word(file.read_bytes()).core_properties.title
    before = file.read_bytes()
    for arguments, said in (
        (["2023", "--to", "md"], "no report of this name (found 2023)"),
        (["2022", "--to", "md", "--output", "build"], "cannot be written"),
    ):
        done = run("handbook.cli", "report", *arguments, cwd=handbook)
        assert done.returncode == 1 and done.stderr.startswith("No report was made") and said in done.stderr
        assert "Traceback" not in done.stderr
    assert file.read_bytes() == before
