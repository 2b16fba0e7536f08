"""Writing the corpus as a tree that a tool builds: what all tools share, and ours."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from .corpus import (
    AREAS,
    FIGURES,
    SOURCES,
    Bullets,
    Cited,
    Corpus,
    Defined,
    Figure,
    Heading,
    Inline,
    Line,
    Link,
    Named,
    Page,
    Paragraph,
    Reported,
    StaffOnly,
    Table,
    area_name,
    section_of,
    section_title,
    sentence,
    slug,
    source_title,
    steps,
    title_of,
)
from .other_records import BODY_TYPES, area_id, body_id, other_records, source_id, term_id

ROOT = Path(__file__).parent.parent
HOME = "Names and numbers of nothing at all, to measure with."
PUBLISHED = "2021-12-21"
QUOTED = json.dumps  # a text as YAML


def save(folder: Path, path: str, text: str) -> None:
    """Writes a file where its content is new, so that a file that is the same keeps its date."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.is_file() or target.read_text("utf-8") != text:
        target.write_text(text, "utf-8")


def keep_only(folder: Path, paths: Iterable[str]) -> None:
    """Removes the Markdown files in `folder` that are not among `paths`."""
    wanted = {folder / path for path in paths}
    for path in folder.rglob("*.md"):
        if path not in wanted:
            path.unlink()


def path_of(page: int) -> str:
    """The path of a page below the folder of pages, the same for all tools. A changed title does not move it."""
    return f"{slug(section_title(section_of(page)))}/{slug(title_of(page))}.md"


def way(page: int, other: int) -> str:
    """The way from a page to another, for a link in Markdown."""
    folder, _, name = path_of(other).partition("/")
    return name if section_of(other) == section_of(page) else f"../{folder}/{name}"


def markdown(page: Page, inline: Callable[[Inline], str], staff_only: Callable[[str], str] = str) -> str:
    """The body of a page. `inline` writes what is not text as the tool wants it, `staff_only` a paragraph for staff.

    Peers build one edition, with everything in it.
    """

    def line(parts: Line) -> str:
        return "".join(part if isinstance(part, str) else inline(part) for part in parts)

    blocks = []
    for block in page.blocks:
        if isinstance(block, Heading):
            blocks.append(f"## {block.text}")
        elif isinstance(block, Paragraph):
            blocks.append(line(block.line))
        elif isinstance(block, Bullets):
            blocks.append("\n".join(f"- {line(item)}" for item in block.items))
        elif isinstance(block, Table):
            head, *rows = [f"| {' | '.join(row)} |" for row in block.rows]
            blocks.append("\n".join([head, "| --- " * len(block.rows[0]) + "|", *rows]))
        elif isinstance(block, StaffOnly):
            blocks.append(staff_only(line(block.line)))
    return "\n\n".join(blocks) + "\n"


def write_ours(corpus: Corpus, folder: Path) -> None:
    """The corpus as a handbook that this project builds, with the project's own code and look."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("macros", "overrides"):
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    for name in ("mkdocs.yml", "mkdocs.partner.yml"):
        save(folder, name, (ROOT / name).read_text("utf-8"))
    _records(corpus, folder)
    docs, own = folder / "docs", _own_pages()
    for path, text in own.items():
        save(docs, path, text)
    for page in corpus:
        save(docs, path_of(page.number), _our_page(corpus, page))
    keep_only(docs, [*own, *map(path_of, range(corpus.pages + corpus.added))])


def _header(title: str, summary: str, more: str = "") -> str:
    return f"---\ntitle: {title}\nsummary: {summary}\naudience: partner\n{more}---\n\n"


def _own_pages() -> dict[str, str]:
    """The pages that a handbook has beside those of the corpus: home, the registers, and one page for each area of work."""
    registers = {
        "figures": ("Figures", "register()"),
        "sources": ("Sources", "source_list()"),
        "glossary": ("Words", "glossary()"),
        "timeline": ("Timeline", "timeline()"),
        "risks": ("Risks", "risk_register()"),
        "whats-new": ("What is new", "whats_new()"),
        "a-to-z": ("A to Z", "a_to_z()"),
    }
    pages = {"index.md": _header("Made-up handbook", HOME, "kind: home\n") + "{{ workstreams() }}\n"}
    pages |= {
        f"{name}.md": _header(title, f"{title}, all of them.", "kind: reference\n") + f"{{{{ {call} }}}}\n"
        for name, (title, call) in registers.items()
    }
    types = "\n\n".join(f'## {name.capitalize()}\n\n{{{{ bodies("{name}") }}}}' for name in BODY_TYPES)
    pages["bodies.md"] = _header("Bodies", "All of them.", "kind: reference\n") + f"{types}\n"
    pages["staff/people.md"] = _internal("People", "{{ people() }}\n")
    for source in range(SOURCES):
        pages[f"staff/coverage-{source + 1}.md"] = _internal(
            f"What draws on {source_title(source)}", f'{{{{ coverage("{source_id(source)}") }}}}\n'
        )
    return pages | {f"areas/{area_id(area)}.md": _area_page(area) for area in range(AREAS)}


def _internal(title: str, body: str) -> str:
    return (
        _header(title, f"{title}, for staff.", "kind: reference\n").replace("audience: partner", "audience: internal")
        + body
    )


def _area_page(area: int) -> str:
    name = area_id(area)
    header = (
        f"kind: workstream\norder: {area + 1}\nworkstream: {name}\nsources:\n  - {source_id(0)}\n"
        f"position:\n  text: {sentence('position', area, 9)}\n  source: {source_id(0)}\n  locator: paragraph {area + 1}\n"
    )
    sections = {
        "What it is": sentence("area", area, 12),
        "Position as reported": "{{ as_reported() }}",
        "What has been done": f'{{{{ actions("{name}", state="done") }}}}',
        "What comes next": f'{{{{ actions("{name}", state="open") }}}}',
        "Figures": f'{{{{ figures("{name}") }}}}',
        "Risks": f'{{{{ risks("{name}") }}}}',
        "Who oversees it": f'{{{{ body("{body_id(2 * area)}") }}}}',
        "Sources": "{{ drawn_from() }}",
    }
    body = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in sections.items())
    return _header(area_name(area), sentence("summary", area, 10), header) + body + "\n"


def _our_page(corpus: Corpus, page: Page) -> str:
    def inline(part: Inline) -> str:
        if isinstance(part, Link):
            return f"[{title_of(part.page)}]({way(page.number, part.page)})"
        if isinstance(part, Reported):
            return f'{{{{ figure("{corpus.figure(part.figure).id}") }}}}'
        if isinstance(part, Named):
            return f'{{{{ body("{body_id(part.body)}") }}}}'
        if isinstance(part, Defined):
            return f'{{{{ term("{term_id(part.term)}") }}}}'
        assert isinstance(part, Cited)
        return f'{{{{ cite("paragraph {part.paragraph}") }}}}'

    def staff_only(text: str) -> str:
        return f"{{% if internal %}}\n{text}\n\n{{% endif %}}"

    audience = "partner" if page.partner else "internal"
    return (
        f"---\ntitle: {page.title}\nsummary: {page.summary}\naudience: {audience}\norder: {page.order}\n"
        f"sources:\n  - {source_id(page.source)}\naliases:\n  - {page.alias}\n---\n\n{markdown(page, inline, staff_only)}"
    )


def figures_as_data(corpus: Corpus) -> str:
    """The figures in one YAML file, for tools that have no records of their own."""
    return "".join(
        f"{figure.id}:\n  title: {figure.title}\n  unit: {QUOTED(figure.unit)}\n"
        f"  source: {source_title(figure.source)}\n  observations:\n{_observations(figure)}"
        for figure in corpus.figures()
    )


def _records(corpus: Corpus, folder: Path) -> None:
    data = folder / "data"
    sections = "".join(
        f"  - folder: {slug(section_title(section))}\n    title: {section_title(section)}\n"
        for section in corpus.sections
    )
    more = {"areas": "Areas of work", "staff": "For staff", ".": "Reference"}
    sections += "".join(f"  - folder: {folder}\n    title: {title}\n" for folder, title in more.items())
    save(data, "handbook.yml", _SETTINGS + sections)
    for file, text in other_records().items():
        save(data, file, text)
    save(
        data,
        "sources.yml",
        "".join(
            f"{source_id(source)}:\n  title: {source_title(source)}\n  short: {source_title(source)}\n"
            f"  published: {PUBLISHED}\n  about: It was never written.\n  audience: partner\n"
            for source in range(SOURCES)
        ),
    )
    for source in range(SOURCES):
        parts = "".join(
            f"    - locator: paragraph {number + 1}\n      heading: {title_of(number)}\n"
            for number in range(FIGURES // SOURCES)
        )
        name = source_id(source)
        save(data, f"sources/{name}.yml", f"outline-{name}:\n  source: {name}\n  audience: partner\n  parts:\n{parts}")
        save(data, f"figures/{name}.yml", "".join(our_figure(f) for f in corpus.figures() if f.source == source))


def our_figure(figure: Figure) -> str:
    audience = "  audience: partner\n" if figure.partner else ""
    return (
        f"{figure.id}:\n  title: {figure.title}\n  unit: {QUOTED(figure.unit)}\n{audience}"
        f"  workstream: {area_id(figure.number % AREAS)}\n  observations:\n{_observations(figure)}"
    )


def _observations(figure: Figure) -> str:
    return "".join(
        f'    - value: "{seen.value}"\n'
        + (f"      qualifier: {seen.qualifier}\n" if seen.qualifier else "")
        + f'      period: "{seen.period}"\n      source: {source_id(figure.source)}\n'
        + f"      locator: paragraph {seen.paragraph}\n"
        for seen in figure.observations
    )


_SETTINGS = f"""title: Made-up handbook
description: {HOME}
council: Made-up council
official: Made up, to measure with. Nothing in it is true.
as_at: {PUBLISHED}
report: report-1
editions:
  internal:
    label: Internal
    bar: For staff. Not for publication.
  partner:
    bar: "For partners. As reported on {{as_at}}."
sections:
"""


def main() -> None:
    """Writes the corpus as a handbook, whole or as it is after one of the measured edits."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trees", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="where to; what is there of it is brought up to date")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--step", choices=steps(1), default="start", help="the edit after which to write it")
    options = parser.parse_args()
    write_ours(steps(options.pages)[options.step], options.folder)


if __name__ == "__main__":
    main()
