"""A report as one HTML page, which needs nothing beside it. It is also what is printed."""

from __future__ import annotations

from html import escape

from handbook.exports.report.document import (
    LANGUAGE,
    Block,
    Line,
    NoteMark,
    ReportDetails,
    ReportDocument,
    ReportHeading,
    ReportList,
    ReportParagraph,
    ReportTable,
)

_STYLE = """
body { font: 11pt/1.5 "Source Sans 3", Arial, sans-serif; color: #16211f; background: #fff; max-width: 44em; margin: 0 auto; padding: 1em }
h1, h2, h3, h4 { line-height: 1.2; break-after: avoid }
h1 { font-size: 24pt; color: #00594f; margin: .6em 0 .3em; text-wrap: balance } h2 { font-size: 17pt; color: #00594f; margin-top: 1.6em }
h3 { font-size: 13.5pt } h4 { font-size: 11.5pt }
a { color: #00594f } .label { font-weight: 700 } .details p { margin: .2em 0 }
.numbered { position: relative; padding-left: 2.6em } .numbered > .number { position: absolute; left: 0 }
table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #7d8c87; padding: .4em .6em; text-align: left; vertical-align: top }
th { background: #f3f6f4 } tr { break-inside: avoid } thead { display: table-header-group }
.title-block { display: grid; grid-template-columns: 9em 1fr; border-top: 1px solid #7d8c87; margin: 1em 0 }
.title-block > * { margin: 0; padding: .3em .6em .3em 0; border-bottom: 1px solid #7d8c87 } dt { font-weight: 700 }
td p { margin: 0 0 .4em } nav ul { list-style: none; padding-left: 0 } nav li.level-2 { padding-left: 1.5em }
.footnotes { font-size: 9pt; line-height: 1.4 } sup { font-size: .7em; line-height: 0 }
"""
_ON_PAPER = """
@font-face { font-family: "Source Sans 3"; src: url("source-sans-3-latin.woff2"); font-weight: 200 900 }
@page { size: A4; margin: 20mm 20mm 22mm;
  @bottom-left { content: %s; font: 9pt "Source Sans 3", sans-serif; }
  @bottom-right { content: counter(page) " of " counter(pages); font: 9pt "Source Sans 3", sans-serif; } }
body { max-width: none; padding: 0; line-height: 1.4 }
nav { break-after: page } nav li { line-height: 1.3 } .label { margin-top: 0 } .title-block > * { padding-block: .2em }
"""


def page(document: ReportDocument, for_print: bool = False) -> bytes:
    """The report as HTML. What is for print has paper's margins and page numbers, and stands beside the font."""
    title = escape(document.title)
    running = '"' + f"{document.title}. {document.label}".replace("\\", "").replace('"', "\u201d") + '"'
    style = _STYLE + (_ON_PAPER % running if for_print else "")
    contents = "".join(
        f'<li class="level-{heading.level}"><a href="#{heading.id}">{_line(heading.line, marks=False)}</a></li>\n'
        for heading in document.contents
    )
    details = "".join(f"<p>{escape(detail)}</p>\n" for detail in document.details)
    notes = "".join(
        f'<li id="foot-{number}">{escape(note)} <a href="#mark-{number}" aria-label="Back to note {number}">Back</a></li>\n'
        for number, note in enumerate(document.notes, 1)
    )
    return (
        f'<!doctype html>\n<html lang="{LANGUAGE}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f'<p class="label">{escape(document.label)}</p>\n<h1>{title}</h1>\n'
        + "".join(map(_block, document.opening))
        + f'<div class="details">\n{details}</div>\n<nav aria-labelledby="contents"><h2 id="contents">Contents</h2>\n<ul>\n{contents}</ul></nav>\n'
        + "".join(map(_block, document.body))
        + f'<section class="footnotes"><h2 id="footnotes">Footnotes</h2>\n<ol>\n{notes}</ol></section>\n</main>\n</body>\n</html>\n'
    ).encode()


def _block(block: Block) -> str:
    if isinstance(block, ReportHeading):
        return f'<h{block.level + 1} id="{block.id}">{_line(block.line)}</h{block.level + 1}>\n'
    if isinstance(block, ReportParagraph):
        if not block.number:
            return f"<p>{_line(block.line)}</p>\n"
        number = f'<span class="number">{block.number}.</span> '
        return f'<p class="numbered" id="paragraph-{block.number}">{number}{_line(block.line)}</p>\n'
    if isinstance(block, ReportList):
        name = "ol" if block.ordered else "ul"
        return f"<{name}>\n" + "".join(f"<li>{_line(line)}</li>\n" for line in block.lines) + f"</{name}>\n"
    if isinstance(block, ReportDetails):
        rows = "".join(f"<dt>{_line(word)}</dt><dd>{_line(said)}</dd>\n" for word, said in block.rows)
        return f'<dl class="title-block">\n{rows}</dl>\n'
    return _table(block)


def _table(table: ReportTable) -> str:
    head = "".join(f'<th scope="col">{_line(line)}</th>' for line in table.head)
    rows = ""
    for row in table.rows:
        cells = "".join(f"<td>{''.join(f'<p>{_line(line)}</p>' for line in cell)}</td>" for cell in row)
        rows += f"<tr>{cells}</tr>\n"
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _line(line: Line, marks: bool = True) -> str:
    written = ""
    for before, part in zip((None, *line), line, strict=False):
        if isinstance(part, NoteMark):
            number = part.number
            written += "<sup>, </sup>" if isinstance(before, NoteMark) and marks else ""
            link = f'<a href="#foot-{number}" aria-label="Note {number}">{number}</a>'
            written += f'<sup id="mark-{number}">{link}</sup>' if marks else ""
            continue
        text = escape(part.text)
        text = f"<em>{text}</em>" if part.emphasis else text
        text = f"<strong>{text}</strong>" if part.strong else text
        written += f'<a href="{escape(part.link)}">{text}</a>' if part.link else text
    return written
