"""The corpus for Hugo: a small theme, the menu of the section that one is in, and a search index in JSON."""

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
    section_title,
    slug,
    term_name,
    title_of,
)
from .trees import QUOTED, figures_as_data, keep_only, markdown, path_of, save, source_title

_THEME = Path(__file__).parent / "hugo_theme"


def write_hugo(corpus: Corpus, folder: Path) -> None:
    """The corpus as a Hugo project."""
    for path in sorted(_THEME.rglob("*.*")):
        save(folder, path.relative_to(_THEME).as_posix(), path.read_text("utf-8"))
    save(folder, "data/figures.yml", figures_as_data(corpus))
    content = folder / "content"
    pages = {
        "_index.md": "---\ntitle: Made-up handbook\n---\n\nNames and numbers of nothing at all, to measure with.\n",
        "sources.md": "---\ntitle: Sources\n---\n\n" + "".join(f"## {source_title(n)}\n\n" for n in range(SOURCES)),
    }
    for section in corpus.sections:
        title = section_title(section)
        pages[f"{slug(title)}/_index.md"] = f"---\ntitle: {title}\nweight: {section + 1}\n---\n"
    for path, text in pages.items():
        save(content, path, text)
    for page in corpus:
        save(content, path_of(page.number), _page(corpus, page))
    keep_only(content, [*pages, *map(path_of, range(corpus.pages + corpus.added))])


def _page(corpus: Corpus, page: Page) -> str:
    def inline(part: Inline) -> str:
        if isinstance(part, Link):
            return f'[{title_of(part.page)}]({{{{< relref "/{path_of(part.page)}" >}}}})'
        if isinstance(part, Reported):
            return f'{{{{< reported "{corpus.figure(part.figure).id}" >}}}}'
        if isinstance(part, Named):
            return body_name(part.body)
        if isinstance(part, Defined):
            return term_name(part.term)
        assert isinstance(part, Cited)
        anchor = slug(source_title(part.source))
        return f'([paragraph {part.paragraph}]({{{{< relref "/sources.md#{anchor}" >}}}}))'

    return (
        f"---\ntitle: {page.title}\ndescription: {QUOTED(page.summary)}\nweight: {page.order}\n---\n\n"
        f"{page.summary}\n\n{markdown(page, inline)}"
    )
