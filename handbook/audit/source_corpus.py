"""Everything that the handbook's sources say, and to whom, as the audit reads them.

The audiences are worked out here afresh, from what is typed and nothing else, so that a fault in
how editions are made is not shared by what looks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import wraps
from pathlib import PurePath
from typing import Any

from handbook.audit.decompression import Budget
from handbook.audit.file_reader import open_file
from handbook.audit.page_bodies import bodies
from handbook.audit.pruning import for_partners
from handbook.audit.statement import Statement, StatementForm
from handbook.editions.navigation import navigation
from handbook.editions.renderer import write
from handbook.html.plain_words import GAP
from handbook.loading.handbook import Handbook
from handbook.loading.macro_package import macros_alone
from handbook.loading.macro_registry import MacroError, MacroFunction
from handbook.loading.page import DOCS, Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.loading.settings import SETTINGS_FILE
from handbook.loading.text_files import read_text
from handbook.macros.site_addresses import FEED
from handbook.macros.view import SiteContext, View
from handbook.model.editions import Audience, Edition, narrowest
from handbook.model.fields import Ref
from handbook.model.parts import Part, Record
from handbook.model.problems import ContentError, Place, Problem
from handbook.model.record_kinds import Person
from handbook.model.store import MissingRecord
from handbook.outputs.feed import feed
from handbook.outputs.open_data.files import data_files

_NAME_KEYS = frozenset(("title", "name", "short", "caption", "abbreviation", "aliases", "url"))
_SETTINGS = Place(SETTINGS_FILE, 1)
_COMMENT = re.compile(r"\{#(.*?)#\}", re.DOTALL)
_YAML_COMMENT = re.compile(r"^[ \t]*#(.*)$", re.MULTILINE)


def sayings(handbook: Handbook, as_at: date | None = None) -> Iterator[Statement]:
    """Everything that the pages, files, records and settings of a handbook say, or said on an earlier day.

    Raises ContentError when a page for partners cannot be written without what is internal.
    """
    yield from _settings(handbook)
    for record in handbook.records.values():
        yield from _record(handbook, record)
    for page in handbook.docs.pages.values():
        yield from _header(page)
    partners, problems = _as_partners_read(handbook, as_at)
    if problems:
        raise ContentError(problems)
    staff, _ = write(handbook, Edition.INTERNAL, as_at)
    used: set[str] = set()
    yield from _around(partners)
    for page, saying in bodies(partners, dict.fromkeys(partners.pages, "a page for partners")):
        used |= {page.leads_to(value.partition("#")[0]) for value in saying.values}
        yield saying
    yield from (saying for _, saying in bodies(staff, _for_staff_alone(staff, partners)))
    yield from _given_away(partners)
    for path in handbook.docs.files:
        yield from _file(handbook, path, path in used)
    yield from _comments(handbook)


def _as_partners_read(handbook: Handbook, as_at: date | None) -> tuple[RenderedEdition, list[Problem]]:
    """The partner edition of sources with everything internal taken out.

    Macros of the handbook's own are run where none of its files are, so that what one reads past its view, and not
    from the records that it is given, is not taken for public.
    """
    pruned = for_partners(handbook)
    own = [name for name, macro in handbook.macros.items() if not macro.is_engine]
    if not own:
        return write(pruned, Edition.PARTNER, as_at)
    with macros_alone(handbook.root) as alone:
        functions = {name: _gap_on_error(alone[name].function) if name in alone else _gap for name in own}
        return write(replace(pruned, macros=handbook.macros.replaced(functions)), Edition.PARTNER, as_at)


def _gap_on_error(function: MacroFunction) -> MacroFunction:
    """The function, with a gap for what it cannot write without the handbook's files."""

    @wraps(function)
    def call(view: View, *args: Any, **kwargs: Any) -> str:
        try:
            return function(view, *args, **kwargs)
        except (MacroError, MissingRecord):
            raise
        except Exception:
            return GAP

    return call


def _gap(view: View, *args: Any, **kwargs: Any) -> str:
    return GAP


def _for_staff_alone(staff: RenderedEdition, partners: RenderedEdition) -> dict[str, str]:
    """The pages that staff read and partners do not, or not so, each with what it is."""
    differing = {
        path: "the internal edition of a page for partners"
        for path in partners.pages
        if staff.markdown(path).markdown != partners.markdown(path).markdown
    }
    return {
        path: differing.get(path, "an internal page")
        for path in staff.pages
        if path in differing or path not in partners.pages
    }


def _settings(handbook: Handbook) -> Iterator[Statement]:
    settings = handbook.settings
    for key in ("title", "description", "council", "official", "contact"):
        yield Statement(StatementForm.NAME, f"the handbook's {key}", getattr(settings, key) or "", _SETTINGS, True)
    if settings.repository:
        yield Statement(StatementForm.NAME, "the address of the repository", settings.repository, _SETTINGS, False)
    yield Statement(StatementForm.PATH, "the folder that the site was built from", str(handbook.root), _SETTINGS, False)
    for edition, edition_words in settings.editions.items():
        for text in filter(None, (edition_words.label, edition_words.bar)):
            yield Statement(
                StatementForm.NAME, f"the words of the {edition} edition", text, _SETTINGS, edition is Edition.PARTNER
            )
    shown = [page for page in handbook.docs.pages.values() if page.audience is Audience.PARTNER]
    for section in settings.sections:
        within = any(f"{page.folder}/".startswith(f"{section.folder}/") for page in shown)
        yield Statement(
            StatementForm.NAME, "a part of the menu without pages for partners", section.title, _SETTINGS, within
        )


def _record(handbook: Handbook, record: Record) -> Iterator[Statement]:
    audience = record.audience or Audience.INTERNAL
    shown = audience is Audience.PARTNER
    what = f"the {record.kind} {record.id}"
    yield Statement(StatementForm.ID, f"the id of {what}", record.id, record.place, shown)
    if not shown:
        path = Place(record.place.path, 1)
        yield Statement(StatementForm.PATH, "a file of internal records", record.place.path, path, False)
    form = StatementForm.PERSON if isinstance(record, Person) else StatementForm.NAME
    parts = list(_part(handbook, record, record, (), audience, what, form))
    yield from parts
    # A page shows what a record says in a row.
    together = " ".join(part.text for part in parts if part.shown)
    yield Statement(StatementForm.TEXT, f"the text of {what}", together, record.place, True)


def _part(
    handbook: Handbook,
    record: Record,
    part: Part,
    path: tuple[str | int, ...],
    audience: Audience,
    what: str,
    form: StatementForm,
) -> Iterator[Statement]:
    """What a part says, and the parts inside it, each to the narrowest audience above it."""
    hidden = part.kept_from(Edition.PARTNER)
    for key, of in type(part).model_fields.items():
        value = getattr(part, key)
        refers = any(isinstance(mark, Ref) for mark in of.metadata)
        for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
            inner = (*path, key, index) if isinstance(value, tuple) else (*path, key)
            if isinstance(item, Part):
                own = narrowest(audience, item.audience)
                yield from _part(handbook, record, item, inner, own, f"{key} of {what}", StatementForm.TEXT)
            elif type(item) is str and key != "id" and not refers:
                place = handbook.records.place(record, inner)
                as_name = form if key in _NAME_KEYS else StatementForm.TEXT
                shown = audience is Audience.PARTNER and key not in hidden
                yield Statement(as_name, f"{key} of {what}", item, place, shown)


def _header(page: Page) -> Iterator[Statement]:
    header, shown = page.header, page.audience is Audience.PARTNER
    what = "a page for partners" if shown else "an internal page"

    def said(form: StatementForm, key: str, text: str, to_partners: bool = shown) -> Statement:
        return Statement(form, f"{key} of {what}", text, Place(page.shown, page.document.line((key,))), to_partners)

    yield Statement(StatementForm.PATH, f"the path of {what}", page.path, Place(page.shown, 1), shown)
    yield Statement(StatementForm.ID, f"the file name of {what}", PurePath(page.path).stem, Place(page.shown, 1), shown)
    # An export has the file under this path, and the guide may name it.
    yield Statement(StatementForm.TEXT, f"the path of {what}", page.shown, Place(page.shown, 1), shown)
    yield from (said(StatementForm.PATH, "redirect_from", old) for old in header.redirect_from)
    for key in ("title", "summary"):
        yield said(StatementForm.NAME if key == "title" else StatementForm.TEXT, key, getattr(header, key))
    yield from (said(StatementForm.NAME, "aliases", alias) for alias in header.aliases)
    if header.workstream:
        yield said(StatementForm.ID, "workstream", header.workstream)
    if header.position:
        narrowed = narrowest(page.audience, header.position.audience) is Audience.PARTNER
        yield said(StatementForm.TEXT, "position", header.position.text, narrowed)


def _around(partners: RenderedEdition) -> Iterator[Statement]:
    """What templates put in a row around the pages for partners: the menu, titles, summaries, and what is beside them."""
    title, pages = partners.handbook.settings.title, partners.pages
    menu = [
        name
        for part in navigation(partners)
        for section, paths in ({"": [part]} if isinstance(part, str) else part).items()
        for name in (section, *(pages[path].header.title for path in paths))
    ]
    heads = [f"{menu[-1]} {page.header.title} {page.header.summary}" for page in pages.values()]
    beside = [f"{head} {word}" for head in heads for word in ("On this page", "Last updated", "Lead", "Seen by")]
    for text in (*(f"{page.header.title} {title}" for page in pages.values()), " ".join(menu), *beside):
        yield Statement(StatementForm.TEXT, "what stands around a page", text, _SETTINGS, True)


def _given_away(partners: RenderedEdition) -> Iterator[Statement]:
    """What is put in a row in the files for other systems, made from what partners may read and nothing else."""
    files = {**data_files(partners.store), FEED: feed(SiteContext(partners.store, partners.pages))}
    for path, data in files.items():
        for opened in open_file(path, data, Budget()):
            for text in opened.texts:
                yield Statement(StatementForm.TEXT, "a file for other systems", text, _SETTINGS, True)


def _file(handbook: Handbook, path: str, shown: bool) -> Iterator[Statement]:
    place = Place(f"{DOCS}/{path}", 1)
    data = (handbook.root / DOCS / path).read_bytes()
    what = "a file" if shown else "a file that no page for partners uses"
    yield Statement(StatementForm.PATH, f"the path of {what}", path, place, shown)
    yield Statement(StatementForm.ID, f"the file name of {what}", PurePath(path).stem, place, shown)
    yield Statement(StatementForm.BYTES, what, "", place, shown, data=data)
    for opened in open_file(path, data, Budget()):
        for text in opened.texts[1:]:
            yield Statement(StatementForm.TEXT, f"text of {what}", text, place, shown, values=tuple(opened.values))


def _comments(handbook: Handbook) -> Iterator[Statement]:
    """Remarks for editors, in pages and records: they are for neither edition."""
    for page in handbook.docs.pages.values():
        for match in _COMMENT.finditer(page.text):
            place = Place(page.shown, page.text.count("\n", 0, match.start()) + 1)
            yield Statement(StatementForm.TEXT, "a remark for editors", match[1], place, False)
    for shown in handbook.records.documents:
        text = read_text(handbook.root / shown, shown)
        for match in _YAML_COMMENT.finditer(text):
            place = Place(shown, text.count("\n", 0, match.start()) + 1)
            yield Statement(StatementForm.TEXT, "a remark for editors", match[1], place, False)
