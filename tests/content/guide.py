"""The guide as a story that can be played: its fenced blocks, in order, in one copy of the project for each page.

A word after the fence says what a block is. Readers see it as a label above the block.

    type    commands, one to a line. They are run: `handbook` in this process, `git` beside it
    see     what they print. `...` stands for any text in its line, and alone on a line for any lines
    talk    a command that asks, with its questions and the answers that a person types
    find    words that stand, once, in the file which the text named last
    put     words that take the place of those in `find`, or of what was put there before
    wrong   words that take that place for a moment: `handbook check` then says what stands in the next `see`
    add     lines that go to the end of the file, below an empty line
    file    all of a new file, which the text named last
    page    all that stands below the front matter of the page which the text named last
    call    a line that a page of the handbook has, so that its result can be seen there
    yours   commands for a person's own computer, which are not run here: they set it up, go on until they are
            stopped, or need another machine. What the handbook and make are asked for there has to exist

A page that says `{# Goes on from add-a-source.md. #}` is played where the story of that page ended.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handbook import cli
from handbook.cache.build_cache import BuildCache
from handbook.editions.check import Checked, check
from tests.conftest import ROOT

FENCE = re.compile(r"^```(?P<word>.*)\n(?P<text>(?:(?!```).*\n)*)```$", re.MULTILINE)
ANY_FENCE = re.compile(r"^\s*(?:```|~~~)", re.MULTILINE)
WORDS = {"type", "see", "talk", "find", "put", "wrong", "add", "file", "page", "call", "yours"}
_GOES_ON = re.compile(r"\{# Goes on from ([\w-]+\.md)\. #\}")
_SHOWN = re.compile(r"\{% raw %\}.*?\{% endraw %\}", re.DOTALL)
_NAMED = re.compile(r"`((?:(?:docs|data|macros)/[\w./-]+|mkdocs[\w.-]*)\.(?:md|yml|py))`")
_ANSWER = re.compile(r"^(?:[a-z_]+(?: \(another, or Enter\))?|Which one\? Press Enter when there is no more): ?(.*)$")
_GIT = {
    "GIT_AUTHOR_NAME": "Editor",
    "GIT_AUTHOR_EMAIL": "editor@example.org",
    "GIT_COMMITTER_NAME": "Editor",
    "GIT_COMMITTER_EMAIL": "editor@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


@dataclass(frozen=True)
class Block:
    """A fenced block: its word, its text, the line it starts on, and where the text stands in the page."""

    word: str
    text: str
    line: int
    span: tuple[int, int]
    file: str


def goes_on_from(page: str) -> str | None:
    """The name of the page whose story this one goes on from."""
    found = _GOES_ON.search(page)
    return found[1] if found else None


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    found = []
    for match in FENCE.finditer(page):
        text = match["text"] or ""
        start = match.end() - len("```") - len(text)
        named = _NAMED.findall(FENCE.sub("", page[: match.start()]))
        line = page.count("\n", 0, match.start()) + 1
        found.append(Block(match["word"], text, line, (start, start + len(text)), named[-1] if named else ""))
    return found


def start(folder: Path) -> None:
    """A copy of what the guide says can be changed, kept by git, with the project's own look."""
    folder.mkdir(parents=True)
    for name in ("docs", "data", "macros", "mkdocs.yml", "mkdocs.partner.yml", ".vscode", ".gitignore"):
        subprocess.run(["cp", "-R", ROOT / name, folder], check=True)
    (folder / "overrides").symlink_to(ROOT / "overrides", target_is_directory=True)
    for command in ("init -q -b main", "add .", "commit -q -m Start", "update-ref refs/remotes/origin/main HEAD"):
        git(command.split(), folder)
    wrong = [str(problem) for problem in checked(folder).errors]
    assert not wrong, "\n".join(wrong)


def checked(root: Path) -> Checked:
    """What `handbook check` finds, sooner, since the copy is checked time and again."""
    return check(root, cache=BuildCache.of(root))


def git(words: list[str], cwd: Path) -> str:
    done = subprocess.run(["git", *words], cwd=cwd, capture_output=True, text=True, env={**os.environ, **_GIT})
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


class _Typed(io.StringIO):
    """What a person types at a terminal, who sees it."""

    def isatty(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> str:
        line = super().readline(-1 if size is None else size)
        sys.stdout.write(line)
        return line


def run(command: str, root: Path, answers: str = "") -> str:
    """What a command prints in `root`, on both of its ways out."""
    line, _, kept = command.partition(" > ")
    words = shlex.split(line)
    if words[0] == "git":
        return git(words[1:], root)
    assert words[0] == "handbook", f"{command}: mark what is not run here with the word yours"
    out, before = io.StringIO(), sys.stdin
    sys.stdin = _Typed(answers) if answers else before
    try:
        with contextlib.chdir(root), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            cli.main(words[1:])
    finally:
        sys.stdin = before
    if kept:
        (root / kept).write_text(out.getvalue(), "utf-8")
        return ""
    return out.getvalue()


def exists(command: str) -> None:
    """Holds a command that is not run here against the handbook's parser and the Makefile."""
    words = shlex.split(command.partition(" > ")[0], posix="\\" not in command)
    if words[0].endswith("handbook"):
        cli.parser().parse_args(words[1:])
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), command


def as_said(wanted: str, said: str) -> bool:
    """Whether what was printed is what the page shows, where `...` stands for whatever varies."""
    pattern = ""
    for line in wanted.splitlines():
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(part) for part in line.split("...")) + r"\n"
    return re.fullmatch(pattern, said.rstrip("\n") + "\n" if said else "") is not None


class Story:
    """A page that is played: what it typed, what stands where something else can be put, what is not as it says."""

    def __init__(self, root: Path):
        self.root = root
        self.said: str | None = None
        self.file, self.standing = "", ""
        self.differences: list[tuple[Block, str]] = []

    def play(self, page: str) -> None:
        """Plays the blocks in order. Each that shows something else than was printed is kept in `differences`."""
        for block in blocks(page):
            if block.word != "see" and self.said and self.said.strip():
                # A command whose result the page leaves out: that has to be of no account.
                assert not re.search(r"Nothing was|\d+ problems? found", self.said), f"line {block.line}:\n{self.said}"
            getattr(self, f"_{block.word}")(block)

    def _hold(self, block: Block, wanted: str, said: str) -> None:
        if not as_said(wanted, said):
            self.differences.append((block, said.rstrip("\n") + "\n"))

    def _type(self, block: Block) -> None:
        self.said = "".join(run(command, self.root) for command in block.text.splitlines())

    def _see(self, block: Block) -> None:
        assert self.said is not None, f"line {block.line}: nothing was typed"
        self._hold(block, block.text, self.said)
        self.said = None

    def _talk(self, block: Block) -> None:
        command, _, rest = block.text.partition("\n")
        answers = [found[1] for line in rest.splitlines() if (found := _ANSWER.match(line))]
        self._hold(block, block.text, f"{command}\n" + run(command, self.root, "\n".join([*answers, ""])))

    def _find(self, block: Block) -> None:
        self.file, self.standing, self.said = block.file, block.text.removesuffix("\n"), None
        count = self._read().count(self.standing)
        assert count == 1, f"line {block.line}: this stands {count} times in {self.file}"

    def _put(self, block: Block) -> None:
        text = block.text.removesuffix("\n")
        self._write(self._read().replace(self.standing, text))
        self.standing, self.said = text, None

    def _wrong(self, block: Block) -> None:
        before = self._read()
        self._write(before.replace(self.standing, block.text.removesuffix("\n")))
        self.said = "".join(f"{problem}\n" for problem in checked(self.root).problems)
        self._write(before)
        assert self.said, f"line {block.line}: the check finds nothing wrong with this"

    def _add(self, block: Block) -> None:
        self.file, self.standing, self.said = block.file, block.text, None
        self._write(f"{self._read().rstrip()}\n\n{block.text}")

    def _file(self, block: Block) -> None:
        assert not (self.root / block.file).exists(), f"line {block.line}: {block.file} is there already"
        self.file, self.standing, self.said = block.file, block.text, None
        (self.root / block.file).parent.mkdir(parents=True, exist_ok=True)
        self._write(block.text)

    def _page(self, block: Block) -> None:
        self.file, self.standing, self.said = block.file, block.text, None
        head, _, _ = self._read().partition("\n---\n")
        self._write(f"{head}\n---\n\n{block.text}")

    def _call(self, block: Block) -> None:
        pages = "\n".join(path.read_text("utf-8") for path in (self.root / "docs").rglob("*.md"))
        assert f"\n{block.text}" in _SHOWN.sub("", pages), f"line {block.line}: no page has this"

    def _yours(self, block: Block) -> None:
        for command in block.text.splitlines():
            exists(command)

    def _read(self) -> str:
        return (self.root / self.file).read_text("utf-8")

    def _write(self, text: str) -> None:
        (self.root / self.file).write_text(text, "utf-8")


def mended(page: str, differences: list[tuple[Block, str]]) -> str:
    """The page with what was printed in place of what it shows."""
    for block, said in reversed(differences):
        first, last = block.span
        page = page[:first] + said + page[last:]
    return page


def unmarked(page: str) -> Iterator[str]:
    """The fenced blocks that have no word of ours, and those that the reader would not see as blocks."""
    found = [*FENCE.finditer(page)]
    for match in found:
        if match["word"] not in WORDS:
            yield f"line {page.count(chr(10), 0, match.start()) + 1}: ```{match['word']}"
        elif re.search(r"\{[{%#]", match["text"]) and not page[: match.start()].endswith("{% raw %}\n"):
            yield f"line {page.count(chr(10), 0, match.start()) + 1}: braces that the page would take as its own"
    rest = FENCE.sub(lambda match: "\n" * match[0].count("\n"), page)
    for match in ANY_FENCE.finditer(rest):
        yield f"line {rest.count(chr(10), 0, match.end()) + 1}: a fence that is indented or never ends"
