"""Finding out all that is known of each page of an edition, or taking it from the build before where it still holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from handbook.cache.fingerprints import Fingerprints
from handbook.cache.result_cache import ResultCache
from handbook.editions.renderer import EditionRenderer, unknown_areas, unknown_macros
from handbook.loading.handbook import Handbook
from handbook.loading.page_analysis import PageAnalysis, body_of, problem_as_json, problem_from
from handbook.loading.rendered_edition import RenderedEdition
from handbook.loading.template import Text
from handbook.markdown.source import MarkdownSource
from handbook.model.canonical import fingerprint as fingerprint_of
from handbook.model.editions import Edition
from handbook.model.problems import Problem
from handbook.rules import (
    NumberPassage,
    check_page,
    check_rendered_page,
    passage_from,
    passages_with_numbers,
    people_are_not_named,
    targets,
)
from handbook.rules.privacy import people


def said_by(handbook: Handbook, cache: ResultCache) -> tuple[dict[str, list[NumberPassage]], list[Problem]]:
    """Each page's passages with numbers, and the problems with what the pages say in whatever edition."""

    def work(path: str) -> tuple[Any, bytes]:
        page = handbook.docs.pages[path]
        problems = [problem_as_json(problem) for problem in check_page(handbook, page)]
        return [problems, [passage.as_json for passage in passages_with_numbers(handbook, page)]], b""

    said, problems = {}, []
    for path, result in cache.results(handbook.docs.pages, work, Fingerprints(handbook)).items():
        faults, passages = result.value
        said[path] = list(map(passage_from, passages))
        problems += [problem_from(fault) for fault in faults]
    return said, problems


def know(
    handbook: Handbook, edition: Edition, cache: ResultCache, other: RenderedEdition | None = None
) -> tuple[RenderedEdition, list[Problem]]:
    """An edition with the facts of every page, and every problem with a page by itself.

    Many pages are the same in another edition, whose facts then spare the work.
    """
    writer = EditionRenderer(handbook, edition)
    _learn_all(writer, other.known if other else {}, cache)
    problems = unknown_macros(handbook, edition) + unknown_areas(handbook, edition)
    return writer.written, problems + [
        fault for facts in writer.written.known.values() for fault in facts.problems(edition)
    ]


def know_past(handbook: Handbook, edition: Edition, as_at: date) -> tuple[RenderedEdition, list[Problem]]:
    """An edition of an earlier day with the facts of every page, and every problem in writing it."""
    writer = EditionRenderer(handbook, edition, as_at)
    _learn_all(writer, {}, ResultCache())
    problems = unknown_macros(handbook, edition)
    return writer.written, problems + [fault for facts in writer.written.known.values() for fault in facts.faults]


def _learn_all(writer: EditionRenderer, others: Mapping[str, PageAnalysis], cache: ResultCache) -> None:
    handbook = writer.written.handbook
    fingerprint = Fingerprints(handbook, writer.site)
    _learn(writer, writer.first, others, cache, fingerprint)
    writer.know_uses()
    _learn(writer, writer.last, others, cache, fingerprint)


def _learn(
    writer: EditionRenderer,
    paths: Iterable[str],
    others: Mapping[str, PageAnalysis],
    cache: ResultCache,
    fingerprint: Fingerprints,
) -> None:
    written = writer.written

    def work(path: str) -> tuple[Any, bytes]:
        return _found(writer, path, others.get(path))

    for path, result in cache.results(paths, work, fingerprint).items():
        facts = PageAnalysis(result.value, partial(getattr, result, "body"))
        written.known[path] = facts
        written.reads[path] = facts.shows
        if facts.failed:
            written.failed.add(path)


def _markdown_hash(markdown: MarkdownSource, own_text: list[str]) -> str:
    """One hash of all that the checks of a page are made of: its Markdown, whose lines are its own, and which text."""
    everything = json.dumps([markdown.markdown, markdown.lines, markdown.made, own_text], ensure_ascii=False)
    return sha256(everything.encode("utf-8", "surrogatepass")).hexdigest()


def _found(writer: EditionRenderer, path: str, other: PageAnalysis | None) -> tuple[Any, bytes]:
    """What there is to know of a page, as `Facts` takes it.

    What Markdown makes and what rules find in it is the same wherever the Markdown is.
    """
    written, page = writer.written, writer.written.pages[path]
    markdown, problems = writer.write(path)
    own_text = [piece.text for piece in page.template.pieces(written.store.edition) if isinstance(piece, Text)]
    own = {
        "markdown": _markdown_hash(markdown, own_text),
        # What its rules read besides, some of it in text that other editions show, is not shown by the page.
        "shows": sorted([str(kind), *name] for kind, name in written.reads[path]),
        "shown": fingerprint_of(written.reads[path]),
        "failed": path in written.failed,
        "faults": [problem_as_json(problem) for problem in problems],
    }
    if other and other.markdown == own["markdown"]:
        written.handbook.ask(people)
        return {**other.found, **own}, other.body()
    written.keep(path, markdown)
    parsed = written.parsed(path)
    body = body_of(parsed.html, parsed.headings)
    found = {
        "content": sha256(body).hexdigest(),
        "problems": [problem_as_json(problem) for problem in check_rendered_page(written, page)],
        "names": [problem_as_json(problem) for problem in people_are_not_named(written, page)],
        "anchors": sorted(parsed.tree.anchors),
        "targets": targets(page, parsed.tree),
    }
    written.forget(path)
    return {**found, **own}, body
