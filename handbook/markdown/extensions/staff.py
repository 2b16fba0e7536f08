"""What is for staff only on a page that partners read too, marked so that staff can see where it starts and ends.

The mark is made in two steps, since only the text knows what stands between `{% if internal %}`
and `{% endif %}`, and only the tree knows what it became. Control characters, which no page may
hold, are put round the text; the Markdown extension takes them out again and marks what they
stand round. The partner edition has neither.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

# Round whole blocks, at the start of a list item or a table row, and round words in a line.
_OPEN, _CLOSE, _ITEM, _FROM, _TO = "\x11", "\x12", "\x13", "\x14", "\x15"
_ALL = re.compile(f"[{_OPEN}{_CLOSE}{_ITEM}{_FROM}{_TO}]")

_LIST_ITEM = re.compile(r"^([ ]*)(?:[-*+]|\d+\.)[ ]+(?=\S)")
_TABLE_ROW = re.compile(r"^([ ]*)\|[ ]*(?=\S)")
LABEL = "Staff only"


def marks(before: str, text: str) -> list[tuple[int, str]]:
    """What to put into `text`, which follows `before` on its page, and where, the last place first."""
    if not text.strip():
        return []
    line_so_far = before.rpartition("\n")[2]
    first_line = text.lstrip("\n").partition("\n")[0]
    if line_so_far.strip() or "\n" not in text.strip("\n") and not text.endswith("\n"):
        return [] if line_so_far.lstrip().startswith("#") else _round_words(text)
    in_paragraph = bool(before.rstrip(" ").rstrip("\n").strip()) and not before.endswith("\n\n")
    for shape in (_LIST_ITEM, _TABLE_ROW):
        if in_paragraph and (found := shape.match(first_line)):
            return _at_items(text, shape, len(found[1]))
    if in_paragraph and "\n\n" not in text.strip("\n") and not first_line.lstrip().startswith("<"):
        return _round_words(text)
    margin = first_line[: len(first_line) - len(first_line.lstrip())]
    end = len(text.rstrip("\n"))
    return [(end, f"\n\n{margin}{_CLOSE}\n"), (0, f"\n{margin}{_OPEN}\n\n")]


def _round_words(text: str) -> list[tuple[int, str]]:
    return [(len(text.rstrip()), _TO), (len(text) - len(text.lstrip()), _FROM)]


def _at_items(text: str, shape: re.Pattern[str], margin: int) -> list[tuple[int, str]]:
    places, start = [], 0
    for line in text.split("\n"):
        found = shape.match(line)
        if found and len(found[1]) == margin:
            places.append((start + found.end(), _ITEM))
        start += len(line) + 1
    return places[::-1]


class _Staff(Treeprocessor):
    """Marks what stands between the control characters, and leaves none of them in the tree."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            _mark_blocks(parent)
            _mark_words(parent)
            if parent.tag in ("li", "tr") and _ITEM in "".join(_own_text(parent)):
                parent.set("class", "staff")
                first = parent[0] if parent.tag == "tr" or not (parent.text or "").strip() else parent
                first.text, label = "", _label("small", tail=f" {_clean(first.text)}")
                first.insert(0, label)
        for element in root.iter():
            element.text, element.tail = _clean(element.text), _clean(element.tail)


def _mark_blocks(parent: Element) -> None:
    box: Element | None = None
    for child in list(parent):
        said = (child.text or "").strip() if child.tag == "p" and not len(child) else ""
        if said == _OPEN:
            box = Element("div", {"class": "staff"})
            box.append(_label("p"))
            parent[list(parent).index(child)] = box
        elif said == _CLOSE:
            parent.remove(child)
            box = None
        elif box is not None:
            parent.remove(child)
            box.append(child)


def _mark_words(parent: Element) -> None:
    """Puts what stands between the marks of one parent into a span."""
    texts = [parent.text or "", *(child.tail or "" for child in parent)]
    starts = [at for at, text in enumerate(texts) if _FROM in text]
    ends = [at for at, text in enumerate(texts) if _TO in text]
    if len(starts) != 1 or len(ends) != 1:
        return
    start, end = starts[0], ends[0]
    children = list(parent)
    span = Element("span", {"class": "staff"})
    before, _, inside = texts[start].partition(_FROM)
    if start == end:
        inside, _, after = inside.partition(_TO)
    else:
        last, _, after = texts[end].partition(_TO)
        children[end - 1].tail = last
    span.append(_label("small", tail=inside if inside[:1] in tuple(",.;:)") else f" {inside}"))
    for child in children[start:end]:
        parent.remove(child)
        span.append(child)
    span.tail = after
    if start:
        children[start - 1].tail = before
    else:
        parent.text = before
    parent.insert(start, span)


def _own_text(element: Element) -> list[str]:
    """The text at the start of a list item or a row, in whatever it stands there."""
    first = element[0].text if len(element) else ""
    return [element.text or "", first or ""]


def _label(tag: str, tail: str | None = None) -> Element:
    label = Element(tag, {"class": "staff-label", "data-search-exclude": ""})
    label.text, label.tail = LABEL, tail
    return label


def _clean(text: str | None) -> str | None:
    """The text without marks. One that has none stays the very object it is: code is a kind of string of its own."""
    return _ALL.sub("", text) if text and _ALL.search(text) else text


class StaffExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        # After what stands in the cells has been read (20), and before tables take their form (15).
        md.treeprocessors.register(_Staff(md), "handbook-staff", 17)


def makeExtension(**options: Any) -> StaffExtension:  # noqa: N802 (Python-Markdown's name)
    """What Python-Markdown calls to have the extension."""
    return StaffExtension(**options)
