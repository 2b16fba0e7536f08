"""One site builder for every way to build, and MkDocs left with nothing to do but write."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from handbook.build import checked_edition as checking
from handbook.build.checked_edition import checked_edition
from handbook.build.failure import BuildFailed
from handbook.build.generated_files import generated_files
from handbook.build.incremental import IncrementalBuild
from handbook.build.mkdocs.build import build
from handbook.build.mkdocs.configuration import configuration, site_builder
from handbook.build.site_builder import SiteBuilder, SiteFile
from handbook.cache.build_cache import BuildCache
from handbook.files.manifest import files_in
from handbook.files.site_marker import MARKER, SiteMarker, read_marker
from handbook.model.editions import Edition


def builder_of(root: Path, edition: Edition) -> SiteBuilder:
    folder = root / "build" / edition
    config = configuration(root, edition, folder, plugins={})
    return site_builder(config, checked_edition(root, edition, folder, None, BuildCache()), BuildCache())


def site_of(builder: SiteBuilder) -> dict[str, SiteFile]:
    return builder.files(builder.render_pages(), generated_files(builder.edition, builder.cache, builder.site_url))


@pytest.mark.parametrize("edition", Edition)
def test_a_file_made_by_itself_is_that_of_the_whole_site(edition: Edition, unchanged: Path) -> None:
    builder = builder_of(unchanged, edition)
    whole = {address: file.data() for address, file in site_of(builder).items()}
    one_by_one = {address: make() for address, make in builder.makers().items()}
    for make_all in builder.folder_makers().values():
        one_by_one |= make_all()
    assert one_by_one == whole
    assert {"index.html", "404.html", "sitemap.xml", "sitemap.xml.gz", "feed.xml"} <= whole.keys()


def test_the_digest_of_a_page_is_known_without_making_it(unchanged: Path) -> None:
    site = site_of(builder_of(unchanged, Edition.INTERNAL))
    known = {address: file for address, file in site.items() if file.digest}
    assert {"index.html", "workstreams/neglect.html"} <= known.keys()
    assert all(hashlib.sha256(file.data()).hexdigest() == file.digest for file in known.values())


class _Observer(BasePlugin):  # type: ignore[type-arg]  # it has no options
    """Notes what MkDocs is left with after the handbook's plugin."""

    documentation_pages: int | None = None
    menu: list[object] | None = None
    rendered: list[str]

    @event_priority(-100)
    def on_files(self, files: Files, **_: object) -> Files:
        self.documentation_pages, self.rendered = len(files.documentation_pages()), []
        return files

    def on_nav(self, nav: Navigation, **_: object) -> Navigation:
        self.menu = [*nav.items, *nav.pages]
        return nav

    def on_pre_template(self, template: object, *, template_name: str, **_: object) -> object:
        self.rendered.append(template_name)
        return template


def test_mkdocs_has_no_page_to_read_and_no_template_to_render(example: Path) -> None:
    config = load_config(str(example / "mkdocs.yml"), strict=True)
    observer = config.plugins["observer"] = _Observer()
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    assert (observer.documentation_pages, observer.menu, observer.rendered) == (0, [], [])
    assert files_in(example / "build/internal") == files_in(build(example, Edition.INTERNAL, example / "build/other"))


def test_hooks_take_part_in_a_build(example: Path) -> None:
    """They may change anything, so that nothing is reused and MkDocs itself runs them."""
    (example / "hook.py").write_text(
        "from mkdocs.structure.files import File\n\n\n"
        "def on_files(files, config):\n"
        "    files.append(File.generated(config, 'more.txt', content='From a hook.'))\n"
    )
    with (example / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("hooks:\n  - hook.py\n")
    folder = build(example, Edition.INTERNAL)
    assert (folder / "more.txt").read_text() == "From a hook."
    assert (folder / "index.html").is_file()


def test_only_what_differs_is_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    def site(**files: str) -> dict[str, SiteFile]:
        contents = {name.replace("_", "/"): text.encode() for name, text in files.items()}
        return {
            address: SiteFile(lambda data=data: data, hashlib.sha256(data).hexdigest())  # type: ignore[misc]
            for address, data in contents.items()
        }

    folder, marker = tmp_path / "site", SiteMarker("internal", "2021-12-21")
    IncrementalBuild(folder).write(site(a="1", b="2", deep_er_c="3"), marker)
    os.utime(folder / "a", (0, 0))
    written = IncrementalBuild.of(folder).write(site(a="1", b="3"), marker)
    assert written == files_in(folder)
    assert written.keys() == {"a", "b", MARKER}
    assert (folder / "a").stat().st_mtime == 0 and (folder / "b").read_text() == "3"
    assert not (folder / "deep").exists()


def test_a_folder_that_is_not_what_a_build_left_is_filled_from_nothing(tmp_path: Path) -> None:
    folder, marker = tmp_path / "site", SiteMarker("internal", "2021-12-21")
    IncrementalBuild(folder).write({"a": SiteFile(lambda: b"1")}, marker)
    (folder / "b").write_text("something else")
    IncrementalBuild.of(folder).write({"a": SiteFile(lambda: b"1")}, marker)
    assert files_in(folder).keys() == {"a", MARKER}


def test_a_build_that_stops_leaves_a_marker_without_content(tmp_path: Path) -> None:
    def full() -> bytes:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "site"
    with pytest.raises(OSError, match="No space"):
        IncrementalBuild(folder).write({"a": SiteFile(full)}, SiteMarker("internal", "2021-12-21"))
    marker = read_marker(folder)
    assert marker and not marker.content


def test_a_disk_that_cannot_be_written_to_is_told_in_a_sentence(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(example / "build"))

    told = f"The site could not be written (No space left on device: {example / 'build'})."
    monkeypatch.setattr(IncrementalBuild, "write", full)
    with pytest.raises(BuildFailed) as stopped:
        build(example, Edition.INTERNAL)
    assert str(stopped.value) == told
    config = load_config(str(example / "mkdocs.yml"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    monkeypatch.setattr("handbook.build.mkdocs.plugin._GeneratedFile.copy_file", full)
    with pytest.raises(PluginError) as refused:
        mkdocs_build(config)
    assert str(refused.value) == told


def test_a_folder_that_may_not_be_used_is_refused_before_the_handbook_is_read(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "look_over", None)
    with pytest.raises(BuildFailed, match="is where the handbook is written by hand"):
        checked_edition(example, Edition.INTERNAL, example / "docs", None, BuildCache())
