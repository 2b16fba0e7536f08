"""A number as a person types it: taken where it means one thing, refused with the cure elsewhere."""

from __future__ import annotations

import pytest

from handbook.editing.number_input import as_kept
from handbook.editing.refusal import EditRefused


@pytest.mark.parametrize(
    ("typed", "unit", "kept"),
    [
        ("700", "people", "700"),
        (" 700 ", "people", "700"),
        ("19.60", "%", "19.60"),
        ("27%", "%", "27"),
        ("27 %", "%", "27"),
        ("1,234", "people", "1234"),
        ("1,234,567.80", "£", "1234567.80"),
        ("£3", "£", "3"),
        ("£3 million", "£ million", "3"),
        ("-5", "£ million", "-5"),
        ("\u22125", "£ million", "-5"),
        ("0", "visits", "0"),
    ],
)
def test_a_number_with_one_meaning_is_taken(typed: str, unit: str, kept: str) -> None:
    assert as_kept(typed, unit) == kept


@pytest.mark.parametrize(
    ("typed", "unit", "said"),
    [
        ("", "people", "There is no number. Give one, as in 700."),
        ("27%", "people", "Not the figure's unit (found 27%). The figure counts people. Is it the right one?"),
        ("£3m", "£ million", "Not a number (found 3m). Write it out in digits, or say million in the figure's unit, as in £ million."),
        ("12,34", "people", "A comma that can mean two things (found 12,34). Write 1,234 or 1234 for thousands, 1.5 for a fraction."),
        ("007", "people", "Not a number (found 007). A number has no zeros in front. Write 7 if that is what it is."),
        (".5", "%", "Not a number (found .5). Write 0.5."),
        ("1 234", "people", "Not a number (found 1 234). Use digits, and a point if there is a fraction, as in 19.65."),
        ("700 people", "people", "Not a number (found 700 people). Leave the words out: the figure has its unit."),
        ("over 700", "people", "More than a number (found over 700). Write the number alone, and add --qualifier over."),
        ("up to 10", "people", "More than a number (found up to 10). Write the number alone, and add --qualifier up-to."),
        ("80-90", "people", "A range (found 80-90). Leave the number out, and add --low 80 --high 90."),
        ("80 to 90", "people", "A range (found 80 to 90). Leave the number out, and add --low 80 --high 90."),
        ("1e3", "people", "Not a number (found 1e3). Use digits, and a point if there is a fraction, as in 19.65."),
        ("\u0661\u0662", "people", "Digits of another script (found \u0661\u0662). Use 0 to 9."),
    ],
)  # fmt: skip
def test_any_other_is_refused_with_the_cure(typed: str, unit: str, said: str) -> None:
    with pytest.raises(EditRefused) as refused:
        as_kept(typed, unit)
    assert str(refused.value) == said
