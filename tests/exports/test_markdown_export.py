"""The export: plain Markdown that shows the same words, leads to the same places, and leaks nothing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from markdown import Markdown

from handbook.audit.site_audit import audit
from handbook.exports.markdown_export import export
from handbook.files.site_marker import MARKER, FolderRefused
from handbook.html.elements import read_html
from handbook.html.to_markdown import MarkdownWriter
from handbook.model.editions import Edition
from tests.audit.canaries import PHRASES, plant
from tests.browser.test_no_scripts import pages
from tests.build.test_build import fingerprint
from tests.conftest import copy_example, copy_with_reports, run
from tests.visible import visible_words

CASES = yaml.safe_load(Path(__file__).with_name("plain.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_html_as_plain_markdown(case: dict[str, str]) -> None:
    writer = MarkdownWriter(lambda target: target, frozenset(["wanted"]))
    assert writer.write(read_html(case["html"])) == case["markdown"]


def as_page(markdown: str) -> str:
    """What a plain reader of Markdown makes of a page."""
    return f"<article>{Markdown(extensions=['fenced_code', 'tables', 'toc']).convert(markdown)}</article>"


@pytest.mark.parametrize("edition", Edition)
def test_every_page_shows_the_same_words(
    edition: Edition, exported: Callable[[Edition], Path], built: Callable[[Edition], Path]
) -> None:
    docs = exported(edition) / "docs"
    exports = {path.relative_to(docs).with_suffix("").as_posix(): path for path in docs.rglob("*.md")}
    site = built(edition)
    assert set(exports) == {name.removesuffix(".html") for name in pages(site)}
    for name, path in exports.items():
        assert visible_words(as_page(path.read_text("utf-8"))) == visible_words(
            (site / f"{name}.html").read_text("utf-8")
        ), name


@pytest.mark.parametrize("edition", Edition)
def test_every_link_leads_to_a_file_and_a_place(edition: Edition, exported: Callable[[Edition], Path]) -> None:
    docs = exported(edition) / "docs"
    pages = {path.relative_to(docs).as_posix(): as_page(path.read_text("utf-8")) for path in docs.rglob("*.md")}
    count = 0
    for path, page in pages.items():
        for target in re.findall(r'(?:href|src)="([^"]+)"', page):
            if target.startswith(("https://", "http://")):
                continue
            file, _, anchor = target.partition("#")
            leads_to = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            assert (docs / leads_to).is_file(), (path, target)
            assert not anchor or f'id="{anchor}"' in pages[leads_to], (path, target)
            count += 1
    assert count > 100


@pytest.mark.parametrize("edition", Edition)
def test_no_html_but_anchors_and_breaks(edition: Edition, exported: Callable[[Edition], Path]) -> None:
    paths = list((exported(edition) / "docs").rglob("*.md"))
    assert paths
    for path in paths:
        text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        assert not re.sub(r'<a id="[\w-]+"></a>|<br>', "", text).count("<"), path


def test_the_audit_reads_an_export(tmp_path: Path) -> None:
    """What is planted for staff alone is found wherever an internal export shows it, and in no partners' one."""
    root = copy_example(tmp_path / "handbook")
    plant(root)
    for edition in Edition:
        export(root, edition, tmp_path / edition)
    partner, internal = ("\n".join(_texts(tmp_path / edition)) for edition in (Edition.PARTNER, Edition.INTERNAL))
    assert audit(root, tmp_path / "partner") == [] and not re.search(r"\bzq[a-z]{4}", partner)
    shown = [name for name in PHRASES if f"zq{name}b" in internal]
    assert len(shown) > 20
    found = "\n".join(finding.found for finding in audit(root, tmp_path / "internal"))
    assert [name for name in shown if f"zq{name}b" not in found] == []


def _texts(folder: Path) -> list[str]:
    return [path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*")) if path.is_file()]


def test_the_guide_may_name_the_file_of_a_page_for_partners(tmp_path: Path) -> None:
    """The export has the page in that file, which is no saying of the guide's."""
    root = copy_with_reports(tmp_path / "handbook", 2)
    notes = root / "docs/internal/notes.md"
    notes.write_text(f"{notes.read_text('utf-8')}\nSee `docs/reports/what-has-changed.md`.\n", "utf-8")
    done = run("handbook.cli", "export", "partner", tmp_path / "export", cwd=root)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "export/docs/reports/what-has-changed.md").is_file()


def test_a_partner_export_does_not_depend_on_what_is_internal(example: Path, tmp_path: Path) -> None:
    export(example, Edition.PARTNER, tmp_path / "before")
    (example / "docs/internal/notes.md").unlink()
    # A section of the menu has a page.
    text = (
        "---\ntitle: Something else\nsummary: In its place.\naudience: internal\n---\n\nNothing of the first is left.\n"
    )
    (example / "docs/internal/something-else.md").write_text(text, "utf-8")
    export(example, Edition.PARTNER, tmp_path / "after")
    assert fingerprint(tmp_path / "before") == fingerprint(tmp_path / "after")


def test_an_export_takes_the_place_of_the_one_before(example: Path, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    export(example, Edition.INTERNAL, folder)
    (folder / "docs/stale.md").write_text("Left from before.")
    export(example, Edition.INTERNAL, folder)
    assert not (folder / "docs/stale.md").exists()
    assert [path.name for path in tmp_path.iterdir() if path != example] == ["export"]


@pytest.mark.parametrize("held", ["something else", "a built site", "the other edition"])
def test_a_folder_that_holds_anything_else_is_left_alone(held: str, example: Path, tmp_path: Path) -> None:
    folder = tmp_path / "held"
    if held == "something else":
        folder.mkdir()
        (folder / "thesis.md").write_text("Ten years of work.")
    elif held == "a built site":
        assert run("mkdocs", "build", "-d", folder, cwd=example).returncode == 0
    else:
        export(example, Edition.INTERNAL, folder)
    before = fingerprint(folder)
    with pytest.raises(FolderRefused):
        export(example, Edition.PARTNER, folder)
    assert fingerprint(folder) == before


def test_a_build_does_not_take_an_export_for_its_own(example: Path, tmp_path: Path) -> None:
    export(example, Edition.INTERNAL, tmp_path / "export")
    done = run("mkdocs", "build", "-d", tmp_path / "export", cwd=example)
    assert done.returncode == 1 and "internal export" in done.stderr
    assert (tmp_path / "export/docs/index.md").is_file()


def test_a_broken_rule_stops_it(example: Path, tmp_path: Path) -> None:
    page = example / "docs/workstreams/neglect.md"
    page.write_text(page.read_text("utf-8") + "\nSee [nothing](nothing.md).\n", "utf-8")
    done = run("handbook.cli", "export", "internal", tmp_path / "export", cwd=example)
    assert done.returncode == 1
    assert done.stderr.startswith("Nothing was exported.\ndocs/workstreams/neglect.md:")
    assert not (tmp_path / "export").exists()


def test_what_partners_may_not_read_is_not_written(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were a page to slip through, the audit would stop it: here one is put among the partners' pages on purpose."""
    from handbook.exports import markdown_export as module

    whole = module.exported
    note = (example / "docs/internal/notes.md").read_bytes()
    monkeypatch.setattr(module, "exported", lambda written: whole(written) | {"docs/slip.md": note})
    folder = tmp_path / "export"
    with pytest.raises(module.NotForPartners, match=r"docs/slip\.md"):
        export(example, Edition.PARTNER, folder)
    assert not folder.exists() and not (folder / MARKER).exists()
