"""The corpus for MkDocs with Material and the macros plugin, written as their own documentation tells one to."""

from __future__ import annotations

from pathlib import Path

from .corpus import (
    SOURCES,
    Cited,
    Corpus,
    Defined,
    Inline,
    Link,
    Named,
    Page,
    Reported,
    body_name,
    section_of,
    section_title,
    slug,
    term_name,
    title_of,
)
from .trees import QUOTED, figures_as_data, keep_only, markdown, path_of, save, source_title, way

_INTRODUCTION = "Names and numbers of nothing at all, to measure with."

# A macro that gives a number as the handbook does, and its date and place in the source beside it.
_MAIN = '''"""Macros of the site."""


def define_env(env):
    @env.macro
    def figure(name):
        record = env.variables["figures"][name]
        latest = record["observations"][-1]
        value = latest["value"]
        number = f"{value}%" if record["unit"] == "%" else f"{int(value):,} {record['unit']}"
        words = f"{latest.get('qualifier', '')} {number}".strip()
        source = f"{record['title']}, {latest['period']}. {record['source']}, {latest['locator']}"
        return f'<strong title="{source}">{words}</strong>'
'''


def write_plain(corpus: Corpus, folder: Path, pruned: bool) -> None:
    """The corpus as a MkDocs project, with `navigation.prune` or without."""
    pages = range(corpus.pages + corpus.added)
    sections = "".join(
        f"  - {section_title(section)}:\n"
        + "".join(f"      - {path_of(page)}\n" for page in pages if section_of(page) == section)
        for section in corpus.sections
    )
    prune = "  features:\n    - navigation.prune\n" if pruned else ""
    save(folder, "mkdocs.yml", _SETTINGS.format(prune=prune, sections=sections))
    save(folder, "main.py", _MAIN)
    save(folder, "data/figures.yml", figures_as_data(corpus))
    docs = folder / "docs"
    save(docs, "index.md", f"# Made-up handbook\n\n{_INTRODUCTION}\n")
    save(docs, "sources.md", "# Sources\n\n" + "".join(f"## {source_title(number)}\n\n" for number in range(SOURCES)))
    for page in corpus:
        save(docs, path_of(page.number), _page(corpus, page))
    keep_only(docs, ["index.md", "sources.md", *map(path_of, pages)])


def _page(corpus: Corpus, page: Page) -> str:
    def inline(part: Inline) -> str:
        if isinstance(part, Link):
            return f"[{title_of(part.page)}]({way(page.number, part.page)})"
        if isinstance(part, Reported):
            return f'{{{{ figure("{corpus.figure(part.figure).id}") }}}}'
        if isinstance(part, Named):
            return body_name(part.body)
        if isinstance(part, Defined):
            return term_name(part.term)
        assert isinstance(part, Cited)
        return f"([paragraph {part.paragraph}](../sources.md#{slug(source_title(part.source))}))"

    return (
        f"---\ntitle: {page.title}\ndescription: {QUOTED(page.summary)}\n---\n\n"
        f"# {page.title}\n\n{page.summary}\n\n{markdown(page, inline)}"
    )


# The same Markdown extensions as the handbook's own, but for the one that it has written itself.
_SETTINGS = """site_name: Made-up handbook
theme:
  name: material
{prune}plugins:
  - search
  - macros:
      include_yaml:
        - figures: data/figures.yml
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - smarty
  - tables
  - toc:
      toc_depth: 3
nav:
  - index.md
{sections}  - sources.md
"""
