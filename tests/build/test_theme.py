"""The engine's theme: a handbook's overrides win over it, and nothing stands in a page that is of no use there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring

from handbook.build.mkdocs.build import build
from handbook.build.mkdocs.configuration import configuration
from handbook.model.editions import Edition
from handbook.model.locations import THEME
from tests.conftest import ROOT, Once, copy_example, override

STYLES, SCRIPTS = (
    "".join(path.read_text("utf-8") for path in sorted((THEME / "assets").rglob(f"*.{kind}"))) for kind in ("css", "js")
)
# Attributes that name the id of another element.
NAMES_AN_ID = ("for", "popovertarget", "aria-labelledby", "aria-describedby", "aria-controls")
LABELLED = ("input", "select", "textarea")
TYPED = ("text", "search", "email", "password", "tel", "url", "number", "date")
VOID = ("input", "link", "meta", "img", "br", "hr")


@pytest.fixture(scope="session")
def example_built(once: Once) -> Callable[[Edition], Path]:
    """The editions of the example, built once."""

    def make(folder: Path) -> None:
        root = copy_example(folder / "handbook")
        for edition in Edition:
            build(root, edition, folder / edition, use_cache=False)

    return lambda edition: once("example-of-the-theme", make) / edition


def of_skeleton(page: HtmlElement) -> list[HtmlElement]:
    """The elements of a page that its template puts there, without those of its text."""
    text = {
        element
        for part in page.find_class("page-top") + page.find_class("page-body")
        for element in part.iterdescendants()
    }
    return [element for element in page.iter() if isinstance(element.tag, str) and element not in text]


def is_styled(name: str) -> bool:
    return re.search(rf"\.{re.escape(name)}(?![\w-])", STYLES) is not None


def is_in_script(name: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", SCRIPTS) is not None


def wrong_use(element: HtmlElement, page: HtmlElement) -> list[str]:
    """What the W3C's checker or a reader without a mouse would find wrong with a control."""
    found = []
    kind = element.get("type", "text")
    if element.tag in LABELLED:
        labels = [label.get("for") for label in page.iter("label")]
        if element.get("id", "") not in labels and not any(above.tag == "label" for above in element.iterancestors()):
            found.append("no label")
        if element.get("autocomplete") and kind not in TYPED:
            found.append("autocomplete on what is not typed")
    if element.tag == "form" and not any(button.get("type", "submit") == "submit" for button in element.iter("button")):
        found.append("a form without a submit button")
    return found


def no_use(element: HtmlElement, page: HtmlElement) -> list[str]:
    """What no style, script or other element has a use for."""
    classes = element.get("class", "").split()
    found = [f"class {name}" for name in classes if not is_styled(name) and not is_in_script(name)]
    if name := element.get("id"):
        named = {value for each in page.iter() for key in NAMES_AN_ID if (value := each.get(key))}
        links = {link.get("href", "").rpartition("#")[2] for link in page.iter("a")}
        if name not in named | links and not is_in_script(name):
            found.append(f"id {name}")
    for attribute in element.attrib:
        parts = attribute.split("-")
        if parts[0] == "data" and f"dataset.{parts[1]}{''.join(map(str.capitalize, parts[2:]))}" not in SCRIPTS:
            found.append(f"attribute {attribute}")
    is_empty = not len(element) and not element.text_content().strip() and element.tag not in (*VOID, "script")
    is_filled = any(map(is_in_script, classes)) or f"[role={element.get('role')}]" in SCRIPTS
    if is_empty and not is_filled and not element.get("aria-label"):
        found.append("empty")
    return found


def faults(html: str) -> list[str]:
    page = document_fromstring(html)
    return [
        f"<{element.tag} class={element.get('class')!r}>: {fault}"
        for element in of_skeleton(page)
        for fault in wrong_use(element, page) + no_use(element, page)
    ]


@pytest.mark.parametrize("edition", Edition)
def test_nothing_dead_is_left_in_a_page(edition: Edition, example_built: Callable[[Edition], Path]) -> None:
    pages = sorted(example_built(edition).rglob("*.html"))
    assert len(pages) > 5
    found = {page.name: wrong for page in pages if (wrong := faults(page.read_text("utf-8")))}
    assert not found


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ('<input class="md-toggle" type="checkbox" autocomplete="off">', "class md-toggle"),
        ('<input type="checkbox" autocomplete="off">', "autocomplete on what is not typed"),
        ('<input type="text">', "no label"),
        ('<div class="foot"></div>', "empty"),
        ('<div data-md-component="skip">x</div>', "attribute data-md-component"),
        ('<p id="__config">x</p>', "id __config"),
        ("<form><button type='reset'>Clear</button></form>", "a form without a submit button"),
    ],
)
def test_what_is_dead_is_found(html: str, what: str, example_built: Callable[[Edition], Path]) -> None:
    page = (example_built(Edition.PARTNER) / "index.html").read_text("utf-8")
    assert any(fault.endswith(what) for fault in faults(page.replace("</body>", f"{html}</body>")))


def test_an_engine_that_is_installed_has_its_theme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["handbook"]
    packed = {path for pattern in patterns for path in THEME.parent.glob(pattern)}
    files = {path for path in THEME.rglob("*") if path.is_file()}
    assert THEME / "assets/fonts/source-sans-3-latin.woff2" in files
    assert files <= packed


@pytest.mark.parametrize("keeps", [False, True], ids=["mkdocs build", "handbook build"])
def test_overrides_win_over_the_theme(keeps: bool, example: Path) -> None:
    folder = example / "built"
    footer = override(example, "partials/footer.html")
    footer.write_text(footer.read_text("utf-8").replace("It shows", "This page shows"), "utf-8")
    main = example / "overrides/main.html"
    main.write_text('{% extends "base.html" %}{% block htmltitle %}<title>Ours</title>{% endblock %}', "utf-8")
    override(example, "assets/stylesheets/print.css").write_text("h1 { color: red }", "utf-8")
    build(example, Edition.INTERNAL, folder, use_cache=keeps)
    page = (folder / "index.html").read_text("utf-8")
    assert "This page shows what was known" in page and "<title>Ours</title>" in page
    (style,) = (folder / "assets/stylesheets").glob("print.*.css")
    assert style.read_text("utf-8") == "h1 { color: red }"
    assert f'href="assets/stylesheets/{style.name}"' in page
    assert len(list((folder / "assets/stylesheets").glob("*.css"))) == 5, "what is not overridden is the theme's"


def test_the_handbooks_own_style_and_script_come_after_those_of_the_theme(example: Path) -> None:
    for path in ("stylesheets/council.css", "javascripts/council.js"):
        file = example / "overrides/assets" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("/* ours */", "utf-8")
    with (example / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(
            "extra_css:\n  - assets/stylesheets/council.css\nextra_javascript:\n  - assets/javascripts/council.js\n"
        )
    page = (build(example, Edition.PARTNER, example / "built") / "index.html").read_text("utf-8")
    styles = re.findall(r'<link rel="stylesheet" href="assets/stylesheets/(\w+)\.\w{10}\.css">', page)
    assert styles == ["tokens", "frame", "content", "charts", "print", "council"]
    scripts = re.findall(r'<script src="assets/javascripts/(\w+)\.\w{10}\.js"', page)
    assert scripts == ["settings", "search", "notes", "council"]


def test_mkdocs_serve_watches_the_theme_and_the_overrides(example: Path) -> None:
    watched = []

    class Server:
        def watch(self, path: str) -> None:
            watched.append(Path(path))

    config = configuration(example, Edition.INTERNAL)
    config.plugins.on_serve(Server(), config=config, builder=lambda: None)
    assert {THEME, example / "overrides"} <= {*watched}


def test_the_readme_of_the_overrides_is_not_published(example: Path) -> None:
    (example / "overrides/README.md").write_text("# What we change", "utf-8")
    site = build(example, Edition.INTERNAL, example / "built")
    assert not [path for path in site.rglob("*") if "readme" in path.name.lower()]
