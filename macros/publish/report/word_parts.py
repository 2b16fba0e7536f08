"""Parts of a Word file that python-docx has no words for: notes, fields, bookmarks, numbering, and the report's styles."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Place

from .document import LANGUAGE

_FONT = "Arial"
_STRONG = RGBColor(0x00, 0x59, 0x4F)
# Where numbered paragraphs and lists start their text.
_TEXT_AT, _HANGING = 567, 567  # twentieths of a point: 10 mm
_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def element(name: str, /, **attributes: str) -> Any:
    """An element of Word's own, with attributes of its own."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


# Styles


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
        ("After table", 6, False),
        ("footnote text", 9, False),
        ("toc 1", 11, False),
        ("toc 2", 10, False),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _style(style, size, after=8 if name == "Numbered paragraph" else 3, bold=bold)
    styles["Numbered paragraph"].paragraph_format.keep_together = True
    for name in ("Table heading", "Table text"):
        styles[name].paragraph_format.space_before = Pt(3)
    contents = styles.add_style("Contents heading", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style = styles["Normal"]
    _style(contents, 16, 20, 6, bold=True, color=_STRONG)
    styles["toc 2"].paragraph_format.left_indent = Mm(8)
    for name in ("Header", "Footer"):
        _style(styles[name], 9)
    reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True


def _style(
    style: Any, size: float, before: float = 0, after: float = 0, bold: bool = False, color: RGBColor | None = None
) -> None:
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)
    style.font.color.rgb = color or RGBColor(0x16, 0x21, 0x1F)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


# Numbering


class Numbering:
    """The numbering of a file: one that runs through its paragraphs, and a fresh one for each list."""

    def __init__(self, made: Word):
        self._root = made.part.numbering_part.element
        for old in list(self._root):
            self._root.remove(old)
        self._kinds = {"decimal": 1, "bullet": 2, "paragraph": 3}
        for name, id in self._kinds.items():
            mark = ("bullet", "\u2022") if name == "bullet" else ("decimal", "%1.")
            indent = _TEXT_AT if name == "paragraph" else _TEXT_AT * 2
            self._root.append(
                parse_xml(
                    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/>'
                    f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{mark[0]}"/><w:lvlText w:val="{mark[1]}"/>'
                    f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{indent}" w:hanging="{_HANGING}"/></w:pPr></w:lvl>'
                    "</w:abstractNum>"
                )
            )
        self._last = 0
        through = self._number("paragraph")
        for name in ("List Bullet", "List Number"):
            properties = made.styles[name].element.get_or_add_pPr()
            for old in properties.findall(qn("w:numPr")):
                properties.remove(old)
        self._put(made.styles["Numbered paragraph"].element.get_or_add_pPr(), through)

    def fresh(self, ordered: bool) -> int:
        """A numbering of its own, which starts at 1, or one of bullets."""
        return self._number("decimal" if ordered else "bullet")

    def put(self, place: Place, number: int) -> None:
        """Numbers a paragraph."""
        self._put(place._p.get_or_add_pPr(), number)

    def _number(self, kind: str) -> int:
        self._last += 1
        number = element("num", numId=str(self._last))
        number.append(element("abstractNumId", val=str(self._kinds[kind])))
        if kind != "bullet":
            over = element("lvlOverride", ilvl="0")
            over.append(element("startOverride", val="1"))
            number.append(over)
        self._root.append(number)
        return self._last

    def _put(self, properties: Any, number: int) -> None:
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_ilvl().val = 0
        numbered.get_or_add_numId().val = number


# Fields, links and bookmarks


def add_field(place: Place, code: str, until: Place | None = None) -> None:
    """A field that the program works out, such as PAGE. With `until`, what stands up to there is its result."""
    begin, middle, end = (_run(element("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    text = element("instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = code
    if until is None:
        shown = place.add_run("1")._r
        place._p.remove(shown)
        place._p.extend([begin, _run(text), middle, shown, end])
        return
    first = place._p.pPr.getnext() if place._p.pPr is not None else place._p[0]
    for run in (begin, _run(text), middle):
        first.addprevious(run)
    until._p.append(end)


def _run(inside: Any) -> Any:
    made = element("r")
    made.append(inside)
    return made


def add_link(place: Place, anchor: str, words: str, relation: str = "") -> None:
    """A link to a bookmark of the file, or to the address that a relation holds."""
    link = element("hyperlink", anchor=anchor) if anchor else element("hyperlink")
    if relation:
        link.set(qn("r:id"), relation)
    run = place.add_run(words)._r
    link.append(run)
    place._p.append(link)


def bookmark(place: Place, name: str) -> None:
    """Makes a paragraph a place that links lead to."""
    id = str(len(place.part.element.findall(f".//{qn('w:bookmarkStart')}")) + 1)
    start, end = element("bookmarkStart", id=id, name=name), element("bookmarkEnd", id=id)
    place._p.insert(1 if place._p.pPr is not None else 0, start)
    place._p.append(end)


# Notes


def note_mark(place: Place, number: int) -> None:
    """The mark of a note. Word numbers it by its place."""
    run = place.add_run(style="footnote reference")
    run._r.append(element("footnoteReference", id=str(number)))


def add_notes(made: Word, notes: tuple[str, ...]) -> None:
    """Adds the part of the file that holds the notes, in the order of their marks."""
    separators = "".join(
        f'<w:footnote w:type="{name}" w:id="{id}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
        f"</w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>"
        for name, id, mark in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{_id(made, "footnote text")}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{_id(made, "footnote reference")}"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {nsdecls("w")}>{separators}{body}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), _NOTES, blob.encode(), made.part.package)
    made.part.relate_to(part, RELATION.FOOTNOTES)


def _id(made: Word, style: str) -> str:
    return str(made.styles[style].style_id)
