"""The rules that content must keep. A rule is a function named for what must hold, which yields problems.

The lists below register the rules by what they check. Rules about one page at a time belong to PAGE_RULES or
RENDERED_PAGE_RULES: their problems are cached with the page until something that they read changes.
"""

from __future__ import annotations

from collections.abc import Mapping

from handbook.loading.handbook import Handbook
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.problems import Problem
from handbook.rules.coverage import passages_are_covered
from handbook.rules.dates import dates_fit_their_figures
from handbook.rules.headings import headings_make_an_outline
from handbook.rules.hidden import partners_are_told_what_there_is
from handbook.rules.links import links_lead_somewhere, targets
from handbook.rules.markdown_lines import boxes_have_words, items_are_indented_enough, rows_fit_their_tables
from handbook.rules.number_passages import (
    NumberPassage,
    names_with_numbers,
    numbers_in_words,
    passage_from,
    passages_with_numbers,
)
from handbook.rules.numbers import numbers_come_from_figures, records_repeat_no_figure
from handbook.rules.observations import observations_agree
from handbook.rules.pages import (
    areas_of_work_have_a_page,
    front_matter_names_what_is_there,
    pages_stand_in_the_menu,
    terms_name_pages,
    there_is_a_home_page,
    workstream_pages_have_one_shape,
)
from handbook.rules.privacy import (
    abbreviations,
    no_record_leads_to_a_person,
    nothing_leads_to_a_person,
    people,
    people_are_not_named,
)
from handbook.rules.raw_html import html_is_harmless, tags_are_closed
from handbook.rules.records import names_stand_once, words_are_plain
from handbook.rules.redirects import redirects_lead_to_one_page
from handbook.rules.settings import reports_are_in_order, sections_have_pages, starting_points_are_pages
from handbook.rules.totals import no_total_over_a_small_number
from handbook.rules.typing_slips import code_is_meant, merge_markers, slips_of_typing, words_of_links

# Rules about the file of a page, whatever the edition.
PAGE_RULES = (
    merge_markers,
    nothing_leads_to_a_person,
)
# Rules about what all editions share.
HANDBOOK_RULES = (
    areas_of_work_have_a_page,
    front_matter_names_what_is_there,
    terms_name_pages,
    names_stand_once,
    words_are_plain,
    pages_stand_in_the_menu,
    redirects_lead_to_one_page,
    no_record_leads_to_a_person,
    records_repeat_no_figure,
    observations_agree,
    no_total_over_a_small_number,
    reports_are_in_order,
    sections_have_pages,
    starting_points_are_pages,
    there_is_a_home_page,
)
# Rules about a page as one edition renders it.
RENDERED_PAGE_RULES = (
    headings_make_an_outline,
    html_is_harmless,
    workstream_pages_have_one_shape,
    dates_fit_their_figures,
    slips_of_typing,
    code_is_meant,
    words_of_links,
    rows_fit_their_tables,
    items_are_indented_enough,
    boxes_have_words,
    tags_are_closed,
)
# Rules about all pages of one edition together.
EDITION_RULES = (
    links_lead_somewhere,
    passages_are_covered,
    partners_are_told_what_there_is,
)
# What rules about pages need to know of the handbook as a whole, by name (see `Handbook.ask`).
QUESTIONS = {question.__name__: question for question in (abbreviations, people, numbers_in_words, names_with_numbers)}

__all__ = [
    "NumberPassage",
    "passage_from",
    "passages_with_numbers",
    "people",
    "people_are_not_named",
    "targets",
]


def check_page(handbook: Handbook, page: Page) -> list[Problem]:
    """Check the file of a page, whatever the edition."""
    return [problem for rule in PAGE_RULES for problem in rule(handbook, page)]


def check_handbook(handbook: Handbook, passages: Mapping[str, list[NumberPassage]]) -> list[Problem]:
    """Check what all editions share. `passages` holds by path what pages say that may hold a number."""
    found = [problem for rule in HANDBOOK_RULES for problem in rule(handbook)]
    return found + list(numbers_come_from_figures(handbook, passages))


def check_rendered_page(edition: RenderedEdition, page: Page) -> list[Problem]:
    """Check a page as an edition renders it."""
    return [problem for rule in RENDERED_PAGE_RULES for problem in rule(edition, page)]


def check_edition(edition: RenderedEdition) -> list[Problem]:
    """Check the pages of one edition together."""
    return [problem for rule in EDITION_RULES for problem in rule(edition)]
