"""Check MkDocs' configuration files strictly, and read from them the Markdown extensions that the site uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from handbook.loading.strict_yaml import YamlDocument, parse_yaml
from handbook.loading.text_files import read_text
from handbook.markdown.parser import unusable
from handbook.model.locations import OVERRIDES, THEME
from handbook.model.problems import ContentError, Problem, choose
from handbook.model.typed_text import TypedText

CONFIG_FILE = "mkdocs.yml"
PARTNER_FILE = "mkdocs.partner.yml"
PLUGINS = ("macros", "handbook")

# The keys that mkdocs.yml may have. What the engine has no use for, or sets itself, is not among them.
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
# The keys that may stand under a key, where MkDocs would ignore a misspelt one without a word.
_INNER: dict[tuple[str, ...], frozenset[str]] = {
    ("theme",): frozenset(["name", "custom_dir", "language", "font", "favicon", "logo", "icon", "features", "palette"]),
    ("plugins",): frozenset(PLUGINS),
    ("plugins", "macros"): frozenset(["module_name", "on_undefined", "on_error_fail"]),
    ("plugins", "handbook"): frozenset(["edition", "as_at"]),
    ("extra",): frozenset(["generator"]),
    ("validation",): frozenset(["omitted_files", "absolute_links", "unrecognized_links", "anchors"]),
}
# The settings that the editions depend on, in each of the two files.
_FIXED: dict[tuple[str, ...], str] = {
    ("docs_dir",): "docs",
    ("site_dir",): "build/internal",
    ("use_directory_urls",): "false",
    ("theme", "name"): "material",
    ("theme", "custom_dir"): OVERRIDES,
    ("theme", "font"): "false",
    ("plugins", "macros", "module_name"): "macros",
    ("plugins", "handbook", "edition"): "internal",
}
_FIXED_FOR_PARTNERS: dict[tuple[str, ...], str] = {
    ("INHERIT",): CONFIG_FILE,
    ("site_dir",): "build/partner",
    ("exclude_docs",): "*",
    ("plugins", "handbook", "edition"): "partner",
}
# Macros and rules rely on what these extensions do.
_EXTENSIONS = (
    "attr_list",
    "handbook.markdown.extensions.tables",
    "handbook.markdown.extensions.columns",
    "handbook.markdown.extensions.staff",
)
# The extensions that MkDocs always adds.
_ALWAYS = ("toc", "tables", "fenced_code")


def read_site(root: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Read the Markdown extensions with their settings, and every problem with the two configuration files."""
    main, problems = _read(root, CONFIG_FILE)
    partner, faults = _read(root, PARTNER_FILE)
    problems += faults
    problems += _needed(main, _FIXED) if main else []
    problems += _needed(partner, _FIXED_FOR_PARTNERS) if partner else []
    for document in filter(None, (main, partner)):
        problems += [*_in_the_past(document), *_files(document, root), *_choices(document)]
    extensions = _extensions(main)
    for name, reason in (wrong := unusable(extensions)).items():
        what = f"A Markdown extension that cannot be used (found {name}: {reason})"
        cure = choose(name, {*_EXTENSIONS, *_ALWAYS} - {name}, "mend its name or its settings, or delete it")
        problems.append(Problem(CONFIG_FILE, _line_of(main, name), what, cure))
    for name in _EXTENSIONS if main else ():
        if name not in extensions:
            line = main.line(("markdown_extensions",)) if main else 1
            what = f"A Markdown extension that pages need is not listed (it is {name})"
            # A misspelt name is reported already.
            problems += [] if wrong else [Problem(CONFIG_FILE, line, what, f"Add - {name} under markdown_extensions")]
            extensions[name] = {}
    return extensions, problems


def _read(root: Path, name: str) -> tuple[YamlDocument | None, list[Problem]]:
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


def _needed(document: YamlDocument, wanted: dict[tuple[str, ...], str]) -> list[Problem]:
    """A problem for each setting that is not the one value the editions depend on."""
    problems: dict[tuple[str, ...], Problem] = {}
    for path, value in wanted.items():
        found: Any = document.value
        at = 0
        while at < len(path) and isinstance(found, dict):
            found, at = found.get(path[at]), at + 1
        if at < len(path) or found != value:
            messages = _without_keys(path[at - 1 :], found, value) if at < len(path) else _other(found, value)
            what, cure = (words.format(key=".".join(path[:at])) for words in messages)
            problems.setdefault(path[:at], Problem(document.shown, document.line(path), what, cure))
    return list(problems.values())


def _other(found: Any, value: str) -> tuple[str, str]:
    return f"{{key}} is not {value} (found {_shown(found)})", f"Set {{key}} to {value}"


def _shown(found: Any) -> str:
    return found if isinstance(found, str) else "keys" if isinstance(found, dict) else "nothing"


def _without_keys(rest: tuple[str, ...], found: Any, value: str) -> tuple[str, str]:
    """What is wrong, and the cure, where keys are wanted and something else or nothing is found."""
    if isinstance(found, list):
        return "{key} is a list", f"Write its items as keys, without hyphens, as in {rest[1]}:"
    inner = ": ".join((*rest[1:2], value)) if len(rest) == 2 else f"{rest[1]}:"
    if not found:
        return "{key} is not there", f"Add it, with {inner} below it"
    return f"{{key}} has no keys (found {found})", f"Write {inner} below it, indented by two spaces"


def _files(document: YamlDocument, root: Path) -> Iterator[Problem]:
    """Styles and scripts: each is a file of the handbook's or of the theme's, so that a page calls no other site.

    An earlier revision may come without its overrides, and is then not asked for them.
    """
    overrides = root / OVERRIDES
    for key in ("extra_css", "extra_javascript"):
        listed = document.value.get(key)
        for index, item in enumerate(listed if isinstance(listed, list) else []):
            name = str(item.get("path", "") if isinstance(item, dict) else item)
            line = document.line((key, index))
            if "//" in name:
                what = f"A file from another site (found {name})"
                yield Problem(document.shown, line, what, f"Put it under {OVERRIDES}/assets/ and name that")
            elif overrides.is_dir() and (THEME / name).is_file():
                what = f"A file of the theme, which every page has already (found {name})"
                yield Problem(document.shown, line, what, "Delete the line")
            elif overrides.is_dir() and not any((folder / name).is_file() for folder in (overrides, root / "docs")):
                assets = overrides.glob(f"assets/**/*{Path(name).suffix}")
                known = sorted(path.relative_to(overrides).as_posix() for path in assets)
                cure = choose(name, known, f"put it under {OVERRIDES}/assets/")
                yield Problem(document.shown, line, f"A file that is not there (found {name})", cure)


def _choices(document: YamlDocument) -> Iterator[Problem]:
    """Problems with values that MkDocs would refuse before our plugin could explain them in plain words."""
    checks = document.value.get("validation")
    for key, value in checks.items() if isinstance(checks, dict) else ():
        if key in _INNER["validation",] and value not in ("warn", "info", "ignore"):
            what = f"Not a value that validation.{key} can have (found {value})"
            cure = choose(str(value), ["warn", "info", "ignore"], "use one of warn, info, ignore")
            yield Problem(document.shown, document.line(("validation", key)), what, cure)
    strict = document.value.get("strict")
    if strict not in (None, "true", "false"):
        what = f"Neither true nor false (found {strict})"
        yield Problem(document.shown, document.line(("strict",)), what, "Write true or false, without quotes")
    url = document.value.get("site_url")
    if url and not str(url).startswith(("https://", "http://")):
        what = f"Not a web address (found {url})"
        yield Problem(document.shown, document.line(("site_url",)), what, "Start it with https://, or delete the key")


def _in_the_past(document: YamlDocument) -> Iterator[Problem]:
    """A problem where `as_at` in the configuration would publish a past edition in place of the present one."""
    plugins = document.value.get("plugins")
    settings = plugins.get("handbook") if isinstance(plugins, dict) else None
    if isinstance(settings, dict) and settings.get("as_at"):
        line = document.line(("plugins", "handbook", "as_at"))
        what = f"as_at would put the past in the place of the present (found {settings['as_at']})"
        cure = "Delete it, and use --as-at; the day that the handbook speaks for is as_at in data/handbook.yml"
        yield Problem(document.shown, line, what, cure)


def _line_of(document: YamlDocument | None, extension: str) -> int:
    """The line of mkdocs.yml that lists an extension."""
    listed = document.value.get("markdown_extensions") if document else None
    for index, item in enumerate(listed if isinstance(listed, list) else []):
        if document and (item == extension or isinstance(item, dict) and extension in item):
            return document.line(("markdown_extensions", index))
    return 1


def _extensions(document: YamlDocument | None) -> dict[str, Any]:
    listed = document.value.get("markdown_extensions") if document else None
    found: dict[str, Any] = {name: {} for name in _ALWAYS}
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict):
            found |= {name: _plain(settings) or {} for name, settings in item.items()}
        else:
            found[str(item)] = {}
    return found


def _plain(value: Any) -> Any:
    """A value as plain YAML reads it: extensions are configured with numbers and booleans, not with text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, TypedText):
        return str(value) if value.kind == "str" else yaml.safe_load(value)
    return value
