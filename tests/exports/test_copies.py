"""Copies of the example to take away: the zip, the document that is printed, and the PDF."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser

from handbook.build.mkdocs.build import build
from handbook.editions.check import check
from handbook.exports.booklet import booklet
from handbook.exports.embedded_page import anchor, relocated
from handbook.files.manifest import files_in
from handbook.model.editions import Edition
from handbook.release.releases import Releases
from tests.conftest import Once, copy_example
from tests.release.releases import handbook

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def offered(once: Once) -> Path:
    """The example, published in both editions with every copy. Not to be changed."""

    def make(root: Path) -> None:
        done = handbook(copy_example(root), "build", "all", "--zip", "--pdf")
        assert done.returncode == 0, done.stderr
        for name in ("internal.zip", "internal.pdf", "partner.zip", "partner.pdf"):
            assert f"site/{name} holds the" in done.stdout

    return once("copies", make)


# The zip


@pytest.mark.parametrize("edition", Edition)
def test_a_zip_holds_the_published_site_in_one_folder(offered: Path, tmp_path: Path, edition: Edition) -> None:
    with zipfile.ZipFile(offered / f"site/{edition}.zip") as pack:
        pack.extractall(tmp_path)
    [folder] = tmp_path.iterdir()
    assert re.fullmatch(rf"handbook-{edition}-\d{{4}}-\d\d-\d\d", folder.name)
    assert files_in(folder) == files_in((offered / f"site/{edition}").resolve())


def test_the_same_site_gives_the_same_zip(offered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (offered / "site/partner.zip").read_bytes()
    for path in (offered / "site/partner").resolve().rglob("*.html"):
        os.utime(path, (1, 1))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert handbook(offered, "build", "partner", "--zip").returncode == 0
    assert (offered / "site/partner.zip").read_bytes() == before


def test_an_unpacked_zip_opens_from_disk_and_can_be_searched(offered: Path, tmp_path: Path, browser: Browser) -> None:
    with zipfile.ZipFile(offered / "site/partner.zip") as pack:
        pack.extractall(tmp_path)
    [folder] = tmp_path.iterdir()
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "index.html").as_uri())
    page.get_by_label("Search the handbook").fill("neglect")
    page.locator(".search-results a").first.wait_for()
    assert not [url for url in asked if not url.startswith("file:")]
    page.close()


# The document


class _Anchors(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []


@pytest.fixture(scope="module", params=list(Edition))
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The document that each edition of the example is printed from."""
    root = copy_example(tmp_path_factory.mktemp("document") / "handbook")
    site = build(root, request.param)
    return booklet(check(root, [request.param]).editions[request.param], site)


def test_every_link_of_the_document_leads_to_one_place_in_it_or_out_of_the_handbook(document: str) -> None:
    found = _Anchors(document)
    assert max(Counter(found.ids).values()) == 1
    inside = [link.removeprefix("#") for link in found.links if link.startswith("#")]
    assert len(inside) > 10
    assert set(inside) <= set(found.ids)
    assert all(link.startswith(("#", "https://", "http://", "mailto:", "tel:")) for link in found.links)


def test_the_document_has_nothing_to_press_and_nothing_folded_away(document: str) -> None:
    found = _Anchors(document)
    assert not found.tags["button"] and not found.tags["script"]
    assert "popover" not in document
    assert document.count("<details") == document.count(' open="">') + document.count(" open>")


def test_a_page_is_moved_with_its_ids_links_pictures_and_headings() -> None:
    html = (
        '<p>Around.</p><article class="x"><h1 id="top">A &amp; B</h1><h6>Deep</h6>'
        '<a href="../index.html#risks">Risks</a><a href="#top">Up</a><a href="data.csv">Data</a>'
        '<a href="https://example.org/">Out</a><img src="../assets/a.png" alt="A picture">'
        '<button>Press <b>me</b></button><small popover id="n">Note</small>'
        '<svg aria-labelledby="t d"><title id="t">T</title><path marker-end="url(#m)"/></svg>'
        "<details><summary>S</summary>In</details></article><p>After.</p>"
    )
    assert relocated(html, "a/page.html", {"index.html", "a/page.html"}) == (
        '<h2 id="a-page--top">A &amp; B</h2><h6>Deep</h6>'
        '<a href="#index--risks">Risks</a><a href="#a-page--top">Up</a><a>Data</a>'
        '<a href="https://example.org/">Out</a><img src="assets/a.png" alt="A picture">'
        '<small id="a-page--n">Note</small>'
        '<svg aria-labelledby="a-page--t a-page--d"><title id="a-page--t">T</title><path marker-end="url(#a-page--m)"/></svg>'
        '<details open=""><summary>S</summary>In</details>'
    )
    assert anchor("a/page.html") == "a-page--"


# The PDF


@pytest.fixture(scope="module")
def pdf(offered: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO((offered / "site/partner.pdf").read_bytes()))


def test_a_pdf_is_tagged_and_says_its_language_and_title(pdf: pypdf.PdfReader) -> None:
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in pdf.root_object
    assert pdf.root_object["/Lang"] == "en"
    assert pdf.metadata and pdf.metadata.title == "Example handbook"


def test_a_pdf_has_bookmarks_and_links_that_lead_within_it(pdf: pypdf.PdfReader) -> None:
    titles = [mark.title for mark in _flat(pdf.outline)]
    assert "Contents" in titles
    assert "Neglect" in titles
    assert not [title for title in titles if title[: len(title) // 2] * 2 == title], "a heading is said twice"
    contents = pdf.pages[1]
    assert "Contents" in contents.extract_text()
    leads = [note.get_object() for note in contents["/Annots"]]
    assert leads and all("/Dest" in note or note["/A"]["/S"] == "/GoTo" for note in leads)
    assert {str(note["/Dest"]).removeprefix("/") for note in leads if "/Dest" in note} <= {
        name.removeprefix("/") for name in pdf.named_destinations
    }


def test_a_pdf_numbers_its_pages_and_holds_no_path_of_the_machine(offered: Path, pdf: pypdf.PdfReader) -> None:
    count = len(pdf.pages)
    assert all(f"{number} of {count}" in page.extract_text() for number, page in enumerate(pdf.pages, 1) if number > 1)
    addresses = [
        str(note.get_object().get("/A", {}).get("/URI", "")) for page in pdf.pages for note in page.get("/Annots", [])
    ]
    assert not [address for address in addresses if address.startswith("file:")]
    assert str(offered).encode() not in (offered / "site/partner.pdf").read_bytes()


def _flat(outline: list) -> list:
    return [one for item in outline for one in (_flat(item) if isinstance(item, list) else [item])]


# Beside the release


def test_a_copy_goes_with_its_release(offered: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(offered, tmp_path / "handbook", symlinks=True))
    before = (root / "site/internal.zip").read_bytes()
    page = root / "docs/index.md"
    page.write_text(page.read_text("utf-8") + "\nOne sentence more.\n", "utf-8")
    assert handbook(root, "build", "internal").returncode == 0
    assert not (root / "site/internal.zip").exists(), "a release without a copy offers none"
    assert handbook(root, "build", "internal", "--zip").returncode == 0
    assert (root / "site/internal.zip").read_bytes() != before
    assert handbook(root, "rollback", "internal").returncode == 0
    assert (root / "site/internal.zip").read_bytes() == before
    assert handbook(root, "verify", "internal").returncode == 0


def test_where_there_are_no_links_the_copy_lies_beside_the_site(tmp_path: Path) -> None:
    (tmp_path / "site/partner").mkdir(parents=True)
    (tmp_path / "site/releases/partner-1").mkdir(parents=True)
    Releases(tmp_path, Edition.PARTNER).offer(1, "partner.zip", b"packed")
    assert (tmp_path / "site/partner.zip").read_bytes() == b"packed"


def test_without_chromium_the_site_is_published_and_the_cure_is_told(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDBOOK_CHROMIUM", "no-such-program")
    done = handbook(example, "build", "partner", "--pdf")
    assert done.returncode == 1
    assert "HANDBOOK_CHROMIUM names no program (found no-such-program)" in done.stderr
    assert "Traceback" not in done.stderr
    assert (example / "site/partner/index.html").is_file()
    assert not (example / "site/partner.pdf").exists()


def test_the_document_is_audited_before_it_is_printed(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever puts words of staff into the document, they are not printed for partners."""
    from handbook.exports import create_copy as module

    assert handbook(example, "build", "partner").returncode == 0
    notes = (example / "docs/internal/notes.md").read_text("utf-8")
    leak = f"<p>{notes.rpartition('---')[2]}</p>"
    monkeypatch.setattr(module, "booklet", lambda written, site: booklet(written, site) + leak)
    with pytest.raises(module.NotCopied, match="partners may not read"):
        module.copy_of(module.CopyKind.PDF, example, Edition.PARTNER, (example / "site/partner").resolve())
