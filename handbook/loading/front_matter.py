"""The front matter of a page: one plain form, and a closed set of keys.

Pages are split by python-frontmatter, through a handler of our own. By itself the library is lenient: it skips
space before the first fence, takes `----` for one, lets a page without front matter pass as all body, and drops
what is not a mapping. Readers then differ on what a page says, and MkDocs swallows every error in front matter. The
handler accepts only the form on which no two readers can differ: `---` as the first bytes, plain YAML, and `---`
alone on a line to close.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from handbook.loading.strict_yaml import YamlDocument, parse_yaml
from handbook.loading.validation import validate
from handbook.model.front_matter import FrontMatter
from handbook.model.problems import ContentError, Problem

FENCE = "---"
# python-frontmatter strips the text before it is split and the body afterwards. With a character around them that is
# not white space, and that no page may hold, both calls change nothing: a body keeps its bytes and its lines.
_GUARD = "\0"


@dataclass(frozen=True)
class PageSource:
    """A page split at its fences: its front matter as YAML with lines, its body, and the line that the body starts on."""

    document: YamlDocument
    body: str
    body_line: int


class StrictHandler(BaseHandler):
    """Split pages and load their front matter as strict YAML, for `frontmatter.parse`. One handler reads one page.

    Its methods raise ContentError, which python-frontmatter does not catch. Pages are edited where the text stands
    and never written from a mapping, so the handler does not export.
    """

    FM_BOUNDARY = re.compile(rf"^{FENCE}$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = FENCE

    def __init__(self, display_path: str):
        """`display_path` names the page in problems."""
        super().__init__()
        self.display_path = display_path
        self.document: YamlDocument | None = None
        self.body_line = 1

    def split(self, text: str) -> tuple[str, str]:
        """The YAML between the fences, and the body between guards. Raises ContentError for any other form."""
        lines = text.removeprefix(_GUARD).removesuffix(_GUARD).split("\n")
        if lines[0] != FENCE:
            raise ContentError([_does_not_start(lines, self.display_path)])
        try:
            end = lines.index(FENCE, 1)
        except ValueError:
            raise ContentError([_does_not_end(lines, self.display_path)]) from None
        self.body_line = end + 2
        body = "\n".join(lines[end + 1 :])
        return "\n".join(lines[1:end]), f"{_GUARD}{body}{_GUARD}"

    def load(self, fm: str) -> dict[str, Any]:
        """The keys as they were typed; `document` then holds them with their lines. Raises ContentError."""
        self.document = parse_yaml(fm, self.display_path, first_line=2)
        if not isinstance(self.document.value, dict):
            cure = "Give at least title, summary and audience"
            raise ContentError([Problem(self.display_path, 1, "The front matter is empty", cure)])
        return self.document.value


def split_page(text: str, display_path: str) -> PageSource:
    """The front matter and the body of a page. Raises ContentError where it cannot be split or its YAML not be read."""
    handler = StrictHandler(display_path)
    _, guarded = frontmatter.parse(f"{_GUARD}{text}{_GUARD}", handler=handler)
    assert handler.document is not None
    return PageSource(handler.document, guarded[1:-1], handler.body_line)


def validate_front_matter(document: YamlDocument) -> tuple[FrontMatter | None, list[Problem]]:
    """The front matter that `document` holds, or the problems that prevent it."""
    return validate(FrontMatter, document, (), "The page")


def _does_not_start(lines: list[str], display_path: str) -> Problem:
    cure = "Start the file with --- on its first line, then title, summary and audience, then --- again"
    for number, line in enumerate(lines[:10], 1):
        if line.strip() == FENCE:
            found = "an empty line" if number > 1 and not lines[0].strip() else repr(lines[0])
            what = f"The front matter does not start on the first line exactly as --- (found {found})"
            return Problem(display_path, 1, what, cure)
    return Problem(display_path, 1, "The page has no front matter", cure)


def _does_not_end(lines: list[str], display_path: str) -> Problem:
    cure = "Put --- alone on the line after its last key"
    for number, line in enumerate(lines[1:60], 2):
        if line.strip().startswith(FENCE) and not line.strip("- \t"):
            what = f"The front matter does not end exactly as --- (found {line!r})"
            return Problem(display_path, number, what, cure)
    return Problem(display_path, 1, "The front matter is not closed", cure)
