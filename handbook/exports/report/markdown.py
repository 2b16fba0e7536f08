"""A report as plain Markdown, with its notes as footnotes."""

from __future__ import annotations

from handbook.exports.report.document import (
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


def markdown(document: ReportDocument) -> bytes:
    """The report as Markdown."""
    blocks = [
        f"# {document.title}",
        f"**{_escaped(document.label)}**",
        *map(_block, document.opening),
        *map(_escaped, document.details),
        *map(_block, document.body),
    ]
    notes = [f"[^{number}]: {_escaped(note)}" for number, note in enumerate(document.notes, 1)]
    return ("\n\n".join(blocks) + "\n\n" + "\n".join(notes) + "\n").encode()


def _block(block: Block) -> str:
    if isinstance(block, ReportHeading):
        return f"{'#' * (block.level + 1)} {_line(block.line)}"
    if isinstance(block, ReportParagraph):
        return f"{block.number}\\. {_line(block.line)}" if block.number else _line(block.line)
    if isinstance(block, ReportList):
        return "\n".join(
            f"{f'{number}.' if block.ordered else '-'} {_line(line)}" for number, line in enumerate(block.lines, 1)
        )
    if isinstance(block, ReportDetails):
        return "\n".join(f"- **{_line(word)}:** {_line(said)}" for word, said in block.rows)
    return _table(block)


def _table(table: ReportTable) -> str:
    head = f"| {' | '.join(map(_cell, table.head))} |\n" + "| --- " * len(table.head) + "|"
    rows = [f"| {' | '.join('<br>'.join(map(_cell, cell)) for cell in row)} |" for row in table.rows]
    return "\n".join([head, *rows])


def _cell(line: Line) -> str:
    return _line(line).replace("|", "\\|")


def _line(line: Line) -> str:
    written = []
    for part in line:
        if isinstance(part, NoteMark):
            written.append(f"[^{part.number}]")
            continue
        text = _escaped(part.text)
        words = text.strip()
        mark = "**" * part.strong + "*" * part.emphasis
        if words and part.link:
            text = text.replace(words, f"[{words}]({part.link})")
        written.append(text.replace(words, f"{mark}{words}{mark[::-1]}") if words and mark else text)
    return "".join(written)


def _escaped(text: str) -> str:
    for mark in "\\`*_[]<":
        text = text.replace(mark, f"\\{mark}")
    return text
