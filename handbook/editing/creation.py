"""Adding a record or a page: what is asked, what would be written, and the handbook as it would be."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handbook.editing.draft import Draft, draft
from handbook.editing.field_forms import FieldForm
from handbook.editing.insertion import insert_record
from handbook.editing.questions import Answers, Question, id_of, questions, values_of
from handbook.editing.record_lines import lines_of
from handbook.editing.refusal import EditRefused
from handbook.loading.front_matter import FENCE
from handbook.loading.handbook import Handbook, read_handbook
from handbook.loading.page_files import DOCS, is_name
from handbook.model.fields import Text
from handbook.model.front_matter import FrontMatter, PageKind
from handbook.model.parts import Record
from handbook.model.problems import ContentError
from handbook.model.record_kinds import KINDS, RecordKind
from handbook.rules.pages import SHAPE


@dataclass(frozen=True)
class Addition:
    """What is added to the handbook: the file with it, its line in that, and the handbook as it would be."""

    shown: str
    line: int
    before: bytes | None
    after: bytes
    draft: Draft
    name: str


@dataclass(frozen=True)
class CreationForm:
    """Something that can be added. `plan` makes the file's name, its bytes before and after, and the line."""

    name: str
    about: str
    asked: list[Question]
    fill: Callable[[Handbook, dict[str, Any]], tuple[str, int, bytes | None, bytes]]

    def plan(self, root: Path, answers: Answers) -> Addition:
        """The addition that the answers make. Writes nothing.

        Raises Refused for an answer that cannot be, and ContentError where a check would find something wrong.
        """
        values = values_of(self.asked, answers)
        try:
            handbook, _ = read_handbook(root)
        except ContentError as error:
            raise EditRefused(f"Mend this first:\n{error}") from None
        shown, line, before, after = self.fill(handbook, values)
        planned = draft(root, {shown: after})
        if planned.errors:
            raise ContentError(planned.errors)
        return Addition(shown, line, before, after, planned, str(answers.get("id", shown)))


def forms() -> dict[str, CreationForm]:
    """Everything that can be added, by name: a page of each shape, and every kind of record."""
    return {form.name: form for form in (*_pages(), *map(_record, KINDS.values()))}


def _record(kind: RecordKind) -> CreationForm:
    def fill(handbook: Handbook, values: dict[str, Any]) -> tuple[str, int, bytes | None, bytes]:
        name = values.pop("id")
        # A record has lists of parts: the one that was asked for is the first of its list.
        values = {key: [value] if isinstance(value, dict) else value for key, value in values.items()}
        if there := handbook.records.get(name):
            raise EditRefused(f"The id {name} is taken (by {there.place.path}:{there.place.line}). Choose another.")
        shown = _file_of(handbook, kind, name, values)
        path = handbook.root / shown
        before = path.read_bytes() if path.is_file() else None
        insertion = insert_record(before or b"", shown, name, lines_of(kind.model, values))
        return shown, insertion.line, before, insertion.after

    about = inspect.cleandoc(kind.model.__doc__ or "").split("\n")[0].split(". ")[0].rstrip(".")
    return CreationForm(kind.name, about[0].lower() + about[1:], questions(kind.model, [id_of(kind.model)]), fill)


def _file_of(handbook: Handbook, kind: RecordKind, name: str, values: dict[str, Any]) -> str:
    """The file that a new record belongs in: the one of its kind, or the one with most of its area of work."""
    single = [f"data/{pattern}" for pattern in kind.files if "*" not in pattern]
    if there := [shown for shown in single if (handbook.root / shown).is_file()]:
        return there[0]
    area = values.get("workstream")
    mine = Counter(
        record.place.path
        for record in handbook.records.values()
        if record.kind == kind.name and area and getattr(record, "workstream", None) == area
    )
    if mine:
        return mine.most_common(1)[0][0]
    folders = [f"data/{pattern}" for pattern in kind.files if "*" in pattern]
    return folders[0].replace("*", area or values.get("source") or name) if folders else single[0]


_FILE = FieldForm.of(
    "file", Text, "Where the page goes, below docs/: a folder of the menu and a name.", "programme/housing.md"
)
_LEFT_OUT = ("kind", "reviewed", "redirect_from")


def _pages() -> Iterable[CreationForm]:
    every = [question for question in questions(FrontMatter, [_FILE]) if question.name not in _LEFT_OUT]
    yield CreationForm("page", "a page, with its front matter", every, _page)
    ours = [question for question in questions(FrontMatter, parts=["position"]) if question.name not in _LEFT_OUT]
    needed = {"workstream", "sources"}
    yield CreationForm(
        "workstream",
        "a page about an area of work, with the headings that all of them have",
        [question.made_needed(needed) for question in ours],
        _workstream,
    )


def _page(handbook: Handbook, values: dict[str, Any]) -> tuple[str, int, bytes | None, bytes]:
    name = values.pop("file").removeprefix(f"{DOCS}/")
    if not is_name(name) or not name.endswith(".md"):
        raise EditRefused(f"--file: Not a name for a page (found {name}). Write it like programme/housing.md.")
    return _written(handbook, name, values, _HINT)


def _workstream(handbook: Handbook, values: dict[str, Any]) -> tuple[str, int, bytes | None, bytes]:
    kind = PageKind.WORKSTREAM
    others = Counter(page.folder for page in handbook.docs.pages.values() if page.header.kind is kind)
    folder = others.most_common(1)[0][0] if others else f"{kind}s"
    parts = (text.replace("AREA", values["workstream"]) for text in _PARTS)
    body = "\n".join(f"## {heading}\n\n{text}\n" for heading, text in zip(SHAPE, parts, strict=True))
    return _written(handbook, f"{folder}/{values['workstream']}.md", {**values, "kind": str(kind)}, body)


def _written(handbook: Handbook, name: str, values: dict[str, Any], body: str) -> tuple[str, int, bytes | None, bytes]:
    shown = f"{DOCS}/{name}"
    if (handbook.root / shown).exists():
        raise EditRefused(f"{shown} is there already. Choose another name, or edit that page.")
    text = "\n".join([FENCE, *lines_of(FrontMatter, values), FENCE, "", body])
    return shown, 1, None, text.encode()


_HINT = """{# Notes like this one are not published. Write the page in its place.
End each paragraph of fact with the place in the source that it rests on: {{ cite("paragraph 18") }}.
When the page cites something, end it with the list of what it draws on:

## Sources

{{ drawn_from() }}
#}
"""

# What stands below each heading of a workstream page, in their order.
_PARTS = (
    '{# Say in a few sentences what the work is for. End each paragraph with {{ cite("paragraph 18") }}. #}',
    "{{ as_reported() }}",
    '{{ actions("AREA", state="done") }}',
    '{{ actions("AREA", state="open") }}',
    '{{ figures("AREA") }}',
    '{{ risks("AREA") }}',
    "{# Name the boards that look after the work, or say that the source does not. #}",
    "{{ drawn_from() }}",
)


def added(addition: Addition) -> Record | None:
    """The record that was added, and nothing for a page."""
    assert addition.draft.checked.handbook
    return addition.draft.checked.handbook.records.get(addition.name)
