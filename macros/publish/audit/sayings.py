"""Everything that the handbook's sources say, and to whom, as the audit reads them.

The audiences are worked out here afresh, from what is typed and nothing else, so that a fault in
how editions are made is not shared by what looks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from macros.content.editions import Audience, Edition, narrowest
from macros.content.fields import Ref
from macros.content.handbook import Handbook, Written
from macros.content.models import Person
from macros.content.page import DOCS, Page
from macros.content.parts import Part, Record
from macros.content.problems import ContentError, Place
from macros.content.settings import SETTINGS_FILE
from macros.content.text import read_text
from macros.views.places import FEED
from macros.views.view import Site

from ..data.files import data_files
from ..feed import feed
from ..navigation import navigation
from ..write import write
from .bodies import bodies
from .inflate import Budget
from .pruning import for_partners
from .reading import open_file
from .saying import Form, Saying

_NAME_KEYS = frozenset(("title", "name", "short", "caption", "abbreviation", "aliases", "url"))
_SETTINGS = Place(SETTINGS_FILE, 1)
_COMMENT = re.compile(r"\{#(.*?)#\}", re.DOTALL)
_YAML_COMMENT = re.compile(r"^[ \t]*#(.*)$", re.MULTILINE)


def sayings(handbook: Handbook, as_at: date | None = None) -> Iterator[Saying]:
    """Everything that the pages, files, records and settings of a handbook say, or said on an earlier day.

    Raises ContentError when a page for partners cannot be written without what is internal.
    """
    yield from _settings(handbook)
    for record in handbook.records.values():
        yield from _record(handbook, record)
    for page in handbook.docs.pages.values():
        yield from _header(page)
    partners, problems = write(for_partners(handbook), Edition.PARTNER, as_at)
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


def _for_staff_alone(staff: Written, partners: Written) -> dict[str, str]:
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


def _settings(handbook: Handbook) -> Iterator[Saying]:
    settings = handbook.settings
    for key in ("title", "description", "council", "official", "contact"):
        yield Saying(Form.NAME, f"the handbook's {key}", getattr(settings, key) or "", _SETTINGS, True)
    if settings.repository:
        yield Saying(Form.NAME, "the address of the repository", settings.repository, _SETTINGS, False)
    yield Saying(Form.PATH, "the folder that the site was built from", str(handbook.root), _SETTINGS, False)
    for edition, edition_words in settings.editions.items():
        for text in filter(None, (edition_words.label, edition_words.bar)):
            yield Saying(Form.NAME, f"the words of the {edition} edition", text, _SETTINGS, edition is Edition.PARTNER)
    shown = [page for page in handbook.docs.pages.values() if page.audience is Audience.PARTNER]
    for section in settings.sections:
        within = any(f"{page.folder}/".startswith(f"{section.folder}/") for page in shown)
        yield Saying(Form.NAME, "a part of the menu without pages for partners", section.title, _SETTINGS, within)


def _record(handbook: Handbook, record: Record) -> Iterator[Saying]:
    audience = record.audience or Audience.INTERNAL
    shown = audience is Audience.PARTNER
    what = f"the {record.kind} {record.id}"
    yield Saying(Form.ID, f"the id of {what}", record.id, record.place, shown)
    if not shown:
        path = Place(record.place.path, 1)
        yield Saying(Form.PATH, "a file of internal records", record.place.path, path, False)
    form = Form.PERSON if isinstance(record, Person) else Form.NAME
    parts = list(_part(handbook, record, record, (), audience, what, form))
    yield from parts
    # A page shows what a record says in a row.
    together = " ".join(part.text for part in parts if part.shown)
    yield Saying(Form.TEXT, f"the text of {what}", together, record.place, True)


def _part(
    handbook: Handbook,
    record: Record,
    part: Part,
    path: tuple[str | int, ...],
    audience: Audience,
    what: str,
    form: Form,
) -> Iterator[Saying]:
    """What a part says, and the parts inside it, each to the narrowest audience above it."""
    hidden = part.kept_from(Edition.PARTNER)
    for key, of in type(part).model_fields.items():
        value = getattr(part, key)
        refers = any(isinstance(mark, Ref) for mark in of.metadata)
        for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
            inner = (*path, key, index) if isinstance(value, tuple) else (*path, key)
            if isinstance(item, Part):
                own = narrowest(audience, item.audience)
                yield from _part(handbook, record, item, inner, own, f"{key} of {what}", Form.TEXT)
            elif type(item) is str and key != "id" and not refers:
                place = handbook.records.place(record, inner)
                as_name = form if key in _NAME_KEYS else Form.TEXT
                shown = audience is Audience.PARTNER and key not in hidden
                yield Saying(as_name, f"{key} of {what}", item, place, shown)


def _header(page: Page) -> Iterator[Saying]:
    header, shown = page.header, page.audience is Audience.PARTNER
    what = "a page for partners" if shown else "an internal page"

    def said(form: Form, key: str, text: str, to_partners: bool = shown) -> Saying:
        return Saying(form, f"{key} of {what}", text, Place(page.shown, page.document.line((key,))), to_partners)

    yield Saying(Form.PATH, f"the path of {what}", page.path, Place(page.shown, 1), shown)
    yield Saying(Form.ID, f"the file name of {what}", PurePath(page.path).stem, Place(page.shown, 1), shown)
    # An export has the file under this path, and the guide may name it.
    yield Saying(Form.TEXT, f"the path of {what}", page.shown, Place(page.shown, 1), shown)
    yield from (said(Form.PATH, "redirect_from", old) for old in header.redirect_from)
    for key in ("title", "summary"):
        yield said(Form.NAME if key == "title" else Form.TEXT, key, getattr(header, key))
    yield from (said(Form.NAME, "aliases", alias) for alias in header.aliases)
    if header.workstream:
        yield said(Form.ID, "workstream", header.workstream)
    if header.position:
        narrowed = narrowest(page.audience, header.position.audience) is Audience.PARTNER
        yield said(Form.TEXT, "position", header.position.text, narrowed)


def _around(partners: Written) -> Iterator[Saying]:
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
        yield Saying(Form.TEXT, "what stands around a page", text, _SETTINGS, True)


def _given_away(partners: Written) -> Iterator[Saying]:
    """What is put in a row in the files for other systems, made from what partners may read and nothing else."""
    files = {**data_files(partners.store), FEED: feed(Site(partners.store, partners.pages))}
    for path, data in files.items():
        for opened in open_file(path, data, Budget()):
            for text in opened.texts:
                yield Saying(Form.TEXT, "a file for other systems", text, _SETTINGS, True)


def _file(handbook: Handbook, path: str, shown: bool) -> Iterator[Saying]:
    place = Place(f"{DOCS}/{path}", 1)
    data = (handbook.root / DOCS / path).read_bytes()
    what = "a file" if shown else "a file that no page for partners uses"
    yield Saying(Form.PATH, f"the path of {what}", path, place, shown)
    yield Saying(Form.ID, f"the file name of {what}", PurePath(path).stem, place, shown)
    yield Saying(Form.BYTES, what, "", place, shown, data=data)
    for opened in open_file(path, data, Budget()):
        for text in opened.texts[1:]:
            yield Saying(Form.TEXT, f"text of {what}", text, place, shown, values=tuple(opened.values))


def _comments(handbook: Handbook) -> Iterator[Saying]:
    """Remarks for editors, in pages and records: they are for neither edition."""
    for page in handbook.docs.pages.values():
        for match in _COMMENT.finditer(page.text):
            place = Place(page.shown, page.text.count("\n", 0, match.start()) + 1)
            yield Saying(Form.TEXT, "a remark for editors", match[1], place, False)
    for shown in handbook.records.documents:
        text = read_text(handbook.root / shown, shown)
        for match in _YAML_COMMENT.finditer(text):
            place = Place(shown, text.count("\n", 0, match.start()) + 1)
            yield Saying(Form.TEXT, "a remark for editors", match[1], place, False)
