"""What must hold. Each rule is a small function from what was read to the problems in it.

A rule that looks at one page at a time is among the rules for pages: what it finds is kept, and used
again while the page and all else that the rule read are the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from macros.content.handbook import Handbook, Written
from macros.content.page import Page
from macros.content.problems import Problem

from .coverage import passages_are_covered
from .dates import dates_fit_their_figures
from .headings import headings_make_an_outline
from .hidden import partners_are_told_what_there_is
from .html import html_is_harmless, tags_are_closed
from .lines import boxes_have_words, items_are_indented_enough, rows_fit_their_tables
from .links import links_lead_somewhere, targets
from .numbers import numbers_come_from_figures, records_repeat_no_figure
from .observations import observations_agree
from .pages import (
    areas_of_work_have_a_page,
    headers_name_what_is_there,
    pages_stand_in_the_menu,
    terms_name_pages,
    there_is_a_home_page,
    workstream_pages_have_one_shape,
)
from .passages import Passage, names_with_numbers, numbers_in_words, passage_from, passages_with_numbers
from .privacy import (
    abbreviations,
    no_record_leads_to_a_person,
    nothing_leads_to_a_person,
    people,
    people_are_not_named,
)
from .records import names_stand_once, words_are_plain
from .redirects import redirects_lead_to_one_page
from .settings import reports_are_in_order, sections_have_pages, starting_points_are_pages
from .slips import code_is_meant, merge_markers, slips_of_typing, words_of_links
from .totals import no_total_over_a_small_number

# What a page says, in whatever edition.
PAGE_RULES = (
    merge_markers,
    nothing_leads_to_a_person,
)
HANDBOOK_RULES = (
    areas_of_work_have_a_page,
    headers_name_what_is_there,
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
WRITTEN_PAGE_RULES = (
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
EDITION_RULES = (
    links_lead_somewhere,
    passages_are_covered,
    partners_are_told_what_there_is,
)
# What rules for pages ask of the handbook as a whole.
QUESTIONS = {question.__name__: question for question in (abbreviations, people, numbers_in_words, names_with_numbers)}

__all__ = ["Passage", "passage_from", "passages_with_numbers", "people_are_not_named", "targets"]


def check_page(handbook: Handbook, page: Page) -> list[Problem]:
    """The problems with what a page says, in whatever edition."""
    return [problem for rule in PAGE_RULES for problem in rule(handbook, page)]


def check_handbook(handbook: Handbook, said: Mapping[str, list[Passage]]) -> list[Problem]:
    """The problems with what all editions share. `said` holds each page's passages with numbers."""
    found = [problem for rule in HANDBOOK_RULES for problem in rule(handbook)]
    return found + list(numbers_come_from_figures(handbook, said))


def check_written_page(written: Written, page: Page) -> list[Problem]:
    """The problems with a page as an edition shows it."""
    return [problem for rule in WRITTEN_PAGE_RULES for problem in rule(written, page)]


def check_edition(written: Written) -> list[Problem]:
    """The problems with how the pages of one edition stand together."""
    return [problem for rule in EDITION_RULES for problem in rule(written)]
