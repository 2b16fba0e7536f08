"""What was saved comes back as it was, or not at all, whatever happens to the file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.cache import database as module
from handbook.cache.database import CacheDatabase, CachedResult, KnownDependency, compress
from handbook.model.dependencies import Dependency, DependencyKind, on_record
from tests.conftest import ROOT

KIND = "internal"
ON_RECORDS = KnownDependency(Dependency(DependencyKind.SOURCE_RECORD), "2")
RESULTS = {
    "a.md": CachedResult(
        (ON_RECORDS, KnownDependency(on_record("figure", "trained"), "1")), b'{"failed":false}', compress(b"<p>a</p>")
    ),
    "b.md": CachedResult((ON_RECORDS,), b"null", compress(b"b" * 20_000)),
    "c.md": CachedResult((), b"null", compress(b"")),
}


def plain(results: dict[str, CachedResult]) -> dict[str, object]:
    """Results as values that can be compared."""
    return {
        name: ([(each.dependency, each.fingerprint) for each in result.dependencies], result.encoded, result.body)
        for name, result in results.items()
    }


def load(path: Path, environment: str = "here", kind: str = KIND) -> dict[str, object]:
    return plain(CacheDatabase(path, environment).load(kind))


def save(path: Path, results: dict[str, CachedResult] = RESULTS, environment: str = "here", kind: str = KIND) -> None:
    CacheDatabase(path, environment).save(kind, results, results.keys())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cache/cache.sqlite3"
    save(path)
    return path


def test_what_was_saved_comes_back(file: Path) -> None:
    assert load(file) == plain(RESULTS)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_results_of_another_environment_do_not_and_are_replaced(file: Path) -> None:
    assert load(file, "there") == {}
    save(file, {"a.md": RESULTS["a.md"]}, "there", "partner")
    assert load(file, "there", "partner") == plain({"a.md": RESULTS["a.md"]})
    assert load(file) == load(file, "there") == {}


def test_the_same_name_may_be_of_two_kinds(file: Path) -> None:
    save(file, {"a.md": RESULTS["b.md"]}, kind="partner")
    assert load(file) == plain(RESULTS)
    assert load(file, kind="partner") == plain({"a.md": RESULTS["b.md"]})


def test_only_rows_that_changed_are_written(file: Path) -> None:
    def rows() -> dict[str, int]:
        with closing(sqlite3.connect(file)) as connection:
            return dict(connection.execute("SELECT name, rowid FROM result"))

    before = rows()
    changed = {**RESULTS, "b.md": RESULTS["c.md"], "d.md": RESULTS["a.md"]}
    CacheDatabase(file, "here").save(KIND, changed, {"b.md"})
    assert load(file) == plain(changed)
    now = rows()
    assert {name for name in now if now[name] != before.get(name)} == {"b.md", "d.md"}


def test_what_is_no_longer_wanted_is_removed(file: Path) -> None:
    save(file, {"c.md": RESULTS["c.md"]})
    assert load(file) == plain({"c.md": RESULTS["c.md"]})
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM dependency").fetchone() == (0,)


def test_a_file_that_holds_too_much_is_emptied(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_BYTES", 1)
    save(file, {"a.md": RESULTS["a.md"]}, kind="partner")
    assert load(file) == {}
    assert load(file, kind="partner") == plain({"a.md": RESULTS["a.md"]})


@settings(deadline=None)
@given(data=st.data())
def test_a_damaged_file_gives_nothing_that_was_not_saved(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "cache.sqlite3"
    save(path)
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.integers(0, 3))
    put = data.draw(st.binary(max_size=3))
    for damaged in (whole[:at] + put + whole[at + cut :], whole[: len(whole) - 1 - at]):
        path.write_bytes(damaged)
        found = load(path)
        known = plain(RESULTS)
        assert all(name in known for name in found)
        # A dependency whose own row is damaged is one that has changed. All else is whole.
        assert all(result[1:] == known[name][1:] for name, result in found.items())  # type: ignore[index] # of tuples
        # Another save makes good whatever happened, by the second time at the latest.
        save(path)
        save(path)
        assert load(path) == known


@pytest.mark.parametrize("content", [b"", b"\n", b"SQLite format 3\0", b"\x80\x04K\x01.", b"{" * 100_000])
def test_a_file_that_is_no_database_is_not_used_and_is_replaced(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert load(file) == {}
    save(file)
    assert load(file) == plain(RESULTS)


@pytest.mark.parametrize("statement", ["PRAGMA user_version = 2", "PRAGMA application_id = 1", "DROP TABLE dependency"])
def test_a_database_of_another_program_or_version_is_not_used_and_is_replaced(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
    assert load(file) == {}
    save(file)
    save(file)
    assert load(file) == plain(RESULTS)


def test_a_folder_that_cannot_be_written_to_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    save(tmp_path / "cache/cache.sqlite3")
    assert load(tmp_path / "cache/cache.sqlite3") == {}


def test_a_locked_database_is_not_saved_to(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        save(file, {})
    assert load(file) == plain(RESULTS)


def test_a_save_that_was_killed_left_what_was_there_before(file: Path) -> None:
    code = (
        "import os\n"
        "from tests.cache.test_database import RESULTS, save\n"
        "from pathlib import Path\n"
        "from handbook.cache import database\n"
        "database.CacheDatabase._write_dependencies = staticmethod(lambda *_: os.kill(os.getpid(), 9))\n"
        f"save(Path({str(file)!r}), {{}})\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == -9
    assert load(file) == plain(RESULTS)


def test_several_processes_save_at_once(file: Path) -> None:
    code = (
        "import sys\n"
        "from tests.cache.test_database import RESULTS, save\n"
        "from pathlib import Path\n"
        f"for _ in range(20): save(Path({str(file)!r}), kind=sys.argv[1])\n"
    )
    kinds = ["one", "two", "three"]
    started = [subprocess.Popen([sys.executable, "-c", code, kind], cwd=ROOT) for kind in kinds]
    assert [process.wait(120) for process in started] == [0, 0, 0]
    assert all(load(file, kind=kind) == plain(RESULTS) for kind in (*kinds, KIND))


def test_no_connection_is_open_after_a_load_or_a_save(file: Path) -> None:
    load(file)
    save(file)
    opened = Path("/proc/self/fd")
    if opened.is_dir():
        assert str(file) not in {str(each.readlink()) for each in opened.iterdir() if each.exists()}
    file.rename(file.with_suffix(".moved"))
    assert load(file) == {}
