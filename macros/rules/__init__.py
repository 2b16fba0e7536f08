"""What must hold. Each rule is a small function from what was read to the problems in it."""

from __future__ import annotations

from macros.content.handbook import Handbook, Written
from macros.content.problems import Problem

from .coverage import passages_are_covered
from .dates import dates_fit_their_figures
from .headings import headings_make_an_outline
from .html import html_is_harmless
from .links import links_lead_somewhere
from .numbers import numbers_come_from_figures, records_repeat_no_figure
from .observations import observations_agree
from .pages import (
    areas_of_work_have_a_page,
    headers_name_what_is_there,
    pages_stand_in_the_menu,
    terms_name_pages,
    workstream_pages_have_one_shape,
)
from .privacy import nothing_leads_to_a_person, people_are_not_named
from .records import names_stand_once
from .redirects import redirects_lead_to_one_page
from .settings import reports_are_in_order
from .slips import code_is_meant, merge_markers, slips_of_typing

HANDBOOK_RULES = (
    areas_of_work_have_a_page,
    headers_name_what_is_there,
    terms_name_pages,
    names_stand_once,
    pages_stand_in_the_menu,
    merge_markers,
    redirects_lead_to_one_page,
    nothing_leads_to_a_person,
    numbers_come_from_figures,
    records_repeat_no_figure,
    dates_fit_their_figures,
    observations_agree,
    reports_are_in_order,
)
EDITION_RULES = (
    links_lead_somewhere,
    headings_make_an_outline,
    html_is_harmless,
    workstream_pages_have_one_shape,
    passages_are_covered,
    slips_of_typing,
    code_is_meant,
    people_are_not_named,
)


def check_handbook(handbook: Handbook) -> list[Problem]:
    """The problems with what all editions share."""
    return [problem for rule in HANDBOOK_RULES for problem in rule(handbook)]


def check_edition(written: Written) -> list[Problem]:
    """The problems with one edition."""
    return [problem for rule in EDITION_RULES for problem in rule(written)]
