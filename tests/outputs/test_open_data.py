"""What an edition gives away: tables as CSV and JSON, their description, the feed, and all text in one file."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.audit.site_audit import audit
from handbook.build.generated_files import generated_files
from handbook.cache.build_cache import BuildCache
from handbook.editions.check import check
from handbook.loading.rendered_edition import RenderedEdition
from handbook.macros.open_data.columns import Column, DataRow
from handbook.macros.open_data.tables import DataTable, table_of, tables
from handbook.macros.site_addresses import generated_addresses
from handbook.model.editions import Edition
from handbook.model.figures import Figure
from handbook.model.record_kinds import KINDS
from handbook.outputs.open_data.formats import GUARD, as_csv, as_json
from tests import office
from tests.audit.canaries import phrase

GOLDEN = Path(__file__).parent / "golden"


def files_of(root: Path, edition: Edition, home: str = "") -> dict[str, bytes]:
    return generated_files(edition_of(root, edition), BuildCache(), home)


def edition_of(root: Path, edition: Edition) -> RenderedEdition:
    checked = check(root, [edition])
    assert not checked.errors, checked.errors
    return checked.editions[edition]


@pytest.fixture(scope="module")
def made_of_two(two_reports: Path) -> dict[Edition, dict[str, bytes]]:
    """The files of both editions of the example after its second report, which has every kind of number."""
    return {edition: files_of(two_reports, edition) for edition in Edition}


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("address", generated_addresses())
def test_each_file_is_what_its_golden_file_says(
    edition: Edition, address: str, made_of_two: dict[Edition, dict[str, bytes]]
) -> None:
    golden = GOLDEN / edition / address
    found = made_of_two[edition][address]
    if os.environ.get("UPDATE_CASES"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(found)
    assert golden.read_bytes() == found


def read(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file as Python reads them, without the apostrophes that guard them."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [{name: text.removeprefix(GUARD) for name, text in row.items()} for row in rows]


def one_column(values: list[str]) -> DataTable:
    column = Column("title", "string", "A title.", lambda row: row.record)
    return DataTable("titles", "Titles.", Figure, (column,), ("id",), lambda record: (record,))


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_any_text_comes_back_and_none_is_a_formula(texts: list[str]) -> None:
    texts = [text for text in texts if text != "c"]
    data = as_csv(one_column(texts), ([text] for text in texts))
    assert [row["title"] for row in read(data)] == texts
    for (cell,) in list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]:
        assert not cell.lstrip(" \u00a0").startswith(tuple("=+-@\t\r\n"))
    rows = json.loads(as_json(one_column(texts), ([text] for text in texts)))
    assert [row["title"] for row in rows] == texts


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_a_number_stays_a_number_with_every_digit(number: Decimal) -> None:
    line = as_csv(one_column([]), [[number]]).split(b"\r\n")[1].decode()
    assert line == f"{number:f}" and Decimal(line) == number
    assert Decimal(re.findall(rb": (.*)}", as_json(one_column([]), [[number]]))[0].decode()) == number


def test_days_truths_and_nothing_have_their_own_forms() -> None:
    values = [date(2021, 10, 1), True, None]
    columns = tuple(Column(name, "string", "A column.", lambda row: None) for name in "abd")
    table = DataTable("t", "A table.", Figure, columns, ("a",), lambda record: (record,))
    assert as_csv(table, [values]) == b"\xef\xbb\xbfa,b,d\r\n2021-10-01,true,\r\n"
    assert json.loads(as_json(table, [values])) == [{"a": "2021-10-01", "b": True, "d": None}]


@pytest.mark.long
def test_a_spreadsheet_reads_every_word_number_and_day_and_runs_nothing(
    made_of_two: dict[Edition, dict[str, bytes]], tmp_path: Path
) -> None:
    """With LibreOffice: what is a number or a day in the package is one in its cells, and any other is the text."""
    described = json.loads(made_of_two[Edition.INTERNAL]["data/datapackage.json"])
    for resource in described["resources"]:
        if resource["format"] != "csv":
            continue
        data = made_of_two[Edition.INTERNAL][f"data/{resource['path']}"]
        (tmp_path / resource["path"]).write_bytes(data)
        head, *rows = office.as_cells(tmp_path / resource["path"], tmp_path)
        wanted = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert [text for _, text in head][: len(wanted[0])] == wanted[0]
        assert len(rows) >= len(wanted) - 1
        kinds = {"number": "float", "integer": "float", "date": "date"}
        for row, cells in zip(wanted[1:], rows, strict=False):
            cells += [("", "")] * (len(row) - len(cells))
            for field, text, (kind, found) in zip(resource["schema"]["fields"], row, cells, strict=False):
                assert kind != "formula"
                if text and text != "c" and field["type"] in kinds:
                    assert kind == kinds[field["type"]], (resource["path"], field["name"], text)
                    assert text == found if kind == "date" else Decimal(text) == Decimal(found)
                elif kind == "string":
                    assert text == found


@pytest.mark.long
def test_a_spreadsheet_runs_no_text_as_a_formula(tmp_path: Path) -> None:
    texts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        " =2+2",
        "'plain",
        "\uff1d1+1",
        '=HYPERLINK("https://example.org")',
        "\u00a33m, \u2019",
    ]
    (tmp_path / "texts.csv").write_bytes(as_csv(one_column(texts), ([text] for text in texts)))
    _, *rows = office.as_cells(tmp_path / "texts.csv", tmp_path)
    assert [(kind, text.removeprefix(GUARD)) for [(kind, text)] in rows[: len(texts)]] == [("string", t) for t in texts]
    (tmp_path / "bare.csv").write_bytes(b'\xef\xbb\xbftitle\r\n"=1+1"\r\n')
    assert office.as_cells(tmp_path / "bare.csv", tmp_path)[1] == [("formula", "2")], "without the guard it would run"


def test_a_kind_goes_out_where_it_says_so_and_nowhere_else() -> None:
    given = {table.model for table in tables()}
    assert given == {kind.model for kind in KINDS.values() if kind.given}
    assert not {KINDS[name].model for name in ("person", "outline", "term")} & given


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_column_has_a_name_of_its_own_and_is_described(table: DataTable) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z]+(_[a-z]+)*", name) for name in names)
    assert all(column.description.endswith(".") for column in table.columns)
    if "value" in names:
        assert names.index("qualifier") == names.index("value") - 1


def test_a_small_number_is_a_mark_and_nowhere_else(made_of_two: dict[Edition, dict[str, bytes]]) -> None:
    rows = {edition: read(files["data/figures.csv"]) for edition, files in made_of_two.items()}
    hidden = [row for row in rows[Edition.PARTNER] if row["value"] == "c"]
    assert hidden
    for row in hidden:
        assert not any(row[name] for name in ("low", "high", "words", "qualifier", "note"))
        staff = next(
            each for each in rows[Edition.INTERNAL] if (each["id"], each["period"]) == (row["id"], row["period"])
        )
        assert row["suppressed"] == "everyone" or staff["value"] != "c"
        if staff["value"] != "c":
            # The number itself stands in no sentence about this figure.
            said = [
                each
                for each in read(made_of_two[Edition.PARTNER]["data/figures-progress.csv"])
                if each["id"] == row["id"]
            ]
            assert not any(re.search(rf"\b{staff['value']}\b", each["explanation"]) for each in said)


def test_a_correction_names_the_row_that_takes_its_place(made_of_two: dict[Edition, dict[str, bytes]]) -> None:
    rows = read(made_of_two[Edition.INTERNAL]["data/figures.csv"])
    corrected = [row for row in rows if row["corrected_by"]]
    assert corrected
    for row in corrected:
        right = next(each for each in rows if (each["id"], each["number"]) == (row["id"], row["corrected_by"]))
        assert right["correction"]


def test_a_figure_reads_as_on_pages(two_reports: Path) -> None:
    store = edition_of(two_reports, Edition.PARTNER).store
    table = table_of(Figure)
    at = [column.name for column in table.columns].index("as_shown")
    record = store.all(Figure)[0]
    assert next(table.rows(store))[at] == table.columns[at].take(DataRow(store, record, record.observations[0]))


def test_the_audit_finds_a_canary_in_each(example: Path) -> None:
    page = example / "docs/internal/notes.md"
    page.write_text(page.read_text("utf-8") + f"\n{phrase('bodytext')}\n", "utf-8")
    site = example / "build/site"
    files = files_of(example, Edition.PARTNER)
    for path, content in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    assert audit(example, site) == []
    for path, content in files.items():
        (site / path).write_bytes(content + phrase("bodytext").encode())
    assert {finding.path for finding in audit(example, site)} == set(files) >= set(generated_addresses())


def test_what_only_staff_may_read_changes_no_file_of_the_partners(example: Path) -> None:
    before = files_of(example, Edition.PARTNER)
    internal = files_of(example, Edition.INTERNAL)
    text = (example / "data/events.yml").read_text("utf-8")
    added = "a-quiet-talk:\n  title: A quiet talk\n  type: meeting\n  when: 2021-10\n  source: report-2021\n  locator: paragraph 1\n"
    (example / "data/events.yml").write_text(f"{text.rstrip()}\n{added}", "utf-8")
    assert files_of(example, Edition.PARTNER) == before
    assert files_of(example, Edition.INTERNAL) != internal


def test_with_an_address_of_the_site_links_are_whole(example: Path) -> None:
    home = "https://handbook.example/partner/"
    files = files_of(example, Edition.PARTNER, home)
    assert json.loads(files["data/datapackage.json"])["homepage"] == home
    links = re.findall(rb'href="([^"]*)"', files["feed.xml"])
    assert links and all(link.startswith(home.encode()) for link in links)
    assert f"Address: {home}index.html".encode() in files["handbook.txt"]
    ids = re.compile(rb"<id>.*?</id>")
    assert ids.findall(files["feed.xml"]) == ids.findall(files_of(example, Edition.PARTNER)["feed.xml"])


def test_a_licence_is_named_where_one_is_decided(example: Path) -> None:
    package = json.loads(files_of(example, Edition.PARTNER)["data/datapackage.json"])
    assert "licenses" not in package and "No licence has been decided yet" in package["description"]
    settings = example / "data/handbook.yml"
    licence = "licence:\n  name: OGL-UK-3.0\n  title: Open Government Licence v3.0\n  url: https://www.nationalarchives.gov.uk/\n"
    settings.write_text(settings.read_text("utf-8") + licence, "utf-8")
    package = json.loads(files_of(example, Edition.PARTNER)["data/datapackage.json"])
    assert package["licenses"] == [
        {"name": "OGL-UK-3.0", "title": "Open Government Licence v3.0", "path": "https://www.nationalarchives.gov.uk/"}
    ]
    assert "Licence: Open Government Licence v3.0." in package["description"]


def test_the_text_of_every_page_is_there_once_in_the_order_of_the_menu(example: Path) -> None:
    text = files_of(example, Edition.PARTNER)["handbook.txt"].decode()
    written = edition_of(example, Edition.PARTNER)
    addresses = re.findall(r"^Address: (.*)$", text, re.MULTILINE)
    assert sorted(addresses) == sorted(page.url for page in written.pages.values())
    assert addresses[0] == "index.html"
    assert "{{" not in text and "{%" not in text
