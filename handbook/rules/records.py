"""Records: names are unique, and texts contain no markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.loading.handbook import Handbook
from handbook.model.figures import Figure
from handbook.model.parts import Part, parts_of
from handbook.model.problems import Problem
from handbook.model.record_kinds import Body, Term

# The kinds whose records pages show by name, each with the key of the name.
_BY_NAME = ((Term, "name"), (Body, "name"), (Figure, "title"))

# The start of a macro call or a condition, and a Markdown link.
_CALL = re.compile(r"\{\{ ?[a-z_]+\(|\{% ?[a-z]+")
_LINK = re.compile(r"\[[^\[\]]+\]\([^()\s]+\)")


def names_stand_once(handbook: Handbook) -> Iterator[Problem]:
    """Find two records of one kind with the same name, which readers could not tell apart."""
    for model, key in _BY_NAME:
        first: dict[str, str] = {}
        for record in handbook.records.values():
            if not isinstance(record, model):
                continue
            place = handbook.records.place(record, (key,))
            name = getattr(record, key)
            if other := first.get(name.casefold()):
                what = f"A second {record.kind} with this name (found {name}, first at {other})"
                yield Problem(place.path, place.line, what, "Keep one of the two, or say what sets this one apart")
            first.setdefault(name.casefold(), f"{place.path}:{place.line}")


def words_are_plain(handbook: Handbook) -> Iterator[Problem]:
    """Find macro calls and links in texts of records and front matter, which would be shown as they are typed."""
    for record in handbook.records.values():
        for path, part in parts_of(record):
            for key, what, cure in _marked(part):
                place = handbook.records.place(record, (*path, key))
                yield Problem(place.path, place.line, what, cure)
    for page in handbook.docs.pages.values():
        for path, part in parts_of(page.header):
            for key, what, cure in _marked(part):
                yield Problem(page.shown, page.document.line((*path, key)), what, cure)


def _marked(part: Part) -> Iterator[tuple[str, str, str]]:
    """The keys of a part whose text has markup, each with what is wrong and the cure."""
    for key in type(part).model_fields:
        text = getattr(part, key)
        if not isinstance(text, str):
            continue
        if found := _CALL.search(text):
            what = f"A macro call where none is read (found {found[0]} in {key})"
            yield key, what, "Write it in the text of a page, and leave it out here"
        elif found := _LINK.search(text):
            what = f"A link where none is made (found {found[0][:40]} in {key})"
            yield key, what, "Write it in the text of a page, and only the words here"
