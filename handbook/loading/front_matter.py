"""The front matter of a page: one plain form, and a closed set of keys.

MkDocs and python-frontmatter differ on many ways of writing front matter, and MkDocs swallows
every error in it. Only the form on which no two readers can differ is accepted: `---` as the
first bytes, plain YAML, and `---` alone on a line to close.
"""

from __future__ import annotations

from handbook.loading.strict_yaml import YamlDocument, parse_yaml
from handbook.loading.validation import validate
from handbook.model.front_matter import FrontMatter
from handbook.model.problems import ContentError, Problem

FENCE = "---"


def read_header(text: str, shown: str) -> tuple[FrontMatter | None, YamlDocument | None, str, int, list[Problem]]:
    """The header of the page `text`, its YAML with lines, the body, the body's first line, and problems."""
    lines = text.split("\n")
    if lines[0] != FENCE:
        return None, None, text, 1, [_no_header(lines, shown)]
    try:
        end = lines.index(FENCE, 1)
    except ValueError:
        return (
            None,
            None,
            "",
            1,
            [_not_closed(lines, shown)],
        )
    try:
        document = parse_yaml("\n".join(lines[1:end]), shown, first_line=2)
    except ContentError as error:
        return None, None, "", end + 2, error.problems
    if not isinstance(document.value, dict):
        return (
            None,
            None,
            "",
            end + 2,
            [Problem(shown, 1, "The front matter is empty", "Give at least title, summary and audience")],
        )
    header, problems = validate(FrontMatter, document, (), "The page")
    body = "\n".join(lines[end + 1 :])
    return header, document, body, end + 2, problems


def _not_closed(lines: list[str], shown: str) -> Problem:
    cure = "Put --- alone on the line after its last key"
    for number, line in enumerate(lines[1:60], 2):
        if line.strip().startswith(FENCE) and not line.strip("- \t"):
            return Problem(shown, number, f"The front matter does not end exactly as --- (found {line!r})", cure)
    return Problem(shown, 1, "The front matter is not closed", cure)


def _no_header(lines: list[str], shown: str) -> Problem:
    cure = "Start the file with --- on its first line, then title, summary and audience, then --- again"
    for number, line in enumerate(lines[:10], 1):
        if line.strip() == FENCE:
            found = "an empty line" if number > 1 and not lines[0].strip() else repr(lines[0])
            return Problem(
                shown, 1, f"The front matter does not start on the first line exactly as --- (found {found})", cure
            )
    return Problem(shown, 1, "The page has no front matter", cure)
