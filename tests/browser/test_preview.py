"""The live preview in a real browser: what is saved is shown where the reader was, and what is wrong is told in the page."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import faults
from tests.browser.conftest import REFUSED
from tests.conftest import override
from tests.preview.running import PATIENCE, Preview, edit, previewing, until

expect.set_options(timeout=PATIENCE * 1000)
NEGLECT = "docs/workstreams/neglect.md"
LONG = "".join(f"\n\nA sentence of no. {word} meaning." for word in ["little"] * 60)


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of a preview in a window, which holds errors of scripts and what the policy refuses to be faults."""
    errors: list[str] = []
    contexts = []

    def opened(preview: Preview, path: str, width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 600}, color_scheme=scheme)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.add_init_script(REFUSED)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "the policy refused" in said.text else None)
        page.goto(f"{preview.address}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors


def shows(page: Page, text: str) -> None:
    expect(page.locator("main")).to_contain_text(text)


def test_what_is_saved_is_shown_where_the_reader_was(example: Path, window: Callable[..., Page]) -> None:
    edit(example / NEGLECT, "## Risks", f"{LONG}\n\n## Risks")
    with previewing(example) as preview:
        page = window(preview, "workstreams/neglect.html")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = !one.open)")
        opened = page.evaluate("[...document.querySelectorAll('details')].map(one => one.open)")
        assert opened, "there is something to open"
        page.evaluate("scrollTo({ top: 1234, behavior: 'instant' })")
        assert page.evaluate("scrollY") == 1234
        edit(example / NEGLECT, "watches", "keeps watch over it")
        shows(page, "keeps watch over it")
        assert page.evaluate("scrollY") == 1234
        assert page.evaluate("[...document.querySelectorAll('details')].map(one => one.open)") == opened
        edit(example / "data/figures/neglect.yml", '"700"', '"732"')
        shows(page, "over 732 people")
        assert page.evaluate("scrollY") == 1234
        # Another page's change leaves this one alone.
        page.evaluate("window.untouched = true")
        before = preview.told()["site"]
        edit(example / "docs/internal/notes.md", "summary: ", "summary: Newly said. ")
        until(lambda: preview.told()["site"] > before)
        assert "Newly said" in preview.get("internal/notes.html")
        page.wait_for_timeout(300)
        assert page.evaluate("window.untouched")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_what_is_wrong_is_told_in_the_page_and_goes_when_mended(
    example: Path, window: Callable[..., Page], width: int, scheme: str
) -> None:
    with previewing(example) as preview:
        page = window(preview, "workstreams/neglect.html", width, scheme)
        alert = page.get_by_role("alert")
        expect(alert).to_be_empty()
        edit(example / NEGLECT, "Staff learn", 'Staff {{ figure("trainde") }} learn')
        edit(example / "data/figures/neglect.yml", "better: up", "bettor: up")
        expect(alert).to_contain_text("docs/workstreams/neglect.md:19: No figure has this id (found trainde).")
        expect(alert).to_contain_text("data/figures/neglect.yml:7: Unknown key (found bettor). Did you mean better?")
        expect(alert).to_contain_text("2 problems in the handbook. You see the last good page below.")
        shows(page, "Staff learn")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert not faults(page)
        alert.locator("summary").click()
        expect(alert.locator("li").first).to_be_hidden()
        edit(example / "data/figures/neglect.yml", "bettor: up", "better: up")
        expect(alert).to_contain_text("1 problem in the handbook.")
        expect(alert.locator("li").first).to_be_hidden()
        edit(example / NEGLECT, 'Staff {{ figure("trainde") }} learn', "Staff soon learn")
        shows(page, "Staff soon learn")
        expect(page.get_by_role("alert")).to_be_empty()
    assert "docs/workstreams/neglect.md:19: No figure has this id" in preview.said
    assert "Mended." in preview.said


def test_a_handbook_with_a_mistake_is_served_and_shown_when_it_is_mended(
    example: Path, window: Callable[..., Page]
) -> None:
    edit(example / "data/handbook.yml", "as_at: 2021-12-21", "as_at: 21/12/2021")
    with previewing(example) as preview:
        page = window(preview, "risks.html")
        expect(page.get_by_role("heading", level=1)).to_have_text("Nothing to show yet")
        expect(page.get_by_role("alert")).to_contain_text("Not a day (found 21/12/2021")
        assert not faults(page)
        edit(example / "data/handbook.yml", "as_at: 21/12/2021", "as_at: 2021-12-21")
        expect(page.get_by_role("heading", level=1)).to_have_text("Risks")


def test_nothing_is_lost_when_git_changes_many_files_at_once(example: Path, window: Callable[..., Page]) -> None:
    def git(*command: str) -> None:
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b.example", *command], cwd=example, check=True)

    names = [f"page-{number}" for number in range(10)]

    def write(word: str) -> None:
        for order, name in enumerate(names, 50):
            header = f"---\ntitle: Page {name}\nsummary: It says {word}.\naudience: internal\norder: {order}\n---\n\n"
            (example / f"docs/internal/{name}.md").write_text(f"{header}Word: {word}.\n", "utf-8")

    git("init", "-q", "-b", "one")
    write("first")
    git("add", "docs", "data")
    git("commit", "-qm", "one")
    git("switch", "-q", "-c", "two")
    write("second")
    edit(example / "data/figures/neglect.yml", '"700"', '"733"')
    git("commit", "-qam", "two")
    git("switch", "-q", "one")
    with previewing(example) as preview:
        page = window(preview, "internal/page-9.html")
        for branch, word, figure in (("two", "second", "733"), ("one", "first", "700"), ("two", "second", "733")):
            git("switch", "-q", branch)
            shows(page, f"Word: {word}.")
            until(lambda word=word: all(f"Word: {word}." in preview.get(f"internal/{name}.html") for name in names))
            assert f"over {figure}" in preview.get("workstreams/neglect.html")
            assert not preview.told()["problems"]


def test_the_look_the_configuration_and_the_code_are_watched(example: Path, window: Callable[..., Page]) -> None:
    edit(
        example / "docs/risks.md", "{{ risk_register() }}", '{{ risk_register() }}\n\n{{ mitigations("staff-leave") }}'
    )
    with previewing(example) as preview:
        page = window(preview, "risks.html")
        style = override(example, "assets/stylesheets/content.css")
        style.write_text(f"{style.read_text('utf-8')}\nbody h1 {{ letter-spacing: 7px !important; }}\n", "utf-8")
        expect(page.locator("h1")).to_have_css("letter-spacing", "7px")
        edit(override(example, "partials/nav.html"), "{% endfor %}", "{% endfo %}")
        expect(page.get_by_role("alert")).to_contain_text("overrides/partials/nav.html:20: The template cannot be used")
        edit(example / "overrides/partials/nav.html", "{% endfo %}", "{% endfor %}")
        expect(page.get_by_role("alert")).to_be_empty()
        edit(example / "mkdocs.yml", "permalink: false", "permalinks: false")
        expect(page.get_by_role("alert")).to_contain_text("mkdocs.yml:")
        edit(example / "mkdocs.yml", "permalinks: false", "permalink: false")
        expect(page.get_by_role("alert")).to_be_empty()
        edit(example / "macros/mitigations.py", "- {escape", "- {{escape")
        expect(page.get_by_role("alert")).to_contain_text("macros/mitigations.py:14: Python cannot read this line")
        edit(example / "macros/mitigations.py", "- {{escape", "- Now: {escape")
        shows(page, "Now: Pay is looked at each year.")
        expect(page.get_by_role("alert")).to_be_empty()
