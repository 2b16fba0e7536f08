"""What is measured: how each tool's tree is written, what builds it, and where its pages then are."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from .corpus import RARE, Corpus, Reported
from .hugo import write_hugo
from .measure import Failed
from .plain import write_plain
from .trees import ROOT, path_of, write_ours

PEERS = ROOT / ".venvs/peers"


@dataclass(frozen=True)
class Tool:
    """A tool. `command` builds the tree it stands in; `made` are the folders that a cold build does not find."""

    name: str
    write: Callable[[Corpus, Path], None]
    command: tuple[str | Path, ...]
    site: str
    made: tuple[str, ...]
    page: str = "{}/index.html"
    forget: str = ""

    def build(self, gone: int | None = None) -> tuple[str | Path, ...]:
        """The command, where the address of page `gone` is to be given up."""
        given_up = (self.forget, self._address(gone)) if gone is not None and self.forget else ()
        return (*self.command, *given_up)

    def clean(self, folder: Path) -> None:
        """Leaves of a tree what its author wrote."""
        for name in self.made:
            shutil.rmtree(folder / name, ignore_errors=True)

    def check(self, folder: Path, corpus: Corpus) -> None:
        """Raises Failed unless the site shows what the measured edits changed, so that no stale site is measured."""
        for number, title in corpus.titles.items():
            self._holds(folder, number, title)
        for number, words in corpus.words.items():
            self._holds(folder, number, words)
        if RARE in corpus.values:
            for page in corpus:
                if any(Reported(RARE) in getattr(block, "line", ()) for block in page.blocks):
                    self._holds(folder, page.number, corpus.figure(RARE).words)
        added = folder / self.site / self._address(corpus.pages)
        if added.is_file() != bool(corpus.added):
            raise Failed(f"{self.name}: {added} should {'' if corpus.added else 'not '}be there.")

    def html(self, folder: Path, corpus: Corpus) -> float:
        """The bytes of HTML of a page, at the mean of the corpus' pages."""
        sizes = [(folder / self.site / self._address(page)).stat().st_size for page in range(corpus.pages)]
        return sum(sizes) / len(sizes)

    def read(self, folder: Path, page: int) -> str:
        """A page as it was built. Raises Failed where it is not there."""
        path = folder / self.site / self._address(page)
        try:
            return path.read_text("utf-8")
        except OSError:
            raise Failed(f"{self.name}: {path} was not built.") from None

    def _holds(self, folder: Path, page: int, text: str) -> None:
        if text not in self.read(folder, page):
            raise Failed(f"{self.name}: {self._address(page)} does not show {text!r}.")

    def _address(self, page: int) -> str:
        return self.page.format(path_of(page).removesuffix(".md"))


def tools() -> dict[str, Tool]:
    """Every tool by its name: this project (one edition, and both with the audit), MkDocs pruned and not, and Hugo."""
    mkdocs = (PEERS / "bin/mkdocs", "build", "--quiet")
    build = (Path(sys.executable).parent / "handbook", "build")
    made = ("build", "site", ".cache")
    return {
        tool.name: tool
        for tool in (
            Tool("ours", write_ours, (*build, "internal"), "build/internal", made, "{}.html", "--retire"),
            Tool("both", write_ours, (*build, "all"), "build/internal", made, "{}.html", "--retire"),
            Tool("pruned", partial(write_plain, pruned=True), mkdocs, "site", ("site",)),
            Tool("plain", partial(write_plain, pruned=False), mkdocs, "site", ("site",)),
            Tool("hugo", write_hugo, (_hugo(), "--cleanDestinationDir"), "public", ("public", "resources")),
        )
    }


def missing() -> list[str]:
    """The tools that are not at hand."""
    return [tool.name for tool in tools().values() if not os.access(tool.command[0], os.X_OK)]


def _hugo() -> Path:
    """Hugo itself, and not the Python script that starts it."""
    return next(PEERS.glob("lib/python*/site-packages/hugo/binaries/hugo*"), PEERS / "hugo")
