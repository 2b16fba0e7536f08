"""From a page to its file, and from a figure to its record: in the internal edition, where it is set, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.audit.site_audit import audit
from tests.conftest import run

GITHUB = "https://github.com/example/handbook/edit/main/{path}#L{line}"
GITLAB = "https://gitlab.com/example/handbook/-/edit/main/{path}#L{line}"
LINK = re.compile(r'<a[^>]* href="([^"]*)"[^>]*>Edit this (page|figure)</a>')


def built(root: Path, repository: str) -> dict[str, str]:
    """Every page of both editions, by its path under build/."""
    settings = root / "data/handbook.yml"
    if repository:
        settings.write_text(f"repository: {repository}\n" + settings.read_text("utf-8"), "utf-8")
    for config in ("mkdocs.yml", "mkdocs.partner.yml"):
        done = run("mkdocs", "build", "-f", config, cwd=root)
        assert done.returncode == 0, done.stderr
    pages = (root / "build").rglob("*.html")
    return {path.relative_to(root / "build").as_posix(): path.read_text("utf-8") for path in pages}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, dict[str, str]]]:
    from tests.conftest import copy_example

    made = {}
    for name, repository in (("github", GITHUB), ("gitlab", GITLAB), ("unset", "")):
        root = copy_example(tmp_path_factory.mktemp(name) / "handbook")
        made[name] = root, built(root, repository)
    return made


Sites = dict[str, tuple[Path, dict[str, str]]]


@pytest.mark.parametrize(("host", "form"), [("github", GITHUB), ("gitlab", GITLAB)])
def test_every_internal_page_leads_to_its_file_and_every_figure_to_its_line(sites: Sites, host: str, form: str) -> None:
    root, pages = sites[host]
    start = form.partition("{path}")[0]
    figures = 0
    for source in (root / "docs").rglob("*.md"):
        shown = source.relative_to(root).as_posix()
        page = pages["internal/" + source.relative_to(root / "docs").with_suffix(".html").as_posix()]
        found = LINK.findall(page)
        assert [address for address, what in found if what == "page"] == [f"{start}{shown}#L1"]
        for address, what in found:
            assert address.startswith(start)
            path, _, line = address.removeprefix(start).partition("#L")
            text = (root / path).read_text("utf-8").split("\n")[int(line) - 1]
            assert what == "page" or re.fullmatch(r"(trained|turnover|overspend):", text)
            figures += what == "figure"
    # In the notes of the pages that speak of figures, and in the register.
    assert figures >= 4


def test_no_page_for_partners_has_one_and_the_audit_agrees(sites: Sites) -> None:
    for host in ("github", "gitlab"):
        root, pages = sites[host]
        partner = {path: page for path, page in pages.items() if path.startswith("partner/")}
        assert partner and not [path for path, page in partner.items() if "Edit this" in page]
        assert audit(root, root / "build/partner") == []


def test_partners_site_does_not_depend_on_it(sites: Sites) -> None:
    files = [
        {path.relative_to(root): path.read_bytes() for path in (root / "build/partner").rglob("*") if path.is_file()}
        for root, _ in sites.values()
    ]
    assert files[0] == files[1] == files[2]


def test_unset_there_is_none(sites: Sites) -> None:
    _, pages = sites["unset"]
    assert not [path for path, page in pages.items() if "Edit this" in page]


@pytest.mark.parametrize(
    "leak",
    [
        '<a href="https://github.com/example/handbook/edit/main/docs/index.md#L1">Edit this page</a>',
        "<p>See https://GitHub.com/Example/handbook/edit/main/ for more.</p>",
        "<!-- https://github.com/example/handbook/edit/main/x -->",
        '<i data-at="https:&#47;&#47;github.com/example/handbook/edit/main/x">x</i>',
    ],
)
def test_the_audit_refuses_a_site_that_holds_the_address(sites: Sites, leak: str, tmp_path: Path) -> None:
    root, _ = sites["github"]
    (tmp_path / "index.html").write_text(f"<!doctype html><html><body>{leak}</body></html>", "utf-8")
    assert "The address where the handbook's files are changed" in {finding.what for finding in audit(root, tmp_path)}
