"""A preview of a change to the theme: the engine's own, and what a handbook puts in its place."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from handbook.build.failure import BuildFailed
from handbook.build.mkdocs import configuration
from handbook.model.editions import Edition
from handbook.model.locations import THEME
from handbook.preview import preview_site, watch
from handbook.preview.in_memory_cache import InMemoryCache
from handbook.preview.preview_site import TemplateCache
from handbook.preview.watch import FileWatcher
from tests.conftest import override


@pytest.fixture
def theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the engine's theme that the preview uses in its place."""
    engine = tmp_path / "engine/handbook"
    copy = Path(shutil.copytree(THEME, engine / "theme"))
    for module in (configuration, preview_site, watch):
        monkeypatch.setattr(module, "THEME", copy)
    monkeypatch.setattr(preview_site, "ENGINE", engine)
    return copy


@pytest.mark.parametrize("whose", ["the engine's", "the handbook's"])
def test_a_mistake_in_a_template_is_told_at_its_line(whose: str, theme: Path, example: Path) -> None:
    menu = theme / "partials/nav.html" if whose == "the engine's" else override(example, "partials/nav.html")
    before, _, after = menu.read_text("utf-8").partition("{% endfor %}")
    menu.write_text(f"{before}{{% endfo %}}{after}", "utf-8")
    with pytest.raises(BuildFailed) as failed:
        preview_site.preview_site(example, Edition.INTERNAL, None, InMemoryCache(), TemplateCache())
    (problem,) = failed.value.problems
    folder = "handbook/theme" if whose == "the engine's" else "overrides"
    assert (problem.path, problem.line) == (f"{folder}/partials/nav.html", before.count("\n") + 1)


@pytest.mark.parametrize("whose", ["the engine's", "the handbook's"])
def test_a_change_is_seen(whose: str, theme: Path, example: Path) -> None:
    style = "assets/stylesheets/print.css"
    file = theme / style if whose == "the engine's" else override(example, style)
    watcher = FileWatcher(example)
    watcher.start()
    try:
        watcher.wait()
        seen = threading.Thread(target=watcher.wait, daemon=True)
        seen.start()
        seen.join(0.5)
        assert seen.is_alive(), "nothing has changed yet"
        file.write_text("/* changed */", "utf-8")
        seen.join(20)
        assert not seen.is_alive()
    finally:
        watcher.stop()
