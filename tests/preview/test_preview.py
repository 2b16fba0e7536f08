"""What the preview shows is what a build makes, and nothing of the preview is in what a build makes."""

from __future__ import annotations

import socket
from datetime import date
from pathlib import Path

import pytest

from handbook.build.mkdocs.build import build
from handbook.model.editions import Edition
from handbook.preview.in_memory_cache import CacheProvider, InMemoryCache
from handbook.preview.preview_site import TemplateCache, preview_site
from handbook.preview.server import POLICY
from handbook.preview.watch import FileWatcher
from tests.browser.conftest import HEADERS
from tests.conftest import run
from tests.preview.running import edit

# What a build says of itself.
NOT_SHOWN = {"build.json"}


@pytest.mark.parametrize("edition", Edition)
def test_the_preview_shows_what_a_build_makes(edition: Edition, example: Path) -> None:
    caches, templates = CacheProvider(example), TemplateCache()
    preview_site(example, edition, None, caches.current(), templates)
    edit(example / "data/figures/neglect.yml", '"700"', '"731"')
    edit(example / "docs/workstreams/neglect.md", "watches", "keeps watch over it")
    site = preview_site(example, edition, None, caches.current(), templates)
    folder = build(example, edition, use_cache=False)
    made = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert site.addresses == {*made} - NOT_SHOWN
    assert [name for name in site.addresses if site.file(name) != made[name].read_bytes()] == []
    assert not [name for name, path in made.items() if b".preview" in path.read_bytes()]


def test_a_day_of_the_past_is_shown_too(two_reports: Path) -> None:
    site = preview_site(two_reports, Edition.INTERNAL, date(2021, 12, 21), InMemoryCache(), TemplateCache())
    assert b"as they were known on 21 December 2021" in (site.file("index.html") or b"")


def test_the_preview_allows_a_page_what_the_web_server_does() -> None:
    assert dict(HEADERS)["Content-Security-Policy"] == POLICY


def test_engine_code_that_is_no_longer_the_one_running_is_noticed(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = tmp_path / "engine"
    engine.mkdir()
    (engine / "module.py").write_text("A = 1\n", "utf-8")
    monkeypatch.setattr("handbook.preview.in_memory_cache.ENGINE", engine)
    provider = CacheProvider(example)
    edit(example / "macros/mitigations.py", '"""', '"""Changed. ')
    assert not provider.code_has_changed
    edit(engine / "module.py", "1", "2")
    assert provider.code_has_changed


def test_an_address_that_is_taken_is_told_in_a_sentence(unchanged: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("handbook.cli", "serve", "--port", str(port), cwd=unchanged)
    assert done.returncode == 1
    assert f"Cannot serve at 127.0.0.1:{port}" in done.stderr
    assert "Choose another port with --port." in done.stderr


def test_a_watch_that_ends_says_nothing_of_it(unchanged: Path, caplog: pytest.LogCaptureFixture) -> None:
    watch = FileWatcher(unchanged)
    watch.start()
    emitters = list(watch._observer.emitters)
    watch.stop()
    for emitter in emitters:
        # As its thread may still do, where something changed in that moment.
        emitter.queue_events(0)
    assert emitters
    assert not caplog.records
