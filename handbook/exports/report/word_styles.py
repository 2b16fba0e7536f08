"""The look of a Word file: its styles for text and tables, its language, and the Word that it is made for."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from handbook.exports.report.document import LANGUAGE
from handbook.exports.report.word_parts import element

# Between the margins of a page.
TEXT_WIDTH = Mm(166)
REPORT_TABLE, TITLE_BLOCK = "Report table", "Title block"

_FONT = "Arial"
_STRONG = RGBColor(0x00, 0x59, 0x4F)
_AFTER = {"Numbered paragraph": 8, "toc 1": 1.5, "toc 2": 1}
_WORD_2013 = "15"


def _table_style(name: str, edges: tuple[str, ...], more: str = "") -> str:
    lines = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="7D8C87"/>' for edge in edges)
    return (
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr>'
        f"{more}</w:style>"
    )


_TABLES = (
    _table_style(
        REPORT_TABLE,
        ("top", "left", "bottom", "right", "insideH", "insideV"),
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E6EDEA"/></w:tcPr></w:tblStylePr>',
    ),
    _table_style(TITLE_BLOCK, ("top", "bottom", "insideH")),
)


def set_language_and_version(made: Word) -> None:
    """Makes the file one of the Word of today, so that it is not opened in the manner of an old one."""
    settings = made.settings.element
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), _WORD_2013)
    for fonts in settings.iter(qn("w:themeFontLang")):
        fonts.set(qn("w:val"), LANGUAGE)


def restyle(made: Word) -> None:
    """Gives python-docx's own styles the report's look and language, and adds the report's own."""
    styles = made.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("lang", val=LANGUAGE, eastAsia=LANGUAGE))
    _style(styles["Normal"], 11, after=8)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, size, before in (("Title", 24, 0), ("Heading 1", 16, 20), ("Heading 2", 13, 14), ("Heading 3", 11.5, 10)):
        _style(styles[name], size, before, 6, bold=True, color=_STRONG)
        styles[name].paragraph_format.keep_with_next = True
    for name, key in (
        ("Title", "pBdr"),
        ("Footer", "tabs"),
        ("List Bullet", "contextualSpacing"),
        ("List Number", "contextualSpacing"),
    ):
        properties = styles[name].element.get_or_add_pPr()
        for old in properties.findall(qn(f"w:{key}")):
            properties.remove(old)
    for name in ("List Bullet", "List Number"):
        _style(styles[name], 11, after=4)
    for name, size, bold in (
        ("Detail", 11, False),
        ("Numbered paragraph", 11, False),
        ("Table heading", 10, True),
        ("Table text", 10, False),
        ("Between tables", 6, False),
        ("footnote text", 9, False),
        ("toc 1", 11, False),
        ("toc 2", 10, False),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _style(style, size, after=_AFTER.get(name, 3), bold=bold)
    for name in ("Table heading", "Table text"):
        styles[name].paragraph_format.space_before = Pt(3)
    contents = styles.add_style("Contents heading", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style = styles["Normal"]
    _style(contents, 16, 16, 6, bold=True, color=_STRONG)
    styles["toc 2"].paragraph_format.left_indent = Mm(8)
    for name in ("toc 1", "toc 2"):
        styles[name].paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for name in ("Header", "Footer"):
        _style(styles[name], 9)
    reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    for table in _TABLES:
        styles.element.append(parse_xml(table))


def _style(
    style: Any, size: float, before: float = 0, after: float = 0, bold: bool = False, color: RGBColor | None = None
) -> None:
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    style.font.color.rgb = color or RGBColor(0x16, 0x21, 0x1F)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
