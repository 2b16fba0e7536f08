"""MkDocs' configuration, read strictly: its keys, and the Markdown extensions that the site uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from .markdown import unusable
from .problems import ContentError, Problem, choose
from .strict_yaml import Document, Typed, parse_yaml
from .text import read_text

CONFIG_FILE = "mkdocs.yml"
PARTNER_FILE = "mkdocs.partner.yml"
PLUGINS = ("macros", "handbook")

# What the handbook has no use for, or fixes for itself, is not among these.
_KEYS = frozenset(
    [
        "INHERIT",
        "site_name",
        "site_url",
        "docs_dir",
        "site_dir",
        "use_directory_urls",
        "exclude_docs",
        "theme",
        "extra_css",
        "extra_javascript",
        "extra",
        "markdown_extensions",
        "plugins",
        "validation",
        "strict",
        "copyright",
        "watch",
        "dev_addr",
        "hooks",
    ]
)
# The keys of what stands under a key, where a misspelt one would be passed over in silence.
_INNER: dict[tuple[str, ...], frozenset[str]] = {
    ("theme",): frozenset(["name", "custom_dir", "language", "font", "favicon", "logo", "icon", "features", "palette"]),
    ("plugins",): frozenset(PLUGINS),
    ("plugins", "macros"): frozenset(["module_name", "on_undefined", "on_error_fail"]),
    ("plugins", "handbook"): frozenset(["edition", "as_at"]),
    ("validation",): frozenset(["omitted_files", "absolute_links", "unrecognized_links", "anchors"]),
}
# The three that MkDocs always adds.
_ALWAYS = ("toc", "tables", "fenced_code")


def read_site(root: Path) -> tuple[dict[str, Any], list[Problem]]:
    """The Markdown extensions of the site with their settings, and every problem with the configuration."""
    main, problems = _read(root, CONFIG_FILE)
    partner, faults = _read(root, PARTNER_FILE)
    problems += faults
    if main:
        problems += _needed(
            main,
            {("use_directory_urls",): "false", ("docs_dir",): "docs", ("plugins", "macros", "module_name"): "macros"},
        )
        listed = main.value.get("plugins")
        for name in PLUGINS:
            if not isinstance(listed, dict) or name not in listed:
                what = f"The plugin {name} is not listed"
                problems.append(Problem(CONFIG_FILE, main.line(("plugins",)), what, f"Add {name}: under plugins"))
    if partner:
        wanted = {("INHERIT",): CONFIG_FILE, ("exclude_docs",): "*", ("plugins", "handbook", "edition"): "partner"}
        problems += _needed(partner, wanted)
    problems += [problem for document in (main, partner) if document for problem in _in_the_past(document)]
    extensions = _extensions(main)
    for name, reason in unusable(extensions).items():
        what = f"A Markdown extension that cannot be used (found {name}: {reason})"
        problems.append(Problem(CONFIG_FILE, _line_of(main, name), what, "Mend its name or its settings, or delete it"))
    return extensions, problems


def _read(root: Path, name: str) -> tuple[Document | None, list[Problem]]:
    try:
        document = parse_yaml(read_text(root / name, name), name)
    except ContentError as error:
        return None, error.problems
    if not isinstance(document.value, dict):
        return None, [Problem(name, 1, "The file holds no settings", "Put it back as it was")]
    problems = []
    for path, known in {(): _KEYS, **_INNER}.items():
        found: Any = document.value
        for step in path:
            found = found.get(step) if isinstance(found, dict) else None
        for key in found if isinstance(found, dict) else ():
            if key not in known:
                cure = choose(key, sorted(known), f"delete it; the handbook uses {', '.join(sorted(known))}")
                line = document.line((*path, key))
                problems.append(Problem(name, line, f"Unknown key (found {'.'.join((*path, key))})", cure))
    return document, problems


def _needed(document: Document, wanted: dict[tuple[str, ...], str]) -> list[Problem]:
    """Settings without which an edition would not be what it says it is."""
    problems = []
    for path, value in wanted.items():
        found: Any = document.value
        for step in path:
            found = found.get(step) if isinstance(found, dict) else None
        if found != value:
            key = ".".join(path)
            what = f"{key} is not {value} (found {found if isinstance(found, str) else 'nothing'})"
            problems.append(Problem(document.shown, document.line(path), what, f"Set {key} to {value}"))
    return problems


def _in_the_past(document: Document) -> Iterator[Problem]:
    """The day of an edition of the past, where it would be published in the place of the present."""
    plugins = document.value.get("plugins")
    settings = plugins.get("handbook") if isinstance(plugins, dict) else None
    if isinstance(settings, dict) and settings.get("as_at"):
        line = document.line(("plugins", "handbook", "as_at"))
        what = f"as_at would put the past in the place of the present (found {settings['as_at']})"
        cure = "Delete it, and use --as-at; the day that the handbook speaks for is as_at in data/handbook.yml"
        yield Problem(document.shown, line, what, cure)


def _line_of(document: Document | None, extension: str) -> int:
    """The line of mkdocs.yml that lists an extension."""
    listed = document.value.get("markdown_extensions") if document else None
    for index, item in enumerate(listed if isinstance(listed, list) else []):
        if document and (item == extension or isinstance(item, dict) and extension in item):
            return document.line(("markdown_extensions", index))
    return 1


def _extensions(document: Document | None) -> dict[str, Any]:
    listed = document.value.get("markdown_extensions") if document else None
    found: dict[str, Any] = {name: {} for name in _ALWAYS}
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict):
            found |= {name: _plain(settings) or {} for name, settings in item.items()}
        else:
            found[str(item)] = {}
    return found


def _plain(value: Any) -> Any:
    """A value as YAML means it: MkDocs gives its extensions numbers and truths, not text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, Typed):
        return str(value) if value.kind == "str" else yaml.safe_load(value)
    return value
