"""Pages: what front matter and records name exists, and workstream pages have the same headings."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.loading.handbook import Handbook
from handbook.loading.menu import HOME, section_of
from handbook.loading.page import Page
from handbook.loading.references import named_by, outlines_of, unknown_passages
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.editions import Audience
from handbook.model.front_matter import PageKind
from handbook.model.parts import Part, Record
from handbook.model.problems import Place, Problem, choose
from handbook.model.record_kinds import Body, BodyType, Term

SHAPE = (
    "What it is",
    "Position as reported",
    "What has been done",
    "What comes next",
    "Figures",
    "Risks",
    "Who oversees it",
    "Sources",
)


def there_is_a_home_page(handbook: Handbook) -> Iterator[Problem]:
    """Check that docs/index.md exists."""
    if HOME not in handbook.docs.pages and HOME not in handbook.docs.broken:
        yield Problem(f"docs/{HOME}", 1, "The home page is missing", "Put it back; it is what readers see first")


def front_matter_names_what_is_there(handbook: Handbook) -> Iterator[Problem]:
    """Check the sources, bodies and passages that front matter names."""
    outlines = outlines_of(handbook.records)
    for page in handbook.docs.pages.values():
        for path, part in _parts(page):
            for key, kind, name in named_by(part):
                yield from _named(handbook, page, (*path, key), kind, name)
            for inner, what, cure in unknown_passages(part, outlines):
                yield _problem(page, (*path, *map(str, inner)), what, cure)
        if page.header.lead:
            lead = handbook.records.get(page.header.lead)
            if isinstance(lead, Body) and lead.type is not BodyType.ROLE:
                yield _problem(
                    page,
                    ("lead",),
                    f"The lead is not a role (found {lead.id})",
                    "Name a body of the type role; never a person",
                )


def _parts(page: Page) -> Iterator[tuple[tuple[str, ...], Part]]:
    yield (), page.header
    if page.header.position:
        yield ("position",), page.header.position


def _named(handbook: Handbook, page: Page, path: tuple[str, ...], kind: str, name: str) -> Iterator[Problem]:
    record = handbook.records.get(name)
    if record is None or record.kind != kind:
        if not handbook.records.may_have(kind, name):
            choices = [other.id for other in handbook.records.values() if other.kind == kind]
            yield _problem(
                page,
                path,
                f"No {kind} has this id (found {name})",
                choose(name, choices, f"add the {kind} under data/"),
            )
    elif page.audience is Audience.PARTNER and record.audience is not Audience.PARTNER:
        yield _problem(
            page,
            path,
            f"A page for partners names the {kind} {name}, which is internal",
            f"Make {name} partner, or the page internal",
        )


def areas_of_work_have_a_page(handbook: Handbook) -> Iterator[Problem]:
    """Check that each workstream that a page or a record names has one page."""
    pages: dict[str, Page] = {}
    for page in handbook.docs.pages.values():
        name = page.header.workstream
        if page.header.kind is PageKind.WORKSTREAM and name is None:
            yield _problem(
                page,
                ("kind",),
                "A workstream page that does not name its workstream",
                "Add the key workstream, as in workstream: early-help",
            )
        if name in pages:
            yield _problem(
                page,
                ("workstream",),
                f"A second page about {name} (the first is {pages[name].shown})",
                "Take the key away from one of them",
            )
        elif name:
            pages[name] = page
    missing: dict[str, list[Place]] = {}
    for record in handbook.records.values():
        for key, name in _areas(record):
            if name not in pages and not handbook.docs.broken:
                missing.setdefault(name, []).append(handbook.records.place(record, (key,)))
    for name, places in missing.items():
        more = f", and {len(places) - 1} more" if len(places) > 1 else ""
        yield Problem(
            places[0].path,
            places[0].line,
            f"No page is about this area of work (found {name}{more})",
            choose(name, pages, "write the page first"),
        )


def _areas(record: Record) -> Iterator[tuple[str, str]]:
    """The workstreams that a record names, each with its key."""
    if name := getattr(record, "workstream", None):
        yield "workstream", name
    for name in getattr(record, "workstreams", ()):
        yield "workstreams", name


def pages_stand_in_the_menu(handbook: Handbook) -> Iterator[Problem]:
    """Check that every page but the home page is in a folder that the settings list."""
    folders = [section.folder for section in handbook.settings.sections]
    for page in handbook.docs.pages.values():
        if page.path != HOME and section_of(page, handbook.settings) is None:
            cure = choose(page.folder, folders, "move the page, or add its folder to sections in data/handbook.yml")
            yield Problem(page.shown, 1, f"A page in a folder that the menu does not have (found {page.folder})", cure)


def terms_name_pages(handbook: Handbook) -> Iterator[Problem]:
    """Check that the page that a term names exists."""
    for record in handbook.records.values():
        if (
            isinstance(record, Term)
            and record.page
            and record.page not in handbook.docs.pages | dict.fromkeys(handbook.docs.broken)
        ):
            place = handbook.records.place(record, ("page",))
            yield Problem(
                place.path,
                place.line,
                f"A page that is not there (found {record.page})",
                choose(record.page, handbook.docs.pages, "give its path below docs/"),
            )


def workstream_pages_have_one_shape(edition: RenderedEdition, page: Page) -> Iterator[Problem]:
    """Check the second-level headings of a workstream page against SHAPE."""
    if page.header.kind is not PageKind.WORKSTREAM or page.path in edition.handbook.docs.broken:
        return
    found = [heading for heading in edition.tree(page.path).headings if heading.level == 2]
    for index, wanted in enumerate(SHAPE):
        if index >= len(found):
            last = found[-1].line if found else page.document.line(("kind",))
            yield Problem(
                page.shown,
                last,
                f"A workstream page without the heading {wanted}",
                f"Add ## {wanted} after {SHAPE[index - 1] if index else 'the front matter'}",
            )
            break
        if found[index].text != wanted:
            yield Problem(
                page.shown,
                found[index].line,
                f"A workstream page has another heading where {wanted} belongs (found {found[index].text})",
                f"The headings are, in order: {', '.join(SHAPE)}",
            )
            break


def _problem(page: Page, path: tuple[str, ...], what: str, cure: str) -> Problem:
    return Problem(page.shown, page.document.line(path), what, cure)
