"""Publishing with real processes: killed, out of room, twice at once, read while it changes, and undone."""

from __future__ import annotations

import hashlib
import http.client
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from handbook.files.lock import locked
from handbook.files.manifest import NotWhole, compare, files_in, manifest_of, read_manifest
from handbook.model.editions import Edition
from handbook.release.releases import KEPT, Releases
from tests.build.test_build import fingerprint
from tests.conftest import ROOT, Once, copy_example, override, run
from tests.release.releases import INTERNAL, change, handbook, publish, published, release, rubbish, start, variant

WORDS = ("as it was", "as it is")


@pytest.fixture(scope="module")
def first(once: Once) -> Path:
    """The example, published once. Not to be changed."""
    return once("first", lambda root: publish(copy_example(root), WORDS[0]))


@pytest.fixture
def tree(first: Path, tmp_path: Path) -> Path:
    """A copy of the example, published once."""
    return Path(shutil.copytree(first, tmp_path / "handbook", symlinks=True))


@pytest.fixture(scope="module")
def two_sites(first: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two built sites that differ."""
    folder = tmp_path_factory.mktemp("two")
    one, two = (variant(first / "build/internal", folder / name, name) for name in ("one", "two"))
    return one, two


# Publishing


def test_a_publication_is_a_link_to_a_whole_release_with_its_manifest_beside(first: Path) -> None:
    assert (first / "site/internal").readlink() == Path("releases/internal-1/internal")
    assert published(first) == files_in(first / "build/internal")
    beside = read_manifest(first / "build/internal.manifest.json")
    assert beside == read_manifest(first / "site/releases/internal-1/internal.manifest.json")
    assert (beside.edition, beside.as_at) == (Edition.INTERNAL, "2021-12-21")


def test_plain_mkdocs_makes_the_same_folder_byte_for_byte(first: Path, tmp_path: Path) -> None:
    done = run("mkdocs", "build", "-d", tmp_path / "some/new/folder", cwd=first)
    assert done.returncode == 0, done.stderr
    assert fingerprint(tmp_path / "some/new/folder") == fingerprint(first / "build/internal")


def test_only_the_manifest_of_the_internal_edition_names_the_commit(tree: Path) -> None:
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")
    for command in (("init", "-q"), ("add", "docs", "data"), ("commit", "-qm", "first")):
        subprocess.run([*git, *command], cwd=tree, check=True)
    publish(tree, WORDS[1], "all")
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=tree, capture_output=True, text=True).stdout.strip()
    assert read_manifest(tree / "build/internal.manifest.json").commit == f"{commit}-dirty"
    assert read_manifest(tree / "build/partner.manifest.json").commit is None
    assert commit not in (tree / "build/partner.manifest.json").read_text()


def test_a_second_build_of_the_same_is_no_second_release(tree: Path) -> None:
    assert "published as it is already, as release 1" in publish(tree).stdout
    assert Releases(tree, INTERNAL).numbers() == [1]


def test_three_releases_are_kept(tree: Path, two_sites: tuple[Path, Path]) -> None:
    for built in two_sites * 2:
        release(tree, built)
    assert Releases(tree, INTERNAL).numbers() == [3, 4, 5]
    publish(tree, WORDS[1])
    assert Releases(tree, INTERNAL).numbers() == [4, 5, 6]
    assert KEPT == 3
    assert (tree / "site/internal.before").resolve() == (tree / "site/releases/internal-5/internal").resolve()
    assert not rubbish(tree)


def test_a_file_that_did_not_change_keeps_its_date(tree: Path) -> None:
    publish(tree, WORDS[1])
    old, new = (tree / f"site/releases/internal-{number}/internal" for number in (1, 2))
    assert (old / "risks.html").stat().st_mtime_ns == (new / "risks.html").stat().st_mtime_ns
    assert (old / "index.html").stat().st_ino != (new / "index.html").stat().st_ino


def test_both_editions_are_published_or_neither(tree: Path) -> None:
    (tree / "build/partner").mkdir()
    (tree / "build/partner/notes.txt").write_text("mine")
    before = published(tree)
    change(tree, WORDS[1])
    done = handbook(tree, "build", "all")
    assert done.returncode == 1
    assert published(tree) == before
    assert not (tree / "site/partner").exists()
    assert (tree / "build/partner/notes.txt").read_text() == "mine"


def test_what_changes_while_it_is_published_is_not_published(
    two_sites: tuple[Path, Path], tree: Path, tmp_path: Path
) -> None:
    site = Path(shutil.copytree(two_sites[1], tmp_path / "site"))
    manifest = manifest_of(site, tree)
    (site / "risks.html").write_text("half")
    with pytest.raises(NotWhole, match="while it was being published"):
        manifest_of(site, tree)
    with pytest.raises(NotWhole, match="while it was being published"):
        Releases(tree, INTERNAL).add(site, manifest)
    assert Releases(tree, INTERNAL).numbers() == [1]


def test_what_handbook_build_did_not_make_is_not_replaced(tree: Path) -> None:
    for make in (lambda place: place.mkdir(), lambda place: place.symlink_to("/tmp")):
        (tree / "site/internal").unlink(missing_ok=True)
        make(tree / "site/internal")
        done = handbook(tree, "build")
        assert done.returncode == 1
        assert "was not made by handbook build" in done.stderr and "Traceback" not in done.stderr
        if not (tree / "site/internal").is_symlink():
            (tree / "site/internal").rmdir()


def test_a_mistake_leaves_what_is_published(tree: Path) -> None:
    before = published(tree)
    (tree / "docs/index.md").write_text("no front matter")
    done = handbook(tree, "build")
    assert done.returncode == 1
    assert "docs/index.md:1: The page has no front matter" in done.stderr
    assert "Nothing was published" in done.stderr and "Traceback" not in done.stderr
    assert published(tree) == before


# Going back, and looking


def test_rollback_goes_to_the_release_before_and_a_new_build_goes_on_from_there(
    tree: Path, two_sites: tuple[Path, Path]
) -> None:
    sites = [published(tree), *map(files_in, two_sites)]
    for built in two_sites:
        release(tree, built)
    for number in (2, 1):
        done = handbook(tree, "rollback", "internal")
        assert done.returncode == 0 and f"back at release {number}" in done.stdout
        assert published(tree) == sites[number - 1]
        # A page that was opened just before still finds its styles.
        left = tree / f"site/releases/internal-{number + 1}/internal"
        assert (tree / "site/internal.before").resolve() == left.resolve()
    done = handbook(tree, "rollback", "internal")
    assert (done.returncode, done.stderr) == (1, "There is no release of the internal edition before release 1.\n")
    publish(tree, WORDS[1])
    assert Releases(tree, INTERNAL).numbers() == [1, 4]
    assert handbook(tree, "rollback", "internal").returncode == 0
    assert published(tree) == sites[0]


def test_rollback_refuses_a_release_that_is_not_whole(tree: Path, two_sites: tuple[Path, Path]) -> None:
    release(tree, two_sites[0])
    (tree / "site/releases/internal-1/internal/risks.html").unlink()
    before = published(tree)
    done = handbook(tree, "rollback", "internal")
    assert done.returncode == 1
    assert "is not whole" in done.stderr and "missing: risks.html" in done.stderr
    assert published(tree) == before


def test_verify_finds_what_is_missing_extra_and_changed(tree: Path) -> None:
    done = handbook(tree, "verify", "internal")
    assert done.returncode == 0 and "is whole" in done.stdout
    site = tree / "site/internal"
    (site / "risks.html").unlink()
    (site / "extra.html").write_text("x")
    text = (site / "index.html").read_text()
    (site / "index.html").write_text(text.replace("a", "b", 1))
    (site / "bodies.html").unlink()
    (site / "bodies.html").symlink_to(tree / "build/internal/bodies.html")
    done = handbook(tree, "verify", "internal")
    assert done.returncode == 1
    found = "missing: risks.html\nextra: extra.html\nchanged: bodies.html\nchanged: index.html\n"
    assert found in done.stdout and "Run handbook build internal" in done.stdout
    # The cure that it gives is one, though nothing in the handbook has changed.
    publish(tree)
    assert handbook(tree, "verify", "internal").returncode == 0


def test_verify_says_when_nothing_is_published_or_the_manifest_is_gone(tree: Path) -> None:
    done = handbook(tree, "verify", "partner")
    assert (done.returncode, done.stderr.strip()) == (
        1,
        "No partner edition is published here. Run handbook build partner.",
    )
    (tree / "site/releases/internal-1/internal.manifest.json").write_text("{")
    done = handbook(tree, "verify", "internal")
    assert done.returncode == 1 and "cannot be read" in done.stdout and "Traceback" not in done.stderr
    publish(tree)
    assert handbook(tree, "verify", "internal").returncode == 0


# What nobody may publish


def test_what_the_audit_finds_is_not_published(tree: Path) -> None:
    publish(tree, edition="partner")
    before = published(tree, Edition.PARTNER)
    with override(tree, "partials/footer.html").open("a") as footer:
        footer.write("<!-- ask jane.doe@example.org -->")
    done = handbook(tree, "build", "all")
    assert done.returncode == 1
    assert "The partner edition was not published. The audit found" in done.stderr
    assert "jane.doe@example.org" in done.stderr and "Traceback" not in done.stderr
    assert published(tree, Edition.PARTNER) == before
    assert Releases(tree, INTERNAL).numbers() == [1]


# Addresses


def test_a_published_address_is_not_lost_unless_it_is_let_go(tree: Path) -> None:
    before = published(tree)
    (tree / "docs/internal/notes.md").rename(tree / "docs/internal/remarks.md")
    linking = tree / "docs/workstreams/neglect.md"
    linking.write_text(linking.read_text().replace("internal/notes.md", "internal/remarks.md"))
    done = handbook(tree, "build")
    assert done.returncode == 1
    assert "\n  internal/notes.html\n" in done.stderr and "- internal/notes.md" in done.stderr
    assert published(tree) == before
    page = tree / "docs/internal/remarks.md"
    text = page.read_text()
    page.write_text(text.replace("---\n", "---\nredirect_from:\n  - internal/notes.md\n", 1))
    publish(tree)
    assert {"internal/notes.html", "internal/remarks.html"} <= set(published(tree))
    page.write_text(text)
    assert handbook(tree, "build").returncode == 1
    done = handbook(tree, "build", "--retire", "internal/note.html")
    assert done.returncode == 1 and "not about to go (found internal/note.html)" in done.stderr
    assert handbook(tree, "build", "--retire", "internal/notes.html").returncode == 0
    assert "internal/notes.html" not in published(tree)


# Killed


def _kill_at_many_moments(tree: Path, times: int, seed: int) -> int:
    """Kills builds at random moments, every third followed by a whole one, and gives how many were killed."""
    chance = random.Random(seed)
    begun = time.monotonic()
    publish(tree, "timed")
    duration = time.monotonic() - begun
    kills, word = 0, "timed"
    for number in range(times):
        before, word = _word(tree), f"killed {'x' * (number + 1)}"
        change(tree, word)
        process = start(tree, "build")
        # Every other one while the release is made, which is a small part of the whole.
        if number % 2:
            _wait_for_release(tree, process)
            time.sleep(chance.uniform(0, 0.05))
        else:
            time.sleep(chance.uniform(0, duration))
        kills += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert _word(tree) in (before, word)
        if number % 3 == 2:
            publish(tree)
            assert _word(tree) == word
            assert not rubbish(tree), rubbish(tree)
    return kills


def _word(tree: Path) -> str:
    """What `change` made the published site say. The site is held to its manifest on the way."""
    published(tree)
    match = re.search("What the example is doing, ([a-z ]+)", (tree / "site/internal/index.html").read_text())
    assert match
    return match[1]


def _wait_for_release(tree: Path, process: subprocess.Popen[str]) -> None:
    """Waits until the process makes a release."""
    left = {path: path.stat().st_ino for path in (tree / "site/releases").glob("*.part")}
    while process.poll() is None:
        if any(left.get(path) != path.stat().st_ino for path in (tree / "site/releases").glob("*.part")):
            return
        time.sleep(0.0005)


def test_killed_at_many_moments_readers_see_the_old_site_or_the_new_one(tree: Path) -> None:
    assert _kill_at_many_moments(tree, 12, seed=1) >= 6


@pytest.mark.long
def test_killed_at_very_many_moments(tree: Path) -> None:
    assert _kill_at_many_moments(tree, 60, seed=2) >= 30


def _kill_at_steps(tree: Path, sites: tuple[Path, Path], every: int) -> int:
    done = subprocess.run(
        [sys.executable, "-m", "tests.release.releases", tree, *sites, str(every), "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=580,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_killed_before_its_steps_readers_see_the_old_site_or_the_new_one(
    tree: Path, two_sites: tuple[Path, Path]
) -> None:
    publish(tree, WORDS[0])
    assert _kill_at_steps(tree, two_sites, every=9) >= 20


@pytest.mark.long
def test_killed_before_every_step(tree: Path, two_sites: tuple[Path, Path]) -> None:
    assert _kill_at_steps(tree, two_sites, every=1) >= 200


# Two at once


def test_a_build_waits_for_another_and_says_so(tree: Path) -> None:
    change(tree, WORDS[1])
    with locked(tree / "site/.lock", lambda: None):
        process = start(tree, "build")
        assert process.stdout is not None
        assert "Another build is being published. Waiting" in process.stdout.readline()
        assert process.poll() is None
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0 and "is published: release 2" in said


def test_builds_at_once_do_each_other_no_harm(tree: Path) -> None:
    change(tree, WORDS[1])
    processes = [start(tree, "build", edition) for edition in ("internal", "all", "internal")]
    for process in processes:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
    for edition in Edition:
        published(tree, edition)
    assert Releases(tree, INTERNAL).numbers() == [1, 2]


# No room, no right


def in_namespace(script: str, cwd: Path) -> str:
    """What a shell script prints, run where it may mount file systems of its own. It stops at a failure."""
    enter = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    probe = subprocess.run([*enter, "mount", "-t", "tmpfs", "none", str(cwd)], capture_output=True, text=True)
    if probe.returncode:
        if os.geteuid() == 0:
            pytest.fail(f"A mount namespace is needed for this test: {probe.stderr}")
        pytest.skip(f"only root can mount file systems on this machine ({probe.stderr.strip()})")
    python = f'build() {{ "{sys.executable}" -m handbook.cli "$@" 2>&1; }}\n'
    done = subprocess.run([*enter, "sh", "-ec", python + script], cwd=cwd, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(("folder", "room"), [("site", 0), ("site", 4), ("site", 16), ("build", 0), ("build", 64)])
def test_with_the_disk_full_readers_keep_what_they_have(folder: str, room: int, tree: Path) -> None:
    change(tree, WORDS[1])
    said = in_namespace(
        f"""
        mkdir ../kept && cp -a {folder}/. ../kept
        mount -t tmpfs -o size=4m none {folder}
        cp -a ../kept/. {folder}
        rm -rf build/internal
        head -c {room}k /dev/zero > {folder}/.room
        head -c 8m /dev/zero > {folder}/.filler 2>/dev/null || true
        rm {folder}/.room
        build build && exit 9
        build verify internal
        rm {folder}/.filler
        build build
        build verify internal
        """,
        tree,
    )
    assert "No space left on device" in said and "Traceback" not in said
    assert said.index("Release 1 of the internal edition is whole") < said.index("Release 2 of the internal")


@pytest.mark.parametrize("folder", ["site", "build"])
def test_with_the_target_read_only_readers_keep_what_they_have(folder: str, tree: Path) -> None:
    change(tree, WORDS[1])
    said = in_namespace(
        f"""
        mount --bind {folder} {folder}
        mount -o remount,ro,bind {folder}
        build build && exit 9
        build verify internal
        build rollback internal && exit 9
        umount {folder}
        build build
        """,
        tree,
    )
    assert "Read-only file system" in said and "Traceback" not in said
    assert "Release 1 of the internal edition is whole" in said and "is published: release 2" in said


# Read while it changes


class _Site(SimpleHTTPRequestHandler):
    """The published site as a server gives it: the link followed once for each request, the release before behind it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def translate_path(self, path: str) -> str:
        found = super().translate_path(path)
        live, before = (os.path.realpath(self.directory + end) for end in ("", ".before"))
        now = found.replace(self.directory, live, 1)
        return now if Path(now).exists() else found.replace(self.directory, before, 1)

    def log_message(self, *_: object) -> None:
        pass


class _Reader(threading.Thread):
    """Reads the home page and everything that it uses, again and again, until it is told to stop."""

    def __init__(self, port: int, whole: set[str]):
        super().__init__(daemon=True)
        self.port, self.whole = port, whole
        self.requests, self.wrong, self.seen = 0, list[str](), set[str]()
        self.stopped = threading.Event()
        self._body = b""

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        while not self.stopped.is_set() and not self.wrong:
            page = self._read(connection, "index.html")
            self.seen.add(page)
            for path in re.findall(rb'(?:src|href|data-index|data-engine)="(assets/[^"]+)"', self._body):
                self._read(connection, path.decode())

    def _read(self, connection: http.client.HTTPConnection, path: str) -> str:
        self.requests += 1
        try:
            connection.request("GET", f"/{path}")
            answer = connection.getresponse()
            self._body = answer.read()
        except http.client.HTTPException as error:
            self.wrong.append(f"{path}: {error!r}")
            return ""
        digest = hashlib.sha256(self._body).hexdigest()
        if answer.status != 200 or digest not in self.whole:
            self.wrong.append(f"{path}: {answer.status}")
        return digest


@pytest.fixture
def served(tree: Path) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, directory=str(tree / "site/internal")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


def test_a_reader_meets_no_gap_and_no_torn_file_during_swaps(
    tree: Path, two_sites: tuple[Path, Path], served: int
) -> None:
    folders = [tree / "build/internal", *two_sites]
    whole = {entry.sha256 for folder in folders for entry in files_in(folder).values()}
    readers = [_Reader(served, whole) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(12):
        release(tree, two_sites[turn % 2])
        time.sleep(0.2)
    publish(tree)
    end = time.monotonic() + 20
    while time.monotonic() < end and not all(len(reader.seen) == 3 and reader.requests > 500 for reader in readers):
        time.sleep(0.1)
    for reader in readers:
        reader.stopped.set()
        reader.join(10)
    assert not [wrong for reader in readers for wrong in reader.wrong]
    assert all(len(reader.seen) == 3 and reader.requests > 500 for reader in readers)


def test_a_reader_does_find_a_gap_when_the_site_is_copied_over(
    tree: Path, two_sites: tuple[Path, Path], served: int
) -> None:
    """The reader above would have seen it: here the site is emptied and filled in its place."""
    site = (tree / "site/internal").resolve()
    whole = {entry.sha256 for folder in (site, *two_sites) for entry in files_in(folder).values()}
    reader = _Reader(served, whole)
    reader.start()
    for turn in range(10):
        shutil.rmtree(site)
        time.sleep(0.02)
        shutil.copytree(two_sites[turn % 2], site)
    reader.stopped.set()
    reader.join(10)
    assert reader.wrong


# Where there are no links


def test_without_links_the_site_is_copied_and_that_is_said(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], two_sites: tuple[Path, Path]
) -> None:
    """As on a file system that has none; Windows takes the same way. No such system can be had here."""
    from handbook.release.publish import roll_back, verify

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    shutil.rmtree(tree / "site")
    monkeypatch.setattr(os, "symlink", refuse)
    releases = Releases(tree, INTERNAL)
    for built in two_sites:
        number = releases.add(built, manifest_of(built, tree))
        assert releases.show(number) is False
        releases.tidy()
        assert not (tree / "site/internal").is_symlink()
        assert files_in(tree / "site/internal") == files_in(built)
    assert releases.live() == 2 and not rubbish(tree)
    assert verify(tree, INTERNAL, print)
    (tree / "site/internal/risks.html").unlink()
    assert not verify(tree, INTERNAL, print)
    roll_back(tree, INTERNAL, print)
    assert files_in(tree / "site/internal") == files_in(two_sites[0])
    assert "cannot move a site into its place in one step" in capsys.readouterr().out
    assert not compare(releases.manifest(1), tree / "site/internal")
