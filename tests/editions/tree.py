"""A copy of the handbook as files to be edited, read without the handbook's own code.

What is internal is told from the text alone: a page or a record that does not say
`audience: partner`, and what stands between `{% if internal %}` and its end.
"""

from __future__ import annotations

import json
import posixpath
import re
import shutil
import string
from dataclasses import dataclass
from pathlib import Path
from random import Random

OUTLINE = "sources/report-2021.yml"
_LINK = re.compile(r"(!?\[(?:[^\[\]]*)\])\(([^()\s#]+)(#[^()\s]*)?\)")
_RECORD = re.compile(r"^(?=[a-z0-9][a-z0-9-]*:$)", re.MULTILINE)
_PART = re.compile(r"^(?=    - )", re.MULTILINE)
BLOCK = re.compile(r"\{% if internal %\}(.*?)(?:\{% else %\}(.*?))?\{% endif %\}", re.DOTALL)


@dataclass
class Tree:
    """A handbook to edit. `random` decides; `step` counts the words made up, so that none comes twice."""

    root: Path
    random: Random
    step: int = 0

    # What noise is made of

    def word(self) -> str:
        """A new word that stands nowhere else. It is an id too."""
        self.step += 1
        letters = "".join(self.random.choice(string.ascii_lowercase) for _ in range(self.random.randint(2, 6)))
        return f"zq{letters}{chr(97 + self.step // 26)}{chr(97 + self.step % 26)}"

    def words(self) -> str:
        """A few new words, with marks that careless code stumbles over."""
        marks = ["", "", "&", "*", "_", "'s", "\u00e9", " -", ","]
        return " ".join(f"{self.word()}{self.random.choice(marks)}" for _ in range(self.random.randint(1, 5))).strip()

    def text(self) -> str:
        """New words as a value in YAML."""
        return json.dumps(self.words() + self.random.choice(["", "<b>", ' "x"', ": y", " #z"]), ensure_ascii=False)

    # Pages

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def pages(self, internal: bool) -> list[str]:
        """The paths of the pages below docs/, of one audience."""
        docs = self.root / "docs"
        found = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
        return [path for path in found if ("\naudience: partner\n" not in self.header(path)) == internal]

    def header(self, path: str) -> str:
        return self.read(f"docs/{path}").split("\n---\n")[0] + "\n"

    def edit_page(self, path: str, text: str) -> None:
        self.write(f"docs/{path}", text)

    def set_key(self, path: str, key: str, value: str) -> None:
        """Sets a key of a page's front matter. `value` is YAML, with its indentation if it is a list."""
        header, _, body = self.read(f"docs/{path}").partition("\n---\n")
        header = re.sub(rf"\n{key}:.*(?:\n .*)*", "", header)
        self.edit_page(path, f"{header}\n{key}: {value}\n---\n{body}")

    def relink(self, old: str, new: str | None) -> None:
        """Points every link to the page `old` at `new`, or leaves its words where there is none."""
        for path in [*self.pages(True), *self.pages(False)]:
            text = self.read(f"docs/{path}")
            here = posixpath.dirname(path)

            def change(match: re.Match[str], here: str = here) -> str:
                if posixpath.normpath(posixpath.join(here, match[2])) != old:
                    return match[0]
                return f"{match[1]}({posixpath.relpath(new, here or '.')})" if new else match[1].strip("![]")

            self.edit_page(path, _LINK.sub(change, text))

    def rebase(self, old: str, new: str) -> None:
        """Mends the links of the page `new`, which has been moved there from `old`."""

        def change(match: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(old), match[2]))
            if target == old:
                target = new
            if not (self.root / "docs" / target).is_file():
                return match[0]
            return f"{match[1]}({posixpath.relpath(target, posixpath.dirname(new) or '.')}{match[3] or ''})"

        self.edit_page(new, _LINK.sub(change, self.read(f"docs/{new}")))

    def named_in_data(self, path: str) -> bool:
        """True when a record names a page, or the area of work that it is about."""
        area = re.search(r"\nworkstream: (\S+)", self.header(path))
        named = rf"page: {re.escape(path)}$" + (rf"|workstream: {area[1]}$|^    - {area[1]}$" if area else "")
        return any(
            re.search(named, file.read_text("utf-8"), re.MULTILINE) for file in (self.root / "data").rglob("*.yml")
        )

    # Records

    def files(self, kind: str) -> list[str]:
        """The files of a kind, below data/."""
        data = self.root / "data"
        patterns = {"source": "sources.yml", "outline": "sources/*.yml", "term": "glossary*", "body": "bodies*"}
        patterns |= {"person": "people.yml"}
        found = sorted(data.glob(patterns.get(kind, f"{kind}s*")))
        found = [inner for path in found for inner in (sorted(path.glob("*.yml")) if path.is_dir() else [path])]
        return [path.relative_to(data).as_posix() for path in found if path.suffix == ".yml"]

    def records(self, file: str) -> list[str]:
        """The records of a file, each as its text. What stands before the first is the first item."""
        return _RECORD.split(self.read(f"data/{file}"))

    def save(self, file: str, records: list[str]) -> None:
        """Writes the records of a file back, or deletes a file that has none left."""
        if any(map(_id, records)):
            self.write(f"data/{file}", "".join(records))
        else:
            (self.root / "data" / file).unlink()

    def mine(self, kind: str, internal: bool) -> list[tuple[str, str]]:
        """The file and the id of each record of a kind, of one audience."""
        return [
            (file, _id(record))
            for file in self.files(kind)
            for record in self.records(file)
            if _id(record) and ("\n  audience: partner\n" not in f"{record}\n") == internal
        ]

    def record(self, file: str, id: str) -> str:
        return next(record for record in self.records(file) if _id(record) == id)

    def replace(self, file: str, id: str, new: str) -> None:
        """Puts `new` in the place of a record."""
        self.save(file, [new if _id(record) == id else record for record in self.records(file)])

    def forget(self, id: str) -> None:
        """Puts a word in the place of every call that names a record."""
        for path in [*self.pages(True), *self.pages(False)]:
            text = self.read(f"docs/{path}")
            self.edit_page(path, re.sub(rf'\{{\{{[^{{}}]*"{id}"[^{{}}]*\}}\}}', lambda _: self.word(), text))

    def is_named(self, id: str) -> bool:
        """True when another record names this one."""
        named = rf"(?::|-) {id}$"
        return any(
            re.search(named, path.read_text("utf-8"), re.MULTILINE) for path in (self.root / "data").rglob("*.yml")
        )

    # The outline of the report

    def locators(self) -> list[str]:
        """The names of the report's passages."""
        path = self.root / "data" / OUTLINE
        text = path.read_text("utf-8") if path.is_file() else "    - locator: paragraph 1"
        return re.findall(r"^    - locator: (.+)$", text, re.MULTILINE)

    def parts(self) -> list[str]:
        """The outline's parts, each as its text. What stands before the first is the first item."""
        path = self.root / "data" / OUTLINE
        return _PART.split(path.read_text("utf-8")) if path.is_file() else []

    def save_parts(self, parts: list[str]) -> None:
        self.write(f"data/{OUTLINE}", "".join(part if part.endswith("\n") else f"{part}\n" for part in parts))

    def settle(self) -> None:
        """Gives a reason for every passage that nothing draws on any more, and no other."""
        if not self.parts():
            return
        cited = self.cited()
        start, *parts = (re.sub(r"      unused: .*\n", "", part) for part in self.parts())
        reason = f"      unused: {self.text()}\n"
        self.save_parts(
            [start, *(part if _locator(part) in cited else part.rstrip("\n") + f"\n{reason}" for part in parts)]
        )

    def cited(self) -> set[str]:
        """The passages that a page of the internal edition cites, or that a record rests on."""
        found: set[str] = set()
        for path in (self.root / "data").rglob("*.yml"):
            if path.parent.name != "sources":
                text = path.read_text("utf-8")
                found |= set(re.findall(r"locator: (.+)$", text, re.MULTILINE))
                for listed in re.findall(r"also:((?:\n +- .+)+)", text):
                    found |= set(re.findall(r"- (.+)", listed))
        for path in [*self.pages(True), *self.pages(False)]:
            text = re.sub(r"\{% raw %\}.*?\{% endraw %\}", "", self.read(f"docs/{path}"), flags=re.DOTALL)
            text = BLOCK.sub(r"\1", text)
            for call in re.findall(r"\{\{ cite\(([^()]*)\) \}\}", text):
                found |= set(re.findall(r'"([^"]*)"', call))
            if "{{ as_reported() }}" in text:
                found |= set(re.findall(r"^  locator: (.+)$", self.header(path), re.MULTILINE))
        return found

    # The settings

    def sections(self) -> list[tuple[str, str]]:
        """The folder and the title of each section, as written."""
        return re.findall(r"^  - folder: (\S+)\n    title: (.+)$", self.read("data/handbook.yml"), re.MULTILINE)

    def save_sections(self, sections: list[tuple[str, str]]) -> None:
        start = self.read("data/handbook.yml").partition("sections:\n")[0]
        listed = "".join(f"  - folder: {folder}\n    title: {title}\n" for folder, title in sections)
        self.write("data/handbook.yml", f"{start}sections:\n{listed}")

    def is_internal_section(self, folder: str) -> bool:
        """True when partners have no page in it."""
        inside = "" if folder == "." else f"{folder}/"
        return not any(path.startswith(inside) for path in self.pages(False))


def copy_of(tree: Path, target: Path) -> Path:
    """A copy of a copy of the full example, to be edited. Its macros and its look are those of the first."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("docs", "data"):
        shutil.copytree(tree / name, target / name)
    for name in ("mkdocs.yml", "mkdocs.partner.yml"):
        shutil.copy(tree / name, target)
    for name in ("macros", "overrides"):
        (target / name).symlink_to(tree / name, target_is_directory=True)
    return target


def _id(record: str) -> str:
    match = re.match(r"([a-z0-9][a-z0-9-]*):$", record, re.MULTILINE)
    return match[1] if match else ""


def _locator(part: str) -> str:
    match = re.search(r"locator: (.+)$", part, re.MULTILINE)
    assert match, part
    return match[1]
