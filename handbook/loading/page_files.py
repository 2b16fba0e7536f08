"""Read `docs/`: every page, and the names of all other files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from handbook.files.folders import below
from handbook.loading.front_matter import split_page, validate_front_matter
from handbook.loading.jinja_syntax import parse_template
from handbook.loading.page import DOCS, Page, hash_of
from handbook.loading.page_snapshot import kept, read_kept
from handbook.loading.text_files import decode, read_bytes
from handbook.model.canonical import fingerprint
from handbook.model.dependencies import DependencyKind, TrackedDict
from handbook.model.front_matter import FrontMatter
from handbook.model.locations import OVERRIDES, THEME
from handbook.model.problems import ContentError, Problem

_NAME = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_ASSETS = frozenset((".png", ".jpg", ".jpeg", ".svg", ".webp", ".pdf", ".csv"))


def is_name(path: str) -> bool:
    """True if a page or a file may have this path, relative to docs/."""
    return all(_NAME.fullmatch(part) for part in path.split("/"))


@dataclass(frozen=True)
class Docs:
    """Everything under docs/: pages by path, the paths of other files, and those of pages with problems."""

    pages: dict[str, Page]
    files: tuple[str, ...]
    broken: frozenset[str]


def read_docs(root: Path, known: Mapping[str, bytes | Page] = MappingProxyType({})) -> tuple[Docs, list[Problem]]:
    """Read every page and list every file under docs/, in the order of their paths, with every problem.

    `known` holds pages read before, by the hash of their text: the page itself where this process read it, or else
    its snapshot from the build cache. They had no problems, so they are not validated again.
    """
    folder = root / DOCS
    pages: dict[str, Page] = {}
    files: list[str] = []
    broken: set[str] = set()
    problems: list[Problem] = []
    if not folder.is_dir():
        return Docs({}, (), frozenset()), [Problem(DOCS, 1, "The folder is missing", "Put the pages in docs/")]
    for relative, entry in below(folder).items():
        if entry.is_dir(follow_symlinks=False):
            continue
        path = Path(entry.path)
        if misplaced := _misplaced(path, relative, entry.is_symlink()):
            problems.append(misplaced)
        elif path.suffix == ".md":
            page, page_problems = _read_page(path, relative, known)
            problems += page_problems
            if page:
                pages[relative] = page
            if page_problems:
                broken.add(relative)
        else:
            files.append(relative)
    problems += _clashes([*pages, *files]) + _in_place_of_the_theme(root, files)
    return Docs(TrackedDict(DependencyKind.SOURCE_PAGE, pages), tuple(files), frozenset(broken)), problems


def _read_page(path: Path, relative: str, known: Mapping[str, bytes | Page]) -> tuple[Page | None, list[Problem]]:
    display_path = f"{DOCS}/{relative}"
    try:
        data = read_bytes(path, display_path).replace(b"\r\n", b"\n")
        before = known.get(hash_of(data))
        # A page that was read before without problems needs no check of its characters.
        text = data.decode() if before else decode(data, display_path)
    except ContentError as error:
        return None, error.problems
    if before:
        if isinstance(before, Page):
            return replace(before, path=relative) if before.path != relative else before, []
        header_hash, typed, calls = read_kept(before)
        return Page(relative, FrontMatter.model_validate(typed), text, header_hash, before, calls), []
    try:
        split = split_page(text, display_path)
    except ContentError as error:
        return None, error.problems
    header, problems = validate_front_matter(split.document)
    template, body_problems = parse_template(split.body, display_path, split.body_line)
    problems += body_problems
    if header is None:
        return None, problems
    header_hash = fingerprint(header)
    snapshot = None if problems else kept(header_hash, split.document.value, template)
    page = Page(relative, header, text, header_hash, snapshot)
    page.__dict__["_parts"] = split.document, template
    return page, problems


def _misplaced(path: Path, relative: str, is_link: bool) -> Problem | None:
    """The problem with a file that may not be under docs/, since MkDocs publishes whatever it finds there."""
    display_path = f"{DOCS}/{relative}"
    if is_link:
        return Problem(
            display_path,
            1,
            "A link in docs/ (what it points to could be published unseen)",
            "Replace it by the file itself",
        )
    if path.name.lower() == "readme.md":
        return Problem(
            display_path,
            1,
            "A README.md under docs/ (it would take the place of index.md)",
            "Name it index.md, or give it the name of its subject",
        )
    if not is_name(relative):
        return Problem(
            display_path,
            1,
            f"Not a name for a page or a file (found {path.name})",
            "Use small letters, digits and hyphens, as in september-2021-visit.md; delete stray and backup files",
        )
    if path.suffix not in _ASSETS and path.suffix != ".md" or relative.count(".") > 1:
        return Problem(
            display_path,
            1,
            f"Not a kind of file that pages use (found {path.name})",
            f"Use .md for pages and {', '.join(sorted(_ASSETS))} for the rest, or delete it",
        )
    return None


def _in_place_of_the_theme(root: Path, files: list[str]) -> list[Problem]:
    """Files that would take the place of the theme's own, and leave a hole in an edition without them."""
    folders = {OVERRIDES: root / OVERRIDES, "handbook/theme": THEME}
    return [
        Problem(
            f"{DOCS}/{path}",
            1,
            f"Two files for one address (the other is {shown}/{path})",
            "Rename this one; the look of the site has its own files",
        )
        for path in files
        for shown, folder in folders.items()
        if (folder / path).is_file()
    ]


def _clashes(paths: list[str]) -> list[Problem]:
    """Problems with two files for one address: MkDocs would publish one of them without a word."""
    problems = []
    taken: dict[str, str] = {}
    for path in sorted(paths):
        stem = path.removesuffix(".md")
        address = stem.removesuffix("/index").lower()
        if address in taken:
            problems.append(
                Problem(
                    f"{DOCS}/{path}",
                    1,
                    f"Two files for one address (the other is {DOCS}/{taken[address]})",
                    "Rename or delete one of them",
                )
            )
        taken.setdefault(address, path)
    return problems
