"""Ways to change what only staff may see. Each leaves a valid handbook, and all that partners see as it was.

A mutation takes a tree and edits its files. It returns False where the tree has nothing left for it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import partial

from tests.editions.tree import BLOCK, Tree

Mutation = Callable[[Tree], bool | None]

FOLDERS = ("", "internal/", "editing/", "editing/decisions/", "workstreams/", "visits/", "programme/", "reports/")
AREAS = ("neglect", "fostering", "staffing", "visits")
KINDS = ("source", "body", "figure", "action", "event", "risk", "term", "person")
# Kinds of which the full example has internal records of its own, and the keys that hold words of theirs.
HELD = ("figure", "action", "term", "person")
WORDS = ("title", "caption", "name", "meaning", "note", "about", "text", "detail", "short", "unit_one")


# Pages


def add_page(tree: Tree) -> None:
    path = f"{tree.random.choice(FOLDERS)}{tree.word()}.md"
    _write_page(tree, path)


def _write_page(tree: Tree, path: str) -> None:
    """A page with something of everything that a page may have."""
    choose, here = tree.random.choice, posixpath.dirname(path) or "."
    # A page that compares reports is left out until there are two, and no link may lead to it.
    pages = [page for page in (*tree.pages(True), *tree.pages(False)) if page != "reports/what-has-changed.md"]
    other = choose(pages)
    header = [
        f"title: {tree.text()}",
        f"summary: {tree.text()}",
        "audience: internal",
        f"kind: {choose(['page', 'reference', 'report', 'guide', 'decision'])}",
        f"order: {tree.random.randint(0, 99)}",
        f"lead: {choose(['director', 'head-of-fostering'])}",
        "reviewed: 2021-12-01",
        "review_by: 2022-spring",
        "sources:\n  - report-2021",
        f"aliases:\n  - {tree.text()}\n  - Neglect",
        f"redirect_from:\n  - {path.removesuffix('.md')}-before.md",
    ]
    body = [
        f"{tree.words()} {{{{ cite({_quoted(tree)}) }}}}",
        f'## {tree.word()}\n\n{{{{ figure("turnover") }}}} [{tree.word()}]({posixpath.relpath(other, here)})',
        f"{{{{ {choose(['register', 'people', 'glossary', 'source_list', 'risk_register', 'timeline'])}() }}}}",
        "## Sources\n\n{{ drawn_from() }}",
    ]
    tree.edit_page(path, "---\n" + "\n".join(header) + "\n---\n\n" + "\n\n".join(body) + "\n")


def _quoted(tree: Tree) -> str:
    return f'"{tree.random.choice(tree.locators())}"'


def retitle_page(tree: Tree) -> bool | None:
    path = _internal_page(tree)
    if not path:
        return False
    tree.set_key(path, "title", tree.text())
    return tree.set_key(path, "summary", tree.text())


def reorder_page(tree: Tree) -> bool | None:
    """Puts an internal page at another place of the menu, before all others of its section."""
    path = _internal_page(tree)
    return tree.set_key(path, "order", "0") if path else False


def add_aliases(tree: Tree) -> bool | None:
    path = _internal_page(tree)
    return tree.set_key(path, "aliases", f"\n  - {tree.text()}\n  - Turnover") if path else False


def rewrite_page(tree: Tree) -> bool | None:
    """Puts noise in the place of some of an internal page's sentences, and adds some."""
    path = _internal_page(tree)
    if not path:
        return False
    header, fence, body = tree.read(f"docs/{path}").partition("\n---\n")
    lines = [
        tree.words() if re.fullmatch(r"[A-Z][^{}\[\]|`]*", line) and tree.random.random() < 0.5 else line
        for line in body.split("\n")
    ]
    return tree.edit_page(path, f"{header}{fence}" + "\n".join([*lines, tree.words(), ""]))


def rename_headings(tree: Tree) -> bool | None:
    """Gives the headings of an internal page other words, if no page links to one of them."""
    every = {path: tree.read(f"docs/{path}") for path in (*tree.pages(True), *tree.pages(False))}
    linked = {
        posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        for path, text in every.items()
        for target in re.findall(r"\]\(([^)#\s]*)#", text)
    }
    choices = [path for path in tree.pages(True) if "\n## " in every[path] and path not in linked]
    if not choices:
        return False
    path, fenced, lines = tree.random.choice(choices), False, []
    for line in tree.read(f"docs/{path}").split("\n"):
        fenced ^= line.startswith("```")
        heading = not fenced and re.match(r"(##+) ", line)
        lines.append(f"{heading[1]} {tree.words()}" if heading else line)
    return tree.edit_page(path, "\n".join(lines))


def delete_page(tree: Tree) -> bool | None:
    """Deletes an internal page, and every link to it."""
    path = _page_nothing_needs(tree)
    if not path:
        return False
    (tree.root / "docs" / path).unlink()
    return tree.relink(path, None)


def move_page(tree: Tree) -> bool | None:
    """Moves an internal page to another folder and name, with every link to it and from it."""
    old = _page_nothing_needs(tree)
    if not old:
        return False
    new = f"{tree.random.choice(FOLDERS)}{tree.word()}.md"
    tree.edit_page(new, tree.read(f"docs/{old}"))
    (tree.root / "docs" / old).unlink()
    tree.rebase(old, new)
    return tree.relink(old, new)


def _internal_page(tree: Tree) -> str | None:
    return tree.random.choice(tree.pages(True) or [None])


def _page_nothing_needs(tree: Tree) -> str | None:
    return tree.random.choice([path for path in tree.pages(True) if not tree.named_in_data(path)] or [None])


# Records


def add_record(tree: Tree, kind: str) -> None:
    """Adds an internal record to a file of its kind, before or after those that are there."""
    id, says = tree.word(), f"\n  source: report-2021\n  locator: {tree.random.choice(tree.locators())}"
    part = f"source: report-2021\n      locator: {tree.random.choice(tree.locators())}"
    area, choose = tree.random.choice(AREAS), tree.random.choice
    keys = {
        "source": f"title: {tree.text()}\n  short: {tree.text()}\n  about: {tree.text()}\n  published: 2021-11-01",
        "body": f"name: {tree.text()}\n  type: {choose(['partner', 'role', 'team'])}\n  about: {tree.text()}{says}",
        "figure": f"title: {tree.text()}\n  workstream: {area}\n  unit: people\n  aliases:\n    - Turnover\n"
        f'  observations:\n    - value: "{tree.random.randint(30000, 99999)}.137"\n      period: 2021-10\n      {part}',
        "action": f"title: {tree.text()}\n  workstream: {area}\n  who:\n    - council\n"
        f"  states:\n    - state: {choose(['done', 'planned'])}\n      note: {tree.text()}\n      {part}",
        "event": f"title: {tree.text()}\n  type: visit\n  when: {choose(['2017-05', '2021-12-21', '2022-summer'])}\n"
        f"  workstream: {area}\n  detail: {tree.text()}{says}",
        "risk": f"title: {tree.text()}\n  text: {tree.text()}\n  workstreams:\n    - {area}{says}\n"
        f"  mitigations:\n    - text: {tree.text()}\n      {part}",
        "term": f"name: {tree.text()}\n  abbreviation: {tree.word()}\n  aliases:\n    - Neglect\n"
        f"  meaning: {tree.text()}\n  page: workstreams/{choose(['neglect', 'fostering'])}.md{says}",
        "person": f"name: {tree.text()}\n  role: director{says}",
    }
    audience = choose(["", "\n  audience: internal"])
    files = tree.files(kind)
    file = choose(files) if files else f"{kind.replace('person', 'people')}.yml"
    start, *records = tree.records(file) if files else [""]
    new = f"{id}:\n  {keys[kind]}{audience}\n\n"
    tree.save(file, [start, *choose([[new, *records], [*records, f"\n{new}"]])])


def rewrite_record(tree: Tree, kind: str) -> bool | None:
    """Puts noise in the place of every sentence of an internal record."""
    found = tree.mine(kind, internal=True)
    if not found:
        return False
    file, id = tree.random.choice(found)
    changed = re.sub(
        rf"( (?:{'|'.join(WORDS)})): .*", lambda match: f"{match[1]}: {tree.text()}", tree.record(file, id)
    )
    return tree.replace(file, id, changed)


def delete_record(tree: Tree, kind: str) -> bool | None:
    """Deletes an internal record, and every call that names it."""
    found = [(file, id) for file, id in tree.mine(kind, internal=True) if not tree.is_named(id)]
    if not found:
        return False
    file, id = tree.random.choice(found)
    tree.replace(file, id, "")
    return tree.forget(id)


# Internal parts of records that partners see


def add_part(tree: Tree, kind: str, key: str) -> None:
    """Adds an internal observation, state or mitigation to a partner record: the first or the last of its list.

    Of the states, pages show only the last.
    """
    file, id = tree.random.choice(tree.mine(kind, internal=False))
    record, first = tree.record(file, id), key != "states" and tree.random.random() < 0.5
    share = tree.random.randint(1, 9)
    keys = {
        "observations": f'value: "{share}.137{share}"\n      period: {"2009-05" if first else "2022-02"}',
        "states": f"state: {tree.random.choice(['done', 'planned'])}\n      note: {tree.text()}",
        "mitigations": f"text: {tree.text()}",
    }
    part = f"    - {keys[key]}\n      audience: internal\n      source: report-2021\n      locator: {tree.random.choice(tree.locators())}\n"
    start, parts, end = _list_of(record, key)
    tree.replace(file, id, f"{start}{part}{parts}{end}" if first else f"{start}{parts}{part}{end}")


def rewrite_part(tree: Tree) -> bool | None:
    """Puts noise in the place of an internal mitigation's words, or deletes it."""
    found = [
        (file, id, part)
        for file, id in tree.mine("risk", internal=False)
        for part in _parts(tree.record(file, id))
        if "\n      audience: internal\n" in part
    ]
    if not found:
        return False
    file, id, part = tree.random.choice(found)
    new = tree.random.choice(["", re.sub(r"text: .*", lambda _: f"text: {tree.text()}", part)])
    return tree.replace(file, id, tree.record(file, id).replace(part, new, 1))


def _list_of(record: str, key: str) -> tuple[str, str, str]:
    match = re.search(rf"^  {key}:\n((?:    .*\n?)+)", record, re.MULTILINE)
    assert match, record
    parts = match[1] if match[1].endswith("\n") else f"{match[1]}\n"
    return record[: match.start(1)], parts, record[match.end(1) :]


def _parts(record: str) -> list[str]:
    return re.split(r"^(?=    - )", _list_of(record, "mitigations")[1], flags=re.MULTILINE)


# The outline


def rename_passages(tree: Tree) -> bool | None:
    """Gives passages of the outline other headings, numbers and dates."""
    if not tree.parts():
        return False
    start, *parts = tree.parts()
    renamed = [re.sub(r"heading: .*", lambda _: f"heading: {tree.text()}", part) for part in parts]
    numbers = [re.sub(r'^        - ".*"', lambda _: f"        - {tree.text()}", part, flags=re.M) for part in renamed]
    return tree.save_parts([start, *numbers])


def reorder_passages(tree: Tree) -> bool | None:
    if not tree.parts():
        return False
    start, *parts = tree.parts()
    return tree.save_parts([start, *reversed(parts)])


def add_passage(tree: Tree) -> bool | None:
    if not tree.parts():
        return False
    start, *parts = tree.parts()
    new = f"    - locator: {tree.random.choice(['paragraph 0', 'paragraph 99', tree.word()])}\n      heading: {tree.text()}\n"
    return tree.save_parts([start, new, *[part for part in parts if new.split("\n")[0] not in part]])


def add_outline(tree: Tree) -> None:
    """Adds an internal source with an outline of its own."""
    source = tree.word()
    start, *records = tree.records("sources.yml")
    new = f"{source}:\n  title: {tree.text()}\n  short: {tree.text()}\n  about: {tree.text()}\n\n"
    tree.save("sources.yml", [start, new, *records])
    part = f"    - locator: {tree.word()}\n      heading: {tree.text()}\n      unused: {tree.text()}\n"
    tree.write(f"data/sources/{source}.yml", f"{tree.word()}:\n  source: {source}\n  parts:\n{part}")


# Blocks inside pages that partners read


def add_block(tree: Tree) -> None:
    """Adds an internal block: paragraphs, an item, a row of a table, or words at the end of a sentence."""
    path = tree.random.choice(tree.pages(False))
    lines = tree.read(f"docs/{path}").split("\n")
    at = tree.random.choice(_places(lines))
    before, line = lines[at - 1], lines[at]
    noise = f'{tree.words()} {{{{ figure("turnover") }}}} {{{{ cite({_quoted(tree)}) }}}}'
    if not before:
        lines.insert(at, f"{{% if internal %}}\n{noise}\n\n{tree.words()}\n\n{{% endif %}}")
    elif line.startswith("- "):
        lines.insert(at, f"{{% if internal %}}\n- {noise}\n{{% endif %}}")
    elif line.startswith("| "):
        lines.insert(at, f"{{% if internal %}}\n| {noise} " + "| " * (line.count("|") - 2) + "|\n{% endif %}")
    if not before and re.match(r"[A-Z]", line) and tree.random.random() < 0.5:
        lines[at + 1] += f"{{% if internal %}} {noise}{{% endif %}}"
    tree.edit_page(path, "\n".join(lines))


def _places(lines: list[str]) -> list[int]:
    """The lines before which a block can stand: a paragraph, or an item or a row that follows another."""
    start, depth, found = lines.index("---", 1) + 1, 0, []
    for at in range(start, len(lines)):
        before, line = lines[at - 1], lines[at]
        new = not before and re.match(r"[A-Z#{-]", line)
        more = before.startswith(("- ", "| ")) and line[:2] == before[:2] and "---" not in before + line
        if at > start and depth == 0 and "{% if" not in line and (new or more):
            found.append(at)
        depth += line.count("{% if") - line.count("{% endif")
    return found


def rewrite_block(tree: Tree) -> bool | None:
    """Puts noise in the place of all that an internal block holds."""

    def noise(match: re.Match[str]) -> str:
        inner = f"\n{tree.words()}\n\n" if match[1].startswith("\n") else f" {tree.words()}"
        otherwise = "" if match[2] is None else f"{{% else %}}{match[2]}"
        return f"{{% if internal %}}{inner}{otherwise}{{% endif %}}"

    return _in_one_block(tree, noise)


def delete_block(tree: Tree) -> bool | None:
    """Deletes an internal block. What the partner edition had in its place stays, for both."""
    return _in_one_block(tree, lambda match: (match[2] or "").removeprefix("\n"), whole_lines=True)


def _in_one_block(tree: Tree, change: Callable[[re.Match[str]], str], whole_lines: bool = False) -> bool | None:
    pages = [path for path in tree.pages(False) if BLOCK.search(tree.read(f"docs/{path}"))]
    if not pages:
        return False
    path = tree.random.choice(pages)
    text = tree.read(f"docs/{path}")
    match = tree.random.choice(list(BLOCK.finditer(text)))
    own_line = whole_lines and match[1].startswith("\n")
    end = match.end() + (own_line and text[match.end() : match.end() + 1] == "\n")
    return tree.edit_page(path, text[: match.start()] + change(match) + text[end:])


# Files


def add_file(tree: Tree) -> None:
    """Adds files: one that an internal page shows, one that an internal block links to, one that nothing uses."""
    shown, linked, stray = (
        f"{tree.random.choice(['assets', 'internal', 'workstreams'])}/{tree.word()}" for _ in range(3)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{tree.word()}</title></svg>\n'
    for name in (f"{shown}.svg", f"{stray}.svg"):
        tree.write(f"docs/{name}", svg)
    tree.write(f"docs/{linked}.csv", f"{tree.word()},{tree.word()}\n")
    page = f"internal/{tree.word()}.md"
    _write_page(tree, page)
    tree.edit_page(page, f"{tree.read(f'docs/{page}')}\n![{tree.words()}](../{shown}.svg)\n")
    partners = tree.random.choice([path for path in tree.pages(False) if "/" in path])
    link = f"{{% if internal %}}\n[{tree.word()}](../{linked}.csv)\n{{% endif %}}\n"
    tree.edit_page(partners, f"{tree.read(f'docs/{partners}')}{link}")


# The settings


def retitle_section(tree: Tree) -> bool | None:
    """Gives another title to a section of the menu that partners do not have."""
    return _with_section(
        tree, lambda sections, at: [*sections[:at], (sections[at][0], tree.text()), *sections[at + 1 :]]
    )


def move_section(tree: Tree) -> bool | None:
    """Puts a section that partners do not have before all others."""
    return _with_section(tree, lambda sections, at: [sections[at], *sections[:at], *sections[at + 1 :]])


def _with_section(tree: Tree, change: Callable[[list[tuple[str, str]], int], list[tuple[str, str]]]) -> bool | None:
    sections = tree.sections()
    mine = [
        at for at, (folder, _) in enumerate(sections) if tree.is_internal_section(folder) and _has_pages(tree, folder)
    ]
    return tree.save_sections(change(sections, tree.random.choice(mine))) if mine else False


def _has_pages(tree: Tree, folder: str) -> bool:
    return any(path.startswith(f"{folder}/") for path in tree.pages(True))


def add_section(tree: Tree) -> None:
    """Adds a section with an internal page in it."""
    folder, sections = tree.word(), tree.sections()
    at = tree.random.randint(0, len(sections))
    tree.save_sections([*sections[:at], (folder, tree.text()), *sections[at:]])
    _write_page(tree, f"{folder}/index.md")


def reword_edition(tree: Tree) -> None:
    """Changes what the internal edition says of itself, and names a repository."""
    text = tree.read("data/handbook.yml")
    said = f"  internal:\n    label: {tree.text()}\n    bar: {tree.text()}\n"
    text = re.sub(r"  internal:\n(?:    .*\n)+", lambda _: said, text)
    text = re.sub(r"^repository: .*\n", "", text, flags=re.MULTILINE)
    tree.write("data/handbook.yml", f"repository: https://github.com/example/{tree.word()}/edit/main/{{path}}\n{text}")


MUTATIONS: dict[str, Mutation] = {
    function.__name__.replace("_", " "): function
    for function in (
        add_page, retitle_page, reorder_page, add_aliases, rewrite_page, rename_headings, delete_page, move_page,
        rewrite_part, rename_passages, reorder_passages, add_passage, add_outline,
        add_block, rewrite_block, delete_block, add_file,
        retitle_section, move_section, add_section, reword_edition,
    )
}  # fmt: skip
MUTATIONS |= {f"add {kind}": partial(add_record, kind=kind) for kind in KINDS}
MUTATIONS |= {f"rewrite {kind}": partial(rewrite_record, kind=kind) for kind in HELD}
MUTATIONS |= {f"delete {kind}": partial(delete_record, kind=kind) for kind in HELD}
MUTATIONS |= {
    f"add to {key}": partial(add_part, kind=kind, key=key)
    for kind, key in (("figure", "observations"), ("action", "states"), ("risk", "mitigations"))
}
