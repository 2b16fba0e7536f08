"""Privacy: no e-mail address, postcode, telephone or NHS number, and no child's initials with an age.

The rules check the files themselves, comments included, since whatever is saved in the repository stays in its
history. A problem shows only the first letters of what was found.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from handbook.loading.handbook import Handbook
from handbook.loading.page import Page
from handbook.loading.rendered_edition import RenderedEdition
from handbook.loading.text_files import read_text
from handbook.markdown.document_tree import Block, Heading
from handbook.model.problems import Problem
from handbook.model.record_kinds import Body, Person, Term

_CURE = "Delete it. If it is saved in the repository already, tell the person who runs the repository at once"

_WEB_ADDRESS = re.compile(r"https?://\S+")
_EMAIL = re.compile(r"[\w.+'-]++@(?:[\w-]+\.)+[^\W\d_]{2,}")
_NUMBER_STARTS, _NUMBER_ENDS = r"(?<![\w.,/£+-])", r"(?![\w-]|[.,/]\d)"
_TELEPHONE = re.compile(
    _NUMBER_STARTS
    + r"(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0)[1-9]\d{1,4}\)?(?:[ \u00a0-]?\d{2,6}){1,4}"
    + _NUMBER_ENDS
)
_NHS = re.compile(_NUMBER_STARTS + r"\d{3}([ \u00a0-]?)\d{3}\1\d{4}" + _NUMBER_ENDS)
# What a telephone number and an NHS number have in common.
_MANY_DIGITS = re.compile(r"\d(?:[ \u00a0()-]{0,2}\d){8}")

# The areas of the United Kingdom's postcodes, and the letters that a postcode may end in.
_AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX "
    "FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN "
    "NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB "
    "W WA WC WD WF WN WR WS WV YO ZE"
)
_INWARD = "[ABD-HJLNP-UW-Z]{2}"
_POSTCODE = re.compile(
    rf"(?<!\w)(?=[A-Za-z]{{1,2}}\d)(?:(?:{_AREAS.replace(' ', '|')})\d[\dA-Z]?[ \u00a0]?\d{_INWARD}"
    rf"|(?:{_AREAS.replace(' ', '|').lower()})\d[\da-z]?[ \u00a0]\d{_INWARD.lower()})(?!\w)"
)
_INWARD_HALF = re.compile(rf"\d(?:{_INWARD}|{_INWARD.lower()})(?!\w)")

_AGE = (
    r"(?:\d|1\d|2[0-5]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)(?!\w)"
)
# An age that can be nothing else. A range of ages describes no one person.
_SAID_AGE = rf"(?:[Aa]ged? {_AGE}(?! to |[-\u2013+]| and )|{_AGE}[ -](?:years?|months?|weeks?)[ -]olds?)"
_CHILD = r"(?:[Cc]hild|[Bb]aby|[Bb]oy|[Gg]irl|[Pp]upil|[Ss]ibling|[Bb]rother|[Ss]ister|[Yy]oung person) [A-Z](?!\w)\.?"
_DOTTED = r"(?:[A-Z]\. ?){2,3}"
# Capitals, in a group of their own so that known abbreviations can be ruled out.
_CAPITALS = r"([A-Z]{2,3})(?!\w)"
_SURE_INITIALS = rf"(?:{_CHILD}|{_DOTTED}|{_CAPITALS})"
_INITIALS = rf"(?:{_SURE_INITIALS}|[A-Z]\.)"
_WITH_AGE = re.compile(
    rf"(?<![\w.])(?:{_INITIALS},? ?\(?{_SAID_AGE}|{_SURE_INITIALS},? ?\({_AGE}\)|(?:{_CHILD}|{_DOTTED}), {_AGE}[,.;]"
    rf"|{_SAID_AGE}(?: \({_INITIALS}\)|,? (?:{_CHILD}|{_DOTTED})))"
)
# What all matches have in common.
_LAST_CAPITAL = re.compile(r"[A-Z](?!\w)")


def nothing_leads_to_a_person(handbook: Handbook, page: Page) -> Iterator[Problem]:
    """Check the file of a page for what could lead to a person."""
    yield from _private_details(handbook, page.shown, page.text)


def no_record_leads_to_a_person(handbook: Handbook) -> Iterator[Problem]:
    """Check the files of records for what could lead to a person."""
    for shown in handbook.records.documents:
        yield from _private_details(handbook, shown, read_text(handbook.root / shown, shown))


def _private_details(handbook: Handbook, shown: str, text: str) -> Iterator[Problem]:
    names = handbook.ask(abbreviations)
    text = html.unescape(text)
    for start, what, found in _find(text, names):
        line = text.count("\n", 0, start) + 1
        yield Problem(shown, line, f"{what} (it starts with {found.lstrip()[:3].strip()})", _CURE)


def people_are_not_named(edition: RenderedEdition, page: Page) -> Iterator[Problem]:
    """Check that a page for partners names no person from the records: pages name the role."""
    tree = edition.tree(page.path)
    words: list[Block | Heading] = [*tree.blocks, *tree.headings]
    for block in words:
        for name, role in edition.handbook.ask(people):
            if name.lower() in block.text.lower():
                what = f"A page for partners names a person (found {name})"
                yield Problem(page.shown, block.line, what, f"Name the role: {role}")


def people(handbook: Handbook) -> list[tuple[str, str]]:
    """The names of the people in the records, each with the role."""
    return [(record.name, record.role) for record in handbook.records.values() if isinstance(record, Person)]


def _find(text: str, names: frozenset[str]) -> Iterator[tuple[int, str, str]]:
    """Find what could lead to a person: its position, what it is, and the text found."""
    yield from ((match.start(), "An e-mail address", match[0]) for match in _on_lines("@", _EMAIL, text))
    # The digits in web addresses are not telephone numbers.
    text = _WEB_ADDRESS.sub(lambda address: " " * len(address[0]), text)
    for match in _on_lines(_MANY_DIGITS, _TELEPHONE, text):
        if _is_telephone(match[0]):
            yield match.start(), "A telephone number", match[0]
    for match in _on_lines(_MANY_DIGITS, _NHS, text):
        if _is_nhs(match[0]):
            yield match.start(), "An NHS number", match[0]
    for match in _on_lines(_INWARD_HALF, _POSTCODE, text):
        yield match.start(), "A postcode", match[0]
    for match in _on_lines(_LAST_CAPITAL, _WITH_AGE, text):
        if not names & set(match.groups()):
            yield match.start(), "A child's initials with an age", match[0]


def _on_lines(sign: str | re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Match a pattern, which never spans lines, in those lines alone that contain `sign`.

    Patterns that start with a lookbehind are slow to search, and few lines contain what a match needs.
    """
    end = -1
    for found in re.finditer(sign, text):
        if found.start() > end:
            start = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", found.start())
            end = len(text) if end < 0 else end
            yield from pattern.finditer(text, start, end)


def _is_telephone(found: str) -> bool:
    """True for nine or ten digits after the 0 or the country code."""
    digits = re.sub(r"\D", "", re.sub(r"^\s*(?:\+|00)44", "", found))
    return len(digits.lstrip("0")) in (9, 10)


def _is_nhs(found: str) -> bool:
    """True if the last digit is the check digit of the NHS Data Dictionary (modulus 11)."""
    digits = [int(digit) for digit in found if digit.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[-1] == (0 if check == 11 else check)


def abbreviations(handbook: Handbook) -> frozenset[str]:
    """The abbreviations of two or three capitals in the names of terms and bodies."""
    known: set[str] = set()
    for record in handbook.records.values():
        if isinstance(record, (Term, Body)):
            for name in (record.name, *record.aliases, getattr(record, "abbreviation", None) or ""):
                known |= set(re.findall(r"\b[A-Z]{2,3}\b", name))
    return frozenset(known)
