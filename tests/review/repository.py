"""The example handbook in a real git repository, for tests of what changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.conftest import copy_example

AUTHOR = "Alex Author"


class Repository:
    """The example handbook in a git repository of its own, with a branch `main` to compare with."""

    def __init__(self, root: Path):
        self.root = copy_example(root)
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("Start")
        self.git("checkout", "--quiet", "-b", "work")

    def git(self, *arguments: str, author: str = AUTHOR) -> str:
        known = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "PATH": "/usr/bin:/bin"}
        for role in ("AUTHOR", "COMMITTER"):
            known |= {f"GIT_{role}_NAME": author, f"GIT_{role}_EMAIL": "someone@example.invalid"}
        done = subprocess.run(["git", *arguments], cwd=self.root, env=known, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, *paragraphs: str, author: str = AUTHOR) -> None:
        self.git("add", "--all")
        messages = [part for paragraph in paragraphs for part in ("-m", paragraph)]
        self.git("commit", "--quiet", "--allow-empty", *messages, author=author)

    def review(self, name: str, author: str | None = None) -> None:
        self.commit("Read for partners", f"Audience-reviewed-by: {name}", author=author or name)

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text("utf-8")
        assert text.count(old) == 1, f"{path} holds {text.count(old)} times {old!r}"
        (self.root / path).write_text(text.replace(old, new), "utf-8")

    def add(self, path: str, text: str) -> None:
        with (self.root / path).open("a", encoding="utf-8") as file:
            file.write(text)

    def page(self, path: str, audience: str, body: str) -> None:
        (self.root / path).write_text(
            f"---\ntitle: Page\nsummary: One more.\naudience: {audience}\n---\n\n{body}\n", "utf-8"
        )

    def on_main(self) -> None:
        """Makes what there is now what the work is compared with."""
        self.commit("More on main")
        self.git("branch", "--force", "main", "work")
