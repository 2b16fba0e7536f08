"""One edition of a handbook: its pages, their evaluated Markdown, and the results of rendering them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from handbook.loading.handbook import Handbook
from handbook.loading.page import Page
from handbook.loading.page_analysis import PageAnalysis
from handbook.markdown.document_tree import Tree
from handbook.markdown.parser import ParsedPage
from handbook.markdown.source import MarkdownSource
from handbook.model.addresses import split_address
from handbook.model.dependencies import Dependency, DependencyKind, TrackedDict
from handbook.model.sources import Source
from handbook.model.store import Store


@dataclass
class RenderedEdition:
    """One edition of the handbook: its pages, what their macros write, and what is known of them.

    `reads` holds what each page shows; `failed` the pages with a call that failed; `made` the
    addresses of files that the build makes and a page may link to. A
    page whose facts are known from before is written only when its Markdown is asked for.
    """

    handbook: Handbook
    store: Store
    pages: TrackedDict[str, Page]
    evaluate: Callable[[str], MarkdownSource]
    made: frozenset[str] = frozenset()
    reads: dict[str, frozenset[Dependency]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    known: dict[str, PageAnalysis] = field(default_factory=dict)
    _markdown: dict[str, MarkdownSource] = field(default_factory=dict)
    _parsed: dict[str, ParsedPage] = field(default_factory=dict)

    def incomplete(self, path: str) -> bool:
        """True if something may be missing from a page because of a problem that is reported already."""
        return path in self.failed or path in self.handbook.docs.broken

    def facts(self, path: str) -> PageAnalysis:
        """The analysis of the page at `path`."""
        return self.known[path]

    def markdown(self, path: str) -> MarkdownSource:
        """The evaluated Markdown of the page at `path`."""
        if path not in self._markdown:
            self._markdown[path] = self.evaluate(path)
        return self._markdown[path]

    def keep(self, path: str, markdown: MarkdownSource) -> None:
        """Set the Markdown of the page at `path`, where it has been evaluated already."""
        self._markdown[path] = markdown

    def forget(self, path: str) -> None:
        """Free the Markdown and the HTML of the page at `path`, which are rendered again on next use."""
        self._markdown.pop(path, None)
        self._parsed.pop(path, None)

    def tree(self, path: str) -> Tree:
        """The document tree of the page at `path`."""
        return self.parsed(path).tree

    def parsed(self, path: str) -> ParsedPage:
        """The Markdown of the page at `path`, parsed: its HTML and its document tree."""
        if path not in self._parsed:
            self._parsed[path] = self.handbook.parser.page(self.markdown(path), self.pages[path].folder)
        return self._parsed[path]

    def changed(self, path: str) -> date | None:
        """The day of the newest source that a page shows something of, or of its last review if that is later."""
        header = self.pages[path].header
        named = set(map(_source_of, self.reads[path]))
        sources = [source for source in self.store.all(Source) if source.id in named or source.id in header.sources]
        days = [source.published for source in sources if not source.named_in] + [self.reviewed(path)]
        return max(filter(None, days), default=None)

    def reviewed(self, path: str) -> date | None:
        """The day of a page's last review, unless it was held after the day that the edition shows."""
        day = self.pages[path].header.reviewed
        return None if day and self.store.past and day > self.store.as_at else day

    def files(self) -> set[str]:
        """The files under docs/ that a page of this edition shows or links to."""
        wanted = {target for path in self.pages for target in self._targets(path)}
        return wanted & set(self.handbook.docs.files)

    def _targets(self, path: str) -> set[str]:
        facts = self.known.get(path)
        if facts and facts.targets is not None:
            return {target for target, _ in facts.targets}
        page, tree = self.pages[path], self.tree(path)
        targets = [link.target for link in tree.links] + [image.source for image in tree.images]
        return {page.leads_to(split_address(target).path) for target in targets}


def _source_of(shown: Dependency) -> str | None:
    """The source that a page shows or cites, where that is what it shows."""
    match shown:
        case (DependencyKind.RECORD, (Source.kind, source)) | (DependencyKind.PASSAGE, (source, _)):
            return source
    return None
