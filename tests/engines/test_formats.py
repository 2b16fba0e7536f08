"""What a site gives away is read by others as it is meant: the data by frictionless, the feed by the schema of RFC 4287."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handbook.build.generated_files import generated_files
from handbook.cache.build_cache import BuildCache
from handbook.editions.check import check
from handbook.model.editions import Edition
from tests.engines.conftest import Run

HERE = Path(__file__).parent
Read = Callable[[Path], dict[str, Any]]


@pytest.fixture(scope="session")
def read(engine: Callable[..., Run]) -> Read:
    """Gives what others find in the site in a folder."""

    def found(site: Path) -> dict[str, Any]:
        done = engine("formats", "python")(HERE / "formats.py", site, HERE / "atom.rnc", cwd=site)
        assert done.returncode == 0, done.stderr
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    return found


@pytest.fixture(scope="module")
def second(two_reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the example gives partners after its second report, with every kind of number."""
    checked = check(two_reports, [Edition.PARTNER])
    site = tmp_path_factory.mktemp("second") / "site"
    for path, content in generated_files(checked.editions[Edition.PARTNER], BuildCache()).items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    return site


@pytest.mark.parametrize("edition", Edition)
def test_the_data_and_the_feed_are_valid(edition: Edition, built: Callable[[Edition], Path], read: Read) -> None:
    found = read(built(edition))
    assert found["package"] == [] and found["feed"] == []
    assert found["tables"]["figures-csv"]


def test_both_forms_of_a_table_say_the_same(second: Path, read: Read) -> None:
    found = read(second)
    assert found["package"] == [] and found["feed"] == []
    for name, rows in found["tables"].items():
        if name.endswith("-csv"):
            assert rows and rows == found["tables"][f"{name.removesuffix('-csv')}-json"]
    assert [row for row in found["tables"]["figures-csv"] if row["value"] is None and row["low"] is None]


# What is wrong, the file it is put into, and who finds it.
FAULTS = [
    ("data/figures.csv", "2021-", "202i-", "package"),
    ("data/actions.csv", '"report-', '"raport-', "package"),
    ("data/events.json", '"type": "', '"type": "un', "package"),
    ("data/sources.csv", "id,", "no,", "package"),
    ("feed.xml", "<updated>2", "<updated>two", "feed"),
    ("feed.xml", "<id>urn", "<ide>urn", "feed"),
    ("feed.xml", "<author>", "<writer>", "feed"),
]


@pytest.mark.parametrize(("path", "right", "wrong", "finds"), FAULTS)
def test_a_fault_is_found(
    path: str, right: str, wrong: str, finds: str, second: Path, read: Read, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(second, site)
    text = (site / path).read_bytes().decode()
    assert right in text
    closed = {"<id>urn": ("</id>", "</ide>"), "<author>": ("</author>", "</writer>")}.get(right, ("", ""))
    text = text.replace(right, wrong, 1)
    (site / path).write_bytes((text.replace(*closed, 1) if closed[0] else text).encode())
    assert read(site)[finds]


def test_the_schema_bears_its_notice() -> None:
    assert "Copyright (C) The Internet Society (2005)" in (HERE / "atom.rnc").read_text("utf-8")
