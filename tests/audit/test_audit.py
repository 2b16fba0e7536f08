"""The audit: every canary planted in what only staff may read is found, and nothing right is refused."""

from __future__ import annotations

import re
import shutil
from base64 import b64encode
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest

from handbook.audit.site_audit import Finding, audit
from handbook.html.plain_words import GAP
from handbook.model.editions import Edition
from handbook.outputs.search.index import FOLDER
from tests.audit.canaries import PHRASES, SENTENCE, WORDS, phrase, plant, word
from tests.audit.planted import (
    chunk,
    docx,
    exif,
    gzipped,
    jpeg,
    pdf,
    pdf_in_codes,
    png,
    png_packed_text,
    png_text,
    png_world_text,
    segment,
    stream,
    webp,
    xmp,
    zipped,
)
from tests.conftest import Once, copy_example, run


@pytest.fixture(scope="module")
def planted(once: Once) -> Path:
    """The example handbook with every canary, and both editions of it built."""

    def make(root: Path) -> None:
        plant(copy_example(root))
        for config in ("mkdocs.yml", "mkdocs.partner.yml"):
            done = run("mkdocs", "build", "--strict", "-f", config, cwd=root)
            assert done.returncode == 0, done.stderr

    return once("canaries", make)


@pytest.fixture(scope="module")
def found(planted: Path) -> list[Finding]:
    """What the audit finds in the internal edition, read as if it were the partners'."""
    return audit(planted, planted / "build/internal")


@pytest.mark.parametrize("name", PHRASES)
def test_a_canary_in_words_is_found(name: str, found: list[Finding]) -> None:
    assert [finding for finding in found if f"zq{name}b" in finding.found]


@pytest.mark.parametrize("name", WORDS)
def test_a_canary_that_is_one_word_is_found(name: str, found: list[Finding]) -> None:
    assert [finding for finding in found if re.search(rf"\bzq{name}\b", finding.found.lower())]


def test_the_partner_edition_holds_no_canary(planted: Path) -> None:
    site = planted / "build/partner"
    assert audit(planted, site) == []
    for path in site.rglob("*"):
        assert "zq" not in path.name
        # Every canary starts with letters that no word of the example or of English does.
        assert not path.is_file() or not re.search(rb"\bzq[a-z]{4}", path.read_bytes()), path


LEAK = phrase("bodytext")
_BYTES = LEAK.encode()
_ODD = "".join(f"&#{ord(letter)};" for letter in LEAK)
_HEX = LEAK.encode().hex().encode()
_PNG_LEAK = png(png_world_text(LEAK, packed=False))


def _deep(data: bytes, times: int) -> bytes:
    for number in range(times):
        data = zipped({f"{number}.zip" if number else "a.txt": data})
    return data


# What is put into a partner site that was clean, by the name of the file, and what the audit has to say of it.
LEAKS: dict[str, tuple[bytes | str, str]] = {
    # However it is spelled
    "curly.html": (SENTENCE.replace("'", "\u2019").replace('"red"', "\u201cred\u201d").encode(), "panels red rating"),
    "capitals.txt": (SENTENCE.upper().encode(), "panels red rating"),
    "spaces.txt": (SENTENCE.replace(" ", "\u00a0\n").encode(), "panels red rating"),
    "hyphens.txt": (SENTENCE.replace("a", "a\u00ad\u200b").encode(), "panels red rating"),
    "letters.txt": (
        "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in SENTENCE).encode(),
        "panels red rating",
    ),
    "entities.html": (_ODD.encode(), "zqbodytextb"),
    "twice.html": (_ODD.replace("&", "&amp;").encode(), "zqbodytextb"),
    "percent.js": (f'x="{quote(LEAK)}"'.encode(), "zqbodytextb"),
    "percent-all.txt": ("".join(f"%{ord(letter):02x}" for letter in LEAK).encode(), "zqbodytextb"),
    "escapes.json": ('{"x": "' + "".join(f"\\u{ord(letter):04x}" for letter in LEAK) + '"}', "zqbodytextb"),
    "escapes.js": ("x='" + "".join(f"\\x{ord(letter):02x}" for letter in LEAK) + "'", "zqbodytextb"),
    "escapes.css": ("a::after{content:'" + "".join(f"\\{ord(letter):x} " for letter in LEAK) + "'}", "zqbodytextb"),
    "inside.html": ("<p>" + LEAK.replace("text", "t<b>e</b>x<!-- . -->t") + "</p>", "zqbodytextb"),
    "items.html": ("".join(f"<li>{part}</li>" for part in LEAK.split()), "zqbodytextb"),
    # Wherever it is hidden
    "comment.css": (f"/* {LEAK} */", "zqbodytextb"),
    "comment.html": (f"<!-- {LEAK} -->", "zqbodytextb"),
    "attribute.html": (f"<p data-x='{LEAK}'>", "zqbodytextb"),
    "script.html": (f"<script>var x = [1, '{LEAK}']</script>", "zqbodytextb"),
    "words.js": (f'window.parts["words-0"]="yet !#\ue000{word("title")} *)\ue000zoo ]("', "zqtitle"),
    "style.html": (f"<style>/* {LEAK} */</style>", "zqbodytextb"),
    "template.html": (f"<template><noscript>{LEAK}</noscript></template>", "zqbodytextb"),
    "feed.xml": (
        f"<feed><content type='html'>&lt;p&gt;{LEAK.replace(' ', ' &lt;i&gt;&lt;/i&gt;')}&lt;/p&gt;</content></feed>",
        "zqbodytextb",
    ),
    "cdata.xml": (f"<feed><![CDATA[{LEAK}]]></feed>", "zqbodytextb"),
    "drawing.svg": (f"<svg><desc>{LEAK}</desc></svg>", "zqbodytextb"),
    "cells.csv": (",".join(LEAK.split()), "zqbodytextb"),
    "text.md": (LEAK.replace(" ", " **"), "zqbodytextb"),
    "across-a-link.md": (LEAK.replace(" ", '](figures.md#trained "Seen in October") ', 1), "zqbodytextb"),
    "title-of-a-link.md": (f'[over 700](figures.md "{LEAK}")', "zqbodytextb"),
    "heading.md": (f"## {word('title')}\n", "zqtitle"),
    "sibling.md": ("[more](internal/notes.md)", "internal/notes"),
    "ordinary.md": ("- [Notes](figures.md)", "notes"),
    "address.html": (f"<img src='data:image/png;base64,{b64encode(_PNG_LEAK).decode()}'>", "zqbodytextb"),
    "text.png": (png(png_text(LEAK)), "zqbodytextb"),
    "packed.png": (png(png_packed_text(LEAK)), "zqbodytextb"),
    "world.png": (png(png_world_text(LEAK)), "zqbodytextb"),
    "exif.png": (png(chunk(b"eXIf", exif(LEAK))), "zqbodytextb"),
    "wide.png": (png(chunk(b"prVt", LEAK.encode("utf-16-le"))), "zqbodytextb"),
    "tail.png": (png(tail=_BYTES), "zqbodytextb"),
    "comment.jpg": (jpeg(segment(0xFE, _BYTES)), "zqbodytextb"),
    "exif.jpg": (jpeg(segment(0xE1, b"Exif\0\0" + exif(LEAK))), "zqbodytextb"),
    "xmp.jpeg": (jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(_ODD))), "zqbodytextb"),
    "tail.jpg": (jpeg(tail=_BYTES), "zqbodytextb"),
    "xmp.webp": (webp((b"XMP ", xmp(LEAK))), "zqbodytextb"),
    "exif.webp": (webp((b"EXIF", exif(LEAK))), "zqbodytextb"),
    "file.zip": (zipped({"a/b.html": _BYTES}), "zqbodytextb"),
    "remark.zip": (zipped({"a.txt": b"."}, remark=LEAK), "zqbodytextb"),
    "comment.zip": (zipped({"a.txt": b"."}, comment=LEAK), "zqbodytextb"),
    "name.zip": (zipped({f"{LEAK}.txt": b"."}), "zqbodytextb"),
    "nested.zip": (zipped({"a.zip": zipped({"b.txt.gz": gzipped(_BYTES)})}), "zqbodytextb"),
    "file.txt.gz": (gzipped(_BYTES), "zqbodytextb"),
    "two.txt.gz": (gzipped(b"harmless") + gzipped(b" " + _BYTES), "zqbodytextb"),
    "name.txt.gz": (gzipped(b".", name=LEAK), "zqbodytextb"),
    "runs.docx": (docx(LEAK.replace("text", "te|xt")), "zqbodytextb"),
    "core.docx": (docx("Nothing", core=LEAK), "zqbodytextb"),
    "plain.pdf": (pdf(stream(b"BT /F1 9 Tf (" + _BYTES + b") Tj ET", packed=False)), "zqbodytextb"),
    "packed.pdf": (pdf(stream(b"BT /F1 9 Tf (" + _BYTES + b") Tj ET")), "zqbodytextb"),
    "kerned.pdf": (
        pdf(stream(b"BT [(" + _BYTES.replace(b" ", b")-300(").replace(b"text", b"te)12(xt") + b")] TJ ET")),
        "zqbodytextb",
    ),
    "lines.pdf": (pdf(stream(b"BT (" + _BYTES.replace(b" ", b") Tj 0 -14 Td (") + b") Tj ET")), "zqbodytextb"),
    "hex.pdf": (pdf(stream(b"BT <" + _HEX + b"> Tj ET")), "zqbodytextb"),
    "codes.pdf": (pdf_in_codes(LEAK), "zqbodytextb"),
    "title.pdf": (pdf(info=b"/Title (" + _BYTES + b")"), "zqbodytextb"),
    "wide-title.pdf": (pdf(info=b"/Title <feff" + LEAK.encode("utf-16-be").hex().encode() + b">"), "zqbodytextb"),
    "xmp.pdf": (pdf(stream(xmp(LEAK), more=b"/Type/Metadata/Subtype/XML")), "zqbodytextb"),
    "objects.pdf": (pdf(stream(b"7 0 <</Title (" + _BYTES + b")>>", more=b"/Type/ObjStm/N 1/First 4")), "zqbodytextb"),
    f"{word('pagename')}.txt": (b"harmless", "zqpagename"),
    "words/" + LEAK.replace(" ", "-") + ".txt": (b"harmless", "zqbodytextb"),
    # Names, ids, paths and people
    "title.html": (f"<li><a href='#'>{word('title')}</a></li>", "zqtitle"),
    "ordinary.html": ("<li><a href='#'>Notes</a></li>", "Notes"),
    "ordinary.json": ('{"title": "notes"}', "notes"),
    "id.html": ("<p id='person-director'>", "person-director"),
    "composed.json": ('{"x": "person-person-director-2"}', "person-person-director-2"),
    "anchor.html": ("<a href='figures.html#overspend'>", "overspend"),
    "internal/sibling.html": ("<a href='notes.html'>", "notes.html"),
    "path.js": ('go("/handbook/internal/notes/")', "internal/notes"),
    "source.txt": ("docs/internal/notes.md:4", "docs/internal/notes"),
    "records.txt": ("See data/people.yml", "data/people"),
    "name.txt": ("Ask ADA\u00a0Example", "ada example"),
    "turned.txt": ("Example, Ada", "example ada"),
    "surname.html": (f"Mx <b>{word('surname')}</b> said", "zqsurname"),
    "email.txt": ("Write to a.person@example.gov.uk", "a.person@example.gov.uk"),
    "email.html": ("<a href='mailto:a.person%40example.gov.uk'>", "a.person@example.gov.uk"),
    "moved.csv": (f'year,remark\n2021,"{phrase("csvcell")}"\n', "moved.csv"),
    # What cannot be read is not passed over
    "unknown.bin": (b"harmless", "nothing is known"),
    "no-ending": (b"harmless", "nothing is known"),
    "unknown.zip": (zipped({"a.exe": b"harmless"}), "nothing is known"),
    "false.png": (_BYTES, "not what its name says"),
    "wide.txt": (LEAK.encode("utf-16"), "damaged"),
    "cut.png": (png()[:-14], "damaged"),
    "cut.zip": (zipped({"a.txt": b"harmless"})[:-8], "damaged"),
    "cut.txt.gz": (gzipped(b"harmless" * 99)[:-12], "ends too soon"),
    "deep.zip": (_deep(b"harmless", 7), "too deep"),
    "bomb.txt.gz": (gzipped(b"\0" * 210_000_000), "more comes out"),
    "locked.pdf": (pdf(info=b"/Encrypt 5 0 R"), "locked"),
    "attached.pdf": (pdf(stream(b"harmless", more=b"/Type/EmbeddedFile")), "file attached"),
    "codes-only.pdf": (pdf(b"<</Type/Font/Subtype/Type0/Encoding/Identity-H>>"), "what its codes mean"),
    "lzw.pdf": (pdf(b"<</Filter/LZWDecode/Length 4>>stream\nabcd\nendstream"), "packed with LZW"),
}

# Much the same, and right.
HARMLESS: dict[str, bytes | str] = {
    "page.html": "<p id='neglect-tool'>Six words that nobody has hidden.</p><a href='workstreams/neglect.html#risks'>",
    "five.html": f"<p>{' '.join(LEAK.split()[:5])}</p>",
    "notes.html": "<p>The notes of the money team say so.</p>",
    "list.json": '{"a": ["It is not overspent", "50% of 2021", "C:\\\\Users"], "retina": "logo@2x.png", "v": "x@1.2.3"}',
    "all.zip": zipped({"a.html": b"<p>Fine", "b/c.txt.gz": gzipped(b"Fine")}, comment="Fine"),
    "fine.docx": docx("All| is| well", core="Fine"),
    "fine.pdf": pdf(stream(b"BT (All is \\(well\\)) Tj ET"), info=b"/Title (Fine)"),
    "codes.pdf": pdf_in_codes("All is well here"),
    "fine.png": png(png_text("Fine"), png_packed_text("Fine"), png_world_text("Fine"), chunk(b"eXIf", exif("Fine"))),
    "fine.jpg": jpeg(segment(0xE1, b"Exif\0\0" + exif("Fine")), segment(0xFE, b"Fine")),
    "fine.webp": webp((b"XMP ", xmp("Fine"))),
    "fine.woff2": b"wOF2\0\1\0\0",
    "empty.txt": b"",
}


def put(folder: Path, files: dict[str, bytes | str]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


@pytest.fixture(scope="module")
def leaky(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """What the audit finds in a clean partner site after every leak is put into it."""
    site = tmp_path_factory.mktemp("leaky") / "site"
    shutil.copytree(planted / "build/partner", site)
    put(site, {name: data for name, (data, _) in LEAKS.items()})
    (site / "link.html").symlink_to(planted / "docs/internal/notes.md")
    return audit(planted, site)


@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_is_found(name: str, leaky: list[Finding]) -> None:
    said = [str(finding) for finding in leaky if finding.path == name or finding.path.startswith(f"{name}: ")]
    assert [line for line in said if LEAKS[name][1] in line], said


def test_a_link_is_found_and_not_followed(leaky: list[Finding]) -> None:
    assert [finding.what for finding in leaky if finding.path == "link.html"] == ["A link, not a file"]


def test_nothing_else_is_found(planted: Path, leaky: list[Finding], tmp_path: Path) -> None:
    assert {finding.path.partition(": ")[0] for finding in leaky} == {*LEAKS, "link.html"}
    put(tmp_path, HARMLESS)
    assert audit(planted, tmp_path) == []


def test_a_finding_says_where_it_is_where_it_comes_from_and_the_cure(leaky: list[Finding]) -> None:
    line = next(str(finding) for finding in leaky if finding.path == "title.html")
    page = f"docs/internal/{word('foldername')}/{word('pagename')}.md"
    assert line == (
        f"title.html: Title of an internal page (found zqtitle), from {page}:2. "
        "Do not publish this. Take away what shows it, or make what it comes from partner."
    )


def test_words_that_stand_side_by_side_in_the_index_are_no_name(planted: Path, tmp_path: Path) -> None:
    """A name that staff alone know may be made of two words that partners read, and that the alphabet puts in a row."""
    root = tmp_path / "handbook"
    shutil.copytree(planted, root, symlinks=True)
    site = root / "build/partner"
    page = root / "docs/internal/notes.md"
    part = next(iter((site / FOLDER).glob("words-*")))
    lines = part.read_text("utf-8").split(GAP)[1:-1]
    found = [line.partition(" ")[0] for line in lines]
    one, two = next(pair for pair in pairwise(found) if all(word.isalpha() and len(word) > 5 for word in pair))
    page.write_text(re.sub("(?m)^title: .*$", f"title: {one.capitalize()} {two}", page.read_text("utf-8")), "utf-8")
    assert audit(root, site) == []
    part.write_text(part.read_text("utf-8").replace(GAP, "\n"), "utf-8")
    assert [finding.found for finding in audit(root, site)] == [f"{one} {two}"]


def test_the_command_tells_and_exits(planted: Path, tmp_path: Path) -> None:
    clean = run("handbook.cli", "audit", "build/partner", cwd=planted)
    assert (clean.returncode, clean.stdout) == (0, "Nothing found that partners may not read.\n"), clean.stderr
    put(tmp_path, {"a.txt": "Write to a.person@example.gov.uk"})
    leaky = run("handbook.cli", "audit", tmp_path, cwd=planted)
    assert leaky.returncode == 1
    assert leaky.stdout == (
        "a.txt: An e-mail address (found a.person@example.gov.uk). Take it away.\n1 thing that partners may not read.\n"
    )


def test_the_command_refuses_to_audit_nothing(planted: Path, example: Path, tmp_path: Path) -> None:
    nothing = run("handbook.cli", "audit", tmp_path / "nowhere", cwd=planted)
    assert nothing.returncode == 1
    assert "There is no site here" in nothing.stderr
    # A page for partners that leans on what is internal says nothing of what partners may read.
    page = example / "docs/index.md"
    page.write_text(page.read_text("utf-8") + '\n{{ figure("overspend") }}\n', "utf-8")
    leaning = run("handbook.cli", "audit", planted / "build/partner", cwd=example)
    assert leaning.returncode == 1
    assert "docs/index.md:18" in leaning.stderr
    # What is internal on a page that cannot be read is not known.
    (example / "docs/internal/notes.md").write_text("No front matter", "utf-8")
    broken = run("handbook.cli", "audit", planted / "build/partner", cwd=example)
    assert broken.returncode == 1
    assert "docs/internal/notes.md:1" in broken.stderr
    assert "Traceback" not in nothing.stderr + leaning.stderr + broken.stderr


def test_the_folder_of_the_build_is_found(unchanged: Path, tmp_path: Path) -> None:
    put(tmp_path, {"a.map": f'{{"file": "{unchanged}/overrides/main.html"}}'})
    assert {finding.what for finding in audit(unchanged, tmp_path)} == {"The folder that the site was built from"}


def test_a_surname_on_a_page_for_partners_is_found_though_the_page_is_public(example: Path, tmp_path: Path) -> None:
    people = example / "data/people.yml"
    people.write_text(people.read_text("utf-8").replace("Ada Example", "Ada Zquill"), "utf-8")
    page = example / "docs/index.md"
    page.write_text(page.read_text("utf-8") + "\nZquill said so.\n", "utf-8")
    put(tmp_path / "site", {"index.html": "<p>Zquill said so.</p>"})
    assert [finding.found for finding in audit(example, tmp_path / "site")] == ["zquill"]


def test_the_contact_of_the_handbook_is_no_leak(example: Path, tmp_path: Path) -> None:
    settings = example / "data/handbook.yml"
    settings.write_text(settings.read_text("utf-8") + "contact: progress@example.gov.uk\n", "utf-8")
    put(tmp_path / "site", {"a.txt": "Write to progress@example.gov.uk or to another@example.gov.uk"})
    assert [finding.found for finding in audit(example, tmp_path / "site")] == ["another@example.gov.uk"]


def test_a_partner_edition_of_every_kind_of_page_holds_nothing_internal(
    built: Callable[[Edition], Path], site_root: Path
) -> None:
    assert audit(site_root, built(Edition.PARTNER)) == []


def test_an_internal_edition_of_every_kind_of_page_is_full_of_it(
    built: Callable[[Edition], Path], site_root: Path
) -> None:
    found = audit(site_root, built(Edition.INTERNAL))
    assert len(found) > 200
    assert {finding.origin.path for finding in found if finding.origin} > {
        "data/people.yml",
        "docs/programme/money.md",
    }
