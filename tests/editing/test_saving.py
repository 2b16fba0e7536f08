"""A file is as it was, or as it is meant to be: whatever stops the command."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handbook.editing.refusal import EditRefused
from handbook.editing.saving import save
from tests.editing.conftest import Handbook, tree

FILE = "data/figures/neglect.yml"
SET = ("set", "trained", "850", "--period", "2021-12", "--source", "report-2021", "--locator", "paragraph 1")


def test_the_mode_of_a_file_stays(example: Path) -> None:
    path = example / FILE
    path.chmod(0o640)
    save(example, FILE, path.read_bytes(), b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_left_alone(example: Path, handbook: Handbook) -> None:
    (example / FILE).chmod(0o440)
    before = tree(example)
    said = handbook(*SET)
    assert said.code == 1
    assert said.err == (
        f"Nothing was written. {FILE} is read-only, so it was left alone. Allow writing to it, and run the command again.\n"
    )
    assert tree(example) == before


@pytest.mark.parametrize("link", [FILE, "data/figures"])
def test_a_link_is_left_alone(example: Path, tmp_path: Path, handbook: Handbook, link: str) -> None:
    target, whole = tmp_path / "elsewhere", (example / FILE).read_bytes()
    (example / link).rename(target)
    (example / link).symlink_to(target)
    before = tree(tmp_path / "handbook")
    said = handbook(*SET)
    assert said.code == 1
    assert f"{link} is a link" in said.err
    assert tree(tmp_path / "handbook") == before
    assert (target / "neglect.yml" if target.is_dir() else target).read_bytes() == whole


def test_a_change_of_someone_else_is_not_overwritten(example: Path) -> None:
    with pytest.raises(EditRefused, match="has changed meanwhile"):
        save(example, FILE, b"what it was when it was read", b"new")
    assert b"trained:" in (example / FILE).read_bytes()
    with pytest.raises(EditRefused, match="has changed meanwhile"):
        save(example, FILE, None, b"a new file, it was thought")
    assert sorted(path.name for path in (example / FILE).parent.iterdir()) == ["neglect.yml", "staff.yml"]


def test_a_full_disk_leaves_the_file_whole(example: Path) -> None:
    """The system stops the process from writing more than a file of 100 bytes, as a full disk would."""
    before = tree(example)
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); from pathlib import Path; "
        "from handbook.editing.saving import EditRefused, save\n"
        f"try: save(Path({str(example)!r}), {FILE!r}, Path({str(example / FILE)!r}).read_bytes(), b'x' * 1000)\n"
        "except EditRefused as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (
        done.stdout
        == f"{FILE} could not be written (File too large: {example}/data/figures/.neglect.yml.new). It is as it was.\n"
    )
    assert tree(example) == before


@pytest.mark.parametrize("after", [0.2, 0.5, 0.7, 0.9, 1.1])
def test_an_interruption_leaves_the_file_whole(example: Path, after: float) -> None:
    """Ctrl-C at any moment: the file is as it was or has the whole observation, and nothing lies beside it."""
    before = tree(example)
    command = [sys.executable, "-m", "handbook.cli", "--root", str(example), *SET]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    found = tree(example)
    assert found.keys() == before.keys()
    assert {name for name in found if found[name] != before[name]} <= {FILE}
    assert (
        found[FILE] == before[FILE] or found[FILE].startswith(before[FILE]) and found[FILE].endswith(b"paragraph 1\n")
    )
