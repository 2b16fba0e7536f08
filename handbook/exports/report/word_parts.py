"""Parts of a Word file that python-docx has no words for: numbering, fields, links, bookmarks and notes."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph as Place

# Where numbered paragraphs and lists start their text.
_TEXT_AT, _HANGING = 567, 567  # twentieths of a point: 10 mm
_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def element(name: str, /, **attributes: str) -> Any:
    """An element of Word's own, with attributes of its own."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


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
