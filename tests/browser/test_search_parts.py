"""The search loads no more than a query needs, and finds every word of the handbook by it, at any size."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.corpus import Corpus
from benchmarks.search import MADE_UP, first_query
from benchmarks.trees import write_ours
from handbook.loading.handbook import read_handbook
from handbook.model.editions import Edition
from handbook.outputs.search.index import FOLDER, HEADS_FILE, slug
from handbook.outputs.search.word_index import COMMON, words_in
from tests.browser.conftest import Visit, serving
from tests.browser.test_search import results
from tests.conftest import Once, run

MOST = 250_000


@pytest.fixture(scope="session")
def made_up(once: Once) -> Iterator[Callable[[int], str]]:
    """The address of a handbook of so many made-up pages, built once."""

    def make(pages: int) -> Callable[[Path], None]:
        def build(folder: Path) -> None:
            write_ours(Corpus(pages), folder)
            done = run("handbook.cli", "--root", folder, "build", "internal", cwd=folder, timeout=600)
            assert done.returncode == 0, done.stderr

        return build

    with ExitStack() as stack:
        yield lambda pages: stack.enter_context(serving(once(f"made-up-{pages}", make(pages)) / "site/internal"))


@pytest.mark.parametrize("pages", [200, pytest.param(1000, marks=pytest.mark.long)])
def test_a_first_query_is_light(pages: int, browser: Browser, made_up: Callable[[int], str]) -> None:
    address = made_up(pages)
    firsts = [first_query(browser, address, query) for query in MADE_UP]
    assert all(first.results for first in firsts)
    assert max(first.bytes for first in firsts) <= MOST, firsts


def test_a_query_loads_only_what_it_needs(browser: Browser, made_up: Callable[[int], str]) -> None:
    context = browser.new_context()
    visit = Visit(context, made_up(200))
    asked: list[str] = []
    page = visit.open("index.html")
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    results(page, MADE_UP[0])
    page.wait_for_load_state("networkidle")
    kinds = Counter(re.sub(r"[-.].*", "", name) for name in asked)
    listed = page.evaluate("[handbookIndex.words.length, handbookIndex.texts.length]")
    assert kinds["engine"] == kinds["heads"] == kinds["words"] == 1 < listed[0]
    assert 0 < kinds["texts"] <= 6 < listed[1]
    asked.clear()
    results(page, MADE_UP[0][:-1])
    results(page, MADE_UP[0])
    assert not [name for name in asked if not name.startswith("texts")], "what was loaded is loaded again"
    assert not visit.errors
    context.close()


# Every word


FIND = """async words => {
  const root = document.querySelector("[name=search]").dataset.root
  const load = name => new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), {src: `${root}assets/search/${name}`, onload: resolve, onerror: reject})
    document.head.append(script)
  })
  const engine = window.handbookEngine(window.handbookIndex, load)
  const found = {}
  for (const word of words) {
    await engine.prepare(word)
    const results = engine.find(word)
    const texts = await Promise.all(results.map(({entry}) => engine.textOf(entry)))
    found[word] = results.map(({entry}, at) => [entry.url, `${entry.page} ${entry.heading} ${entry.fact} ${texts[at]}`])
  }
  return found
}"""


def test_every_word_of_the_texts_is_found(visit: Callable[..., Visit], built: Callable[[Edition], Path]) -> None:
    """The browser takes texts apart, files words and works out addresses as the build does."""
    site = built(Edition.INTERNAL)
    texts = [text for path in (site / FOLDER).glob("texts-*") for text in part(path)]
    words = sorted({word for text in texts for word in words_in(text)} - set(COMMON.split()))
    assert len(words) > 400
    odd = {word for word in words if not word.isascii() or not word.isalpha()}
    percentages = [word for word in odd if re.fullmatch(r"[\d.]+%", word)]
    assert percentages
    asked = [*sorted(odd)[::7], *words[::37], *percentages]
    page = visit().open("index.html")
    results(page, "neglect")
    found = page.evaluate(FIND, asked)
    for word, sections in found.items():
        assert sections, f"nothing is found by {word}"
        bare = re.sub("'s?$", "", word)
        assert any(bare in said.lower().replace("’", "'") for _, said in sections), f"{word}: {sections}"
    for url in {url for sections in found.values() for url, _ in sections}:
        address, _, anchor = url.partition("#")
        assert not anchor or f'id="{anchor}"' in (site / address).read_text("utf-8"), url


def part(path: Path) -> list[str]:
    """What a part of the index holds."""
    content: list[str] = json.loads(path.read_text("utf-8").partition("]=")[2])
    return content


def test_most_addresses_are_worked_out_from_headings(built: Callable[[Edition], Path]) -> None:
    heads = json.loads((built(Edition.INTERNAL) / HEADS_FILE).read_text("utf-8").partition("=")[2])
    headings = [head for page in heads["pages"] for head in page[-1] if isinstance(head, str)]
    assert len(headings) > 70
    assert slug("What’s new: 2 of 3") == "whats-new-2-of-3"


# What goes wrong


def test_without_the_words_of_the_texts_titles_are_found(visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.open("index.html")
    page.route("**/words-*", lambda route: route.abort())
    assert "workstreams/neglect.html" in results(page, "neglect")
    results(page, "zqxwv")
    assert page.locator(".search-status").inner_text() == "The search could not be loaded. Use the menu instead."
    page.unroute("**/words-*")
    results(page, "neglec")
    results(page, "zqxwv")
    assert page.locator(".search-status").inner_text().startswith("Nothing found")


def test_titles_are_shown_while_the_words_of_the_texts_are_slow(visit: Callable[..., Visit]) -> None:
    page = visit().open("index.html")
    held = []
    page.route("**/words-*", lambda route: held.append(route))
    page.get_by_label("Search the handbook").fill("neglect")
    page.locator(".search-link", has_text="Neglect").first.wait_for()
    assert held and page.locator("#__results").get_attribute("data-query") != "neglect"
    for route in held:
        route.continue_()
    page.locator("#__results[data-query=neglect]").wait_for()
    assert page.locator(".search-link").count() > 1


def test_partners_are_given_parts_of_their_own(built: Callable[[Edition], Path], site_root: Path) -> None:
    """What only staff read is in no part: neither a word of a text nor a title."""
    handbook, _ = read_handbook(site_root)
    inside = {page.header.title for page in handbook.docs.pages.values() if not Edition.PARTNER.shows(page.audience)}
    said = {edition: words_of(built(edition)) for edition in Edition}
    assert said[Edition.INTERNAL] - said[Edition.PARTNER]
    heads = (built(Edition.PARTNER) / HEADS_FILE).read_text("utf-8")
    assert inside and not [title for title in inside if f'"{title}"' in heads]


def words_of(site: Path) -> set[str]:
    """Every word that the parts of a site's index are about."""
    lines = [line for path in (site / FOLDER).glob("words-*") for line in str(part(path)).split("\ue000")]
    return {line.partition(" ")[0] for line in lines}
