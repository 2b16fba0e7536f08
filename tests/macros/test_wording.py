"""How places in a source are joined in a sentence."""

from __future__ import annotations

import pytest

from handbook.macros.wording import locators


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("paragraph 18",), "paragraph 18"),
        (("paragraph 4", "paragraph 5"), "paragraphs 4 and 5"),
        (("paragraph 4", "paragraph 5", "paragraph 6"), "paragraphs 4 to 6"),
        (("paragraph 4", "paragraph 7", "paragraph 8", "paragraph 9"), "paragraphs 4 and 7 to 9"),
        (("paragraph 9", "paragraph 8", "paragraph 7"), "paragraphs 9, 8 and 7"),
        (("annex 1", "risk 1", "risk 2", "risk 3", "purpose"), "annex 1, risks 1 to 3 and \u201cPurpose\u201d"),
    ],
)
def test_three_passages_or_more_in_a_row_are_told_as_one_run(names: tuple[str, ...], said: str) -> None:
    assert locators(names) == said
