"""A page of the handbook: its front matter and its body."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from handbook.loading.front_matter import split_page
from handbook.loading.jinja_syntax import parse_template
from handbook.loading.page_snapshot import Calls
from handbook.loading.strict_yaml import YamlDocument
from handbook.loading.template import Call, Template, evaluate
from handbook.markdown.source import MarkdownSource
from handbook.model.canonical import fingerprint
from handbook.model.dependencies import DependencyKind, note_dependency
from handbook.model.editions import Audience, Edition
from handbook.model.front_matter import FrontMatter

DOCS = "docs"


@dataclass(frozen=True)
class Page:
    """A page of the handbook. `path` is relative to docs/, `shown` to the handbook's folder.

    The front matter is parsed when the page is read; its lines and the body are parsed from `source` on first use.
    `kept` is a snapshot of the page for the build cache (see `page_snapshot`), None where the page has problems.
    """

    path: str
    header: FrontMatter
    source: str = field(repr=False)
    header_hash: str = field(default="", repr=False, compare=False)
    kept: bytes | None = field(default=None, repr=False, compare=False)
    known_calls: Calls | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The page as it is written, front matter and all."""
        note_dependency(DependencyKind.SOURCE_TEXT, self.path)
        return self.source

    @property
    def document(self) -> YamlDocument:
        """The front matter as it is typed, with its lines."""
        note_dependency(DependencyKind.SOURCE_TEXT, self.path)
        return self._parts[0]

    @property
    def template(self) -> Template:
        """The body: its texts, calls and choices."""
        note_dependency(DependencyKind.SOURCE_TEXT, self.path)
        return self._parts[1]

    def calls(self, edition: Edition | None = None) -> list[Call]:
        """The calls that an edition has; without one, those of every edition."""
        if self.known_calls is None:
            return self.template.calls(edition)
        note_dependency(DependencyKind.SOURCE_TEXT, self.path)
        return self.known_calls[edition]

    @cached_property
    def _parts(self) -> tuple[YamlDocument, Template]:
        split = split_page(self.source, self.shown)
        return split.document, parse_template(split.body, self.shown, split.body_line)[0]

    def forget(self) -> None:
        """Free the parsed front matter and body, which are parsed again on next use."""
        self.__dict__.pop("_parts", None)

    @property
    def shown(self) -> str:
        """The page's path relative to the handbook's folder, as problems name it."""
        return f"{DOCS}/{self.path}"

    @cached_property
    def url(self) -> str:
        """The page's address below the site's root."""
        return address(self.path)

    @cached_property
    def header_fingerprint(self) -> str:
        """One hash for its path and header."""
        return hash_of(f"{self.path}\n{self.header_hash or fingerprint(self.header)}")

    @cached_property
    def folder(self) -> str:
        """The page's folder, relative to docs/; "." is docs/ itself."""
        return self.path.rpartition("/")[0] or "."

    def leads_to(self, target: str) -> str:
        """Resolve a link on this page to a path relative to docs/.

        A link to a published page (`.html`), as macros write it, gives the page's file.
        """
        if not target:
            return self.path
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), unquote(target)))
        return f"{joined.removesuffix('.html')}.md" if joined.endswith(".html") else joined

    @property
    def audience(self) -> Audience:
        """Who may read the page."""
        return self.header.audience

    def evaluate(
        self, edition: Edition, macros: Mapping[str, Callable[..., str]]
    ) -> tuple[MarkdownSource, list[tuple[Call, Exception]]]:
        """Evaluate the page's Markdown in `edition`: title and summary, then the body.

        Gives the Markdown, and the macro calls that failed with their exceptions.
        """
        result = MarkdownSource()
        result.add(f"# {plain(self.header.title)}\n\n", self.document.line(("title",)), made=True)
        result.add(f"{plain(self.header.summary)}\n{{: .summary }}\n\n", self.document.line(("summary",)), made=True)
        failed = evaluate(self.template, edition, macros, result, mark_staff=self.audience is Audience.PARTNER)
        return result, failed


def address(path: str) -> str:
    """The address of the page at `path`, relative to docs/, below the site's root."""
    return f"{path.removesuffix('.md')}.html"


def plain(text: str) -> str:
    """Escape text so that Markdown shows exactly that text."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_\[\]>|{}#])", r"\\\1", text)


def hash_of(text: str | bytes) -> str:
    """The SHA-256 of a text as UTF-8, or of bytes, in hexadecimal."""
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()
