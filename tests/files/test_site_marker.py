"""Which folder a build may empty: only one that a build wrote, for the same edition, and never a link."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.files.site_marker import MARKER, FolderRefused, check_folder, clear, read_marker
from tests.build.test_build import fingerprint
from tests.conftest import ROOT, copy_example, run


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its internal edition built. Tests leave it as it was."""
    root = copy_example(tmp_path_factory.mktemp("marker") / "handbook")
    assert run("mkdocs", "build", cwd=root).returncode == 0
    return root


def a_link(root: Path, folder: Path) -> Path:
    (folder / "aim").mkdir()
    (folder / "link").symlink_to(folder / "aim")
    return folder / "link"


def a_folder_of_ours(root: Path, folder: Path) -> Path:
    (folder / "letters").mkdir()
    (folder / "letters/letter.txt").write_text("Dear all")
    return folder / "letters"


def a_checkout(root: Path, folder: Path) -> Path:
    assert run("mkdocs", "build", "-d", folder / "pages", cwd=root).returncode == 0
    (folder / "pages/.git").write_text("gitdir: elsewhere")
    return folder / "pages"


def a_file(root: Path, folder: Path) -> Path:
    (folder / "file").write_text("text")
    return folder / "file"


def a_false_marker(root: Path, folder: Path) -> Path:
    (folder / "app").mkdir()
    (folder / "app" / MARKER).write_text('{"name": "somebody else\'s build"}')
    (folder / "app/app.js").write_text("1")
    return folder / "app"


REFUSED: dict[str, tuple[Callable[[Path, Path], Path], str]] = {
    "a link": (a_link, "is a link"),
    "a link to a build": (
        lambda root, folder: [(folder / "link").symlink_to(root / "build/internal"), folder / "link"][1],
        "is a link",
    ),
    "the published site": (lambda root, folder: root / "site/internal", "is under site/"),
    "a new folder under site": (lambda root, folder: root / "site/new", "is under site/"),
    "the project": (lambda root, folder: root, "should not be within the 'site_dir'"),
    "above the project": (lambda root, folder: root.parent, "should not be within the 'site_dir'"),
    "the pages": (lambda root, folder: root / "docs/new", "should not be within the 'docs_dir'"),
    "the data": (lambda root, folder: root / "data/new", "written by hand"),
    "the code": (lambda root, folder: root / "macros/new", "written by hand"),
    "the look": (lambda root, folder: root / "overrides/new", "written by hand"),
    "somebody's folder": (a_folder_of_ours, "no build wrote (found letter.txt)"),
    "another program's marker": (a_false_marker, "no build wrote (found app.js)"),
    "a checkout": (a_checkout, "no build wrote (found .git)"),
    "a file": (a_file, "file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_folder_is_refused_and_nothing_in_it_is_touched(name: str, tree: Path, tmp_path: Path) -> None:
    make, said = REFUSED[name]
    folder = make(tree, tmp_path)
    before = fingerprint(tree), fingerprint(tmp_path)
    done = run("mkdocs", "build", "-d", folder, cwd=tree)
    assert done.returncode == 1
    assert said in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert (fingerprint(tree), fingerprint(tmp_path)) == before


def test_the_handbook_itself_is_refused_whatever_mkdocs_lets_pass(tree: Path) -> None:
    for folder in (tree, tree.parent):
        with pytest.raises(FolderRefused, match="holds the handbook itself"):
            check_folder(tree, folder, "internal")
    for name in ("docs", "data/figures"):
        with pytest.raises(FolderRefused, match="written by hand"):
            check_folder(tree, tree / name, "internal")


def test_a_folder_with_the_other_edition_is_refused(tree: Path) -> None:
    before = fingerprint(tree)
    done = run("mkdocs", "build", "-f", "mkdocs.partner.yml", "-d", "build/internal", cwd=tree)
    assert done.returncode == 1
    assert "holds the internal edition. Delete the folder, or name another" in done.stderr
    assert fingerprint(tree) == before


def test_the_marker_says_which_edition_and_date_and_what_it_holds(tree: Path) -> None:
    found = json.loads((tree / "build/internal" / MARKER).read_text())
    assert (found["edition"], found["as_at"]) == ("internal", "2021-12-21")
    assert re.fullmatch("[0-9a-f]{64}", found["content"])


@pytest.mark.parametrize("where", ["empty", "new", "over the last one"])
def test_a_folder_is_built_in(where: str, tree: Path, tmp_path: Path) -> None:
    folder = {"empty": tmp_path, "new": tmp_path / "some/new/folder", "over the last one": tree / "build/internal"}
    (folder[where] / "left").mkdir() if where == "over the last one" else None
    done = run("mkdocs", "build", "-d", folder[where], cwd=tree)
    assert done.returncode == 0, done.stderr
    assert read_marker(folder[where])
    assert not (folder[where] / "left").exists()


def test_a_build_that_was_killed_leaves_a_folder_that_the_next_one_knows(tree: Path, tmp_path: Path) -> None:
    """Killed while it empties the folder or fills it, at any point: before each removal and each file."""
    folder = tmp_path / "site"
    for step in (1, 5, 20, 60, 120):
        code = (
            "import os, sys\n"
            "count = 0\n"
            "def watch(event, given):\n"
            "    global count\n"
            f"    if event in ('open', 'os.remove', 'os.rmdir', 'os.rename', 'os.mkdir') and {str(folder)!r} in str(given):\n"
            "        count += 1\n"
            f"        if count == {step}: os.kill(os.getpid(), 9)\n"
            "sys.addaudithook(watch)\n"
            "from mkdocs.__main__ import cli\n"
            f"cli(['build', '-d', {str(folder)!r}])\n"
        )
        subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True)
        check_folder(tree, folder, "internal")
    done = run("mkdocs", "build", "-d", folder, cwd=tree)
    assert done.returncode == 0, done.stderr
    assert fingerprint(folder) == fingerprint(tree / "build/internal")


def test_the_marker_is_the_last_to_go(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "site"
    assert run("mkdocs", "build", "-d", folder, cwd=tree).returncode == 0
    seen: list[bool] = []
    sys.addaudithook(lambda event, given: seen.append((folder / MARKER).is_file()) if event == "os.remove" else None)
    clear(folder)
    assert not list(folder.iterdir()) and seen and all(seen)


@pytest.mark.parametrize("command", [("build", "--dirty"), ("serve", "--dirty", "-a", "127.0.0.1:0")])
def test_dirty_is_refused(command: tuple[str, ...], tree: Path) -> None:
    before = fingerprint(tree)
    done = run("mkdocs", *command, cwd=tree)
    assert done.returncode == 1
    assert "A build with --dirty leaves pages that are out of date. Leave it out." in done.stderr
    assert "Traceback" not in done.stderr
    assert fingerprint(tree) == before


def test_publishing_past_the_audit_is_refused(tree: Path) -> None:
    done = run("mkdocs", "gh-deploy", cwd=tree)
    assert done.returncode == 1
    assert "publishes what nobody has audited. Use handbook build." in done.stderr
    assert "Traceback" not in done.stderr


def test_mkdocs_serve_works_and_builds_again(tree: Path) -> None:
    page = tree / "docs/internal/notes.md"
    text = page.read_text()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-a", address],
        cwd=tree,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    assert process.stdout is not None
    threading.Thread(target=lambda: said.extend(process.stdout or ()), daemon=True).start()

    def wait(for_: Callable[[], bool]) -> None:
        end = time.monotonic() + 40
        while not for_() and process.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        assert for_(), "".join(said)

    try:
        wait(lambda: any("Serving on" in line for line in said))

        def shown() -> str:
            with urllib.request.urlopen(f"http://{address}/internal/notes.html", timeout=30) as answer:
                return answer.read().decode()

        assert "Another thing to know" not in shown()
        page.write_text(text + "\nAnother thing to know.\n")
        wait(lambda: "Another thing to know" in shown())
    finally:
        process.terminate()
        process.wait(10)
        page.write_text(text)


def test_no_build_left_a_file_outside_its_folder(tree: Path) -> None:
    assert not (ROOT / "build" / MARKER).exists()
    assert sorted(path.name for path in (tree / "build").iterdir()) == ["internal"]
