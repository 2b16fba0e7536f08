"""The handbook as a whole: its settings, records and pages, and an edition of it written out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .addresses import split_address
from .markdown import Parsed, Parser
from .pages import Docs, Page, read_docs
from .problems import ContentError, Problem
from .records import Records, Settings, read_records, read_settings
from .references import check_references
from .site import read_site
from .sources import Source
from .store import Store
from .template import Evaluated
from .tree import Tree


@dataclass(frozen=True)
class Handbook:
    """Everything under data/ and docs/, read once."""

    root: Path
    settings: Settings
    records: Records
    docs: Docs
    parser: Parser


def read_handbook(root: Path) -> tuple[Handbook, list[Problem]]:
    """The handbook at `root` and every problem in reading it.

    Raises ContentError where so much is wrong that nothing else can be read.
    """
    settings, problems = read_settings(root)
    records, faults = read_records(root)
    docs, page_faults = read_docs(root)
    extensions, site_faults = read_site(root)
    problems += faults + page_faults + site_faults
    if settings is None or site_faults:
        raise ContentError(problems)
    return Handbook(root, settings, records, docs, Parser(extensions)), problems + check_references(records)


@dataclass
class Written:
    """One edition of the handbook with its pages' Markdown, before MkDocs sees it.

    `reads` holds what each page read of the store; `failed` the pages with a call that failed.
    """

    handbook: Handbook
    store: Store
    pages: dict[str, Page]
    markdown: dict[str, Evaluated] = field(default_factory=dict)
    reads: dict[str, frozenset[str]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    _parsed: dict[str, Parsed] = field(default_factory=dict)

    def incomplete(self, path: str) -> bool:
        """True when what is missing from a page may be the fault of something already told."""
        return path in self.failed or path in self.handbook.docs.broken

    def tree(self, path: str) -> Tree:
        """What the page at `path` holds."""
        return self.parsed(path).tree

    def parsed(self, path: str) -> Parsed:
        """What the Markdown of the page at `path` makes. Read once."""
        if path not in self._parsed:
            self._parsed[path] = self.handbook.parser.page(self.markdown[path], self.pages[path].folder)
        return self._parsed[path]

    def changed(self, path: str) -> date | None:
        """The day of the newest source that a page shows something of, or of its last review if that is later."""
        header = self.pages[path].header
        named = {key.split(":")[1] for key in self.reads[path] if key.startswith(("source:", "passage:"))}
        sources = [source for source in self.store.all(Source) if source.id in named or source.id in header.sources]
        days = [source.published for source in sources if not source.named_in] + [self.reviewed(path)]
        return max(filter(None, days), default=None)

    def reviewed(self, path: str) -> date | None:
        """The day of a page's last review, if it was held by the day that the edition shows."""
        day = self.pages[path].header.reviewed
        return None if day and self.store.past and day > self.store.as_at else day

    def files(self) -> set[str]:
        """The files under docs/, other than pages, that a page of this edition shows or links to."""
        wanted = set()
        for path, page in self.pages.items():
            tree = self.tree(path)
            targets = [link.target for link in tree.links] + [image.source for image in tree.images]
            wanted |= {page.leads_to(split_address(target).path) for target in targets}
        return wanted & set(self.handbook.docs.files)
