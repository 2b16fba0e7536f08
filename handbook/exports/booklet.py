"""Every page of an edition as one document, in the order of the menu, ready to print."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from html import escape
from pathlib import Path

from handbook.editions.navigation import navigation
from handbook.exports.embedded_page import anchor, relocated
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros.tags import curly
from handbook.model.periods import day_in_words

_FONT = "assets/fonts/source-sans-3-latin*.woff2"
_STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
# What a document has that a page of the site has not: a cover, its contents, and numbers on its pages. A page on a
# screen does without the font where it comes too late, and here it is in the document itself.
_ON_PAPER = """
@font-face { font-family: "Source Sans 3"; src: url("data:font/woff2;base64,%s") format("woff2"); font-weight: 200 900 }
@page { size: A4; margin: 20mm 18mm 22mm;
  @bottom-left { content: %s; font: 9pt "Source Sans 3", sans-serif; }
  @bottom-right { content: counter(page) " of " counter(pages); font: 9pt "Source Sans 3", sans-serif; } }
@page :first { @bottom-left { content: none } @bottom-right { content: none } }
.booklet-cover { break-after: page; padding-top: 70mm }
.booklet-cover h1 { font-size: 30pt }
.booklet-contents { break-after: page }
.booklet-contents ul { list-style: none; padding-left: 0 }
.booklet-contents ul ul { padding-left: 6mm }
.booklet-section { break-before: page; font-size: 26pt }
.booklet-page > h2:first-child { font-size: 19pt }
.booklet-page { break-before: page }
.booklet-section + .booklet-page { break-before: avoid }
/* Letters that rise above their line at the top of a sheet are painted on the sheet before too, and
   Chromium then says the heading twice, in bookmarks and to screen readers. */
.booklet :is(h1, h2, h3, h4, h5, h6) { padding-top: .15em }
"""


@dataclass(frozen=True)
class _Part:
    """A section of the menu with its pages. The home page is a part of its own, without a title."""

    title: str
    pages: list[str]


def booklet(written: RenderedEdition, folder: Path) -> str:
    """The HTML of the edition that was built in `folder` as one document, with a cover and its contents.

    It stands at the root of that folder, where its styles and pictures are.
    """
    settings, edition = written.handbook.settings, written.store.edition
    parts = [
        _Part(title, pages)
        for item in navigation(written)
        for title, pages in (item.items() if isinstance(item, dict) else [("", [item])])
    ]
    titles = {_address(path): page.header.title for path, page in written.pages.items()}
    words = settings.editions[edition]
    day = day_in_words(written.store.as_at)
    name = curly(settings.title)
    label = f"<strong>{escape(words.label)}</strong> " if words.label else ""
    bar = curly(words.bar.replace("{as_at}", day))
    first = (folder / _address(parts[0].pages[0])).read_text("utf-8")
    styles = "".join(f'<link rel="stylesheet" href="{href}">\n' for href in _STYLES.findall(first))
    running = '"' + f"{name}. {words.label or bar}".replace("\\", "").replace('"', "\u201d") + '"'
    font = b64encode(next(folder.glob(_FONT)).read_bytes()).decode()
    body = "".join(_part(part, titles, folder) for part in parts)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(name)}</title>\n'
        f"{styles}<style>{_ON_PAPER % (font, running)}</style>\n</head>\n"
        f'<body class="booklet"><main class="text">\n<div class="booklet-cover">\n<h1>{escape(name)}</h1>\n'
        f"<p>{label}{escape(bar)}</p>\n<p>It shows what was known on {day}.</p>\n"
        f"<p>{escape(curly(settings.official))}</p>\n</div>\n{_contents(parts, titles)}{body}</main></body>\n</html>\n"
    )


def _contents(parts: list[_Part], titles: dict[str, str]) -> str:
    def line(path: str) -> str:
        address = _address(path)
        return f'<li><a href="#{anchor(address)}">{escape(curly(titles[address]))}</a></li>\n'

    items = ""
    for part in parts:
        pages = "".join(map(line, part.pages))
        items += f"<li>{escape(curly(part.title))}\n<ul>\n{pages}</ul></li>\n" if part.title else pages
    return f'<nav class="booklet-contents" aria-labelledby="contents--">\n<h1 id="contents--">Contents</h1>\n<ul>\n{items}</ul>\n</nav>\n'


def _part(part: _Part, titles: dict[str, str], folder: Path) -> str:
    title = f'<h1 class="booklet-section">{escape(curly(part.title))}</h1>\n' if part.title else ""
    pages = ""
    for path in part.pages:
        address = _address(path)
        content = relocated((folder / address).read_text("utf-8"), address, titles)
        pages += f'<section class="booklet-page" id="{anchor(address)}">{content}</section>\n'
    return title + pages


def _address(path: str) -> str:
    return path.removesuffix(".md") + ".html"
