"""What the tests of publishing share: changing the example, publishing it, and holding it to its manifest."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from handbook.files.hashed_names import hashed_name
from handbook.files.manifest import FileEntry, compare, content_of, files_in, manifest_of, read_manifest
from handbook.files.site_marker import read_marker, write_marker
from handbook.model.editions import Edition
from handbook.release.releases import Releases
from tests.conftest import run

INTERNAL = Edition.INTERNAL


def change(root: Path, word: str) -> None:
    """Makes the next build of the example differ from the others."""
    page = root / "docs/index.md"
    lines = page.read_text("utf-8").split("\n")
    lines[2] = f"summary: What the example is doing, {word}."
    page.write_text("\n".join(lines), "utf-8")


def variant(site: Path, target: Path, word: str) -> Path:
    """A copy of a built site that differs in a page and in a stylesheet, as a build of a changed handbook would."""
    shutil.copytree(site, target)
    [style] = target.glob("assets/stylesheets/content.*.css")
    content = style.read_bytes() + f"/* {word} */".encode()
    name = Path(hashed_name("content.css", content)).name
    for page in target.rglob("*.html"):
        page.write_text(page.read_text("utf-8").replace(style.name, name), "utf-8")
    style.unlink()
    style.with_name(name).write_bytes(content)
    files = files_in(target)
    marker = read_marker(target)
    assert marker
    write_marker(target, replace(marker, content=content_of(files)))
    return target


def handbook(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run("handbook.cli", *arguments, cwd=root)


def publish(root: Path, word: str | None = None, edition: str = "internal") -> subprocess.CompletedProcess[str]:
    """Publishes the example, changed if a word is given, and fails the test if that does not go well."""
    if word:
        change(root, word)
    done = handbook(root, "build", edition)
    assert done.returncode == 0, done.stderr
    return done


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    """Starts the handbook command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "handbook.cli", *arguments],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def published(root: Path, edition: Edition = INTERNAL) -> dict[str, FileEntry]:
    """What readers see, held to the manifest beside it first: fails unless it is whole."""
    site = (root / "site" / edition).resolve(strict=True)
    manifest = read_manifest(site.with_name(f"{edition}.manifest.json"))
    assert not compare(manifest, site), compare(manifest, site)
    assert json.loads((site / "build.json").read_text())["edition"] == edition
    return manifest.files


def rubbish(root: Path) -> list[str]:
    """What a killed build left in site/ or build/, beside releases and links."""
    found = [path.name for folder in ("site", "site/releases", "build") for path in (root / folder).iterdir()]
    return [name for name in found if name.endswith(".part") or name.startswith(".") and name != ".lock"]


def release(root: Path, built: Path) -> int:
    """Publishes a built site as `handbook build` does once it is built, and gives the number of the release."""
    releases = Releases(root, INTERNAL)
    releases.tidy()
    number = releases.add(built, manifest_of(built, root))
    releases.show(number)
    releases.tidy()
    return number


def killed_before_step(root: Path, built: Path, number: int) -> int | None:
    """Publishes `built` in a child that is killed, with SIGKILL, before its `number`th use of the file system.

    Gives the signal that ended it, or None when it had finished before.
    """
    child = os.fork()
    if child == 0:
        _kill_before(number)
        release(root, built)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else None


def _kill_before(number: int) -> None:
    count = 0

    def watch(event: str, _: tuple[object, ...]) -> None:
        nonlocal count
        if event == "open" or event.startswith(("os.", "shutil.")):
            count += 1
            if count == number:
                os.kill(os.getpid(), 9)

    sys.addaudithook(watch)


def main(root: Path, one: Path, two: Path, every: int, first: int) -> None:
    """Publishes two sites in turn, killed before each `every`th step, and prints how many times it was killed."""
    wanted = [files_in(one), files_in(two)]
    release(root, two)
    kills, step, turn = 0, first, 0
    while killed_before_step(root, (one, two)[turn], step):
        kills += 1
        assert published(root) in wanted
        # What comes after is not harmed by what was left.
        assert killed_before_step(root, (one, two)[turn], -1) is None
        assert published(root) == wanted[turn]
        assert not rubbish(root), rubbish(root)
        step, turn = step + every, 1 - turn
    print(kills)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), *map(int, sys.argv[4:6]))
