"""HTML written in a page: no script, no frame, nothing that the content policy of the site refuses."""

from __future__ import annotations

from collections.abc import Iterator

from macros.content.handbook import Written
from macros.content.problems import Problem

_REFUSED = frozenset(
    [
        "script",
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "form",
        "input",
        "textarea",
        "select",
        "style",
        "link",
        "meta",
        "base",
        "video",
        "audio",
        "source",
        "track",
        "svg",
        "math",
        "template",
        "portal",
        "noscript",
    ]
)
# What the handbook's own charts are made of, and nobody types.
_MACROS_ONLY = frozenset(["svg"])


def html_is_harmless(written: Written) -> Iterator[Problem]:
    """The HTML tags in an edition's pages, those made by macros included."""
    for path, page in written.pages.items():
        for tag in written.tree(path).raw:
            if tag.name in _REFUSED and (tag.typed or tag.name not in _MACROS_ONLY):
                yield Problem(
                    page.shown,
                    tag.line,
                    f"HTML that a page may not hold (found <{tag.name}>)",
                    "Say it in Markdown, or ask for a macro",
                )
            for name, _ in tag.attributes:
                if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                    yield Problem(
                        page.shown,
                        tag.line,
                        f"An HTML attribute that a page may not hold (found {name} on <{tag.name}>)",
                        "Take the attribute away",
                    )
