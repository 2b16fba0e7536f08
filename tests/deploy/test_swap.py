"""Publishing while people read: no error, no torn file, no page with the assets of another release."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.files.atomic import remove
from handbook.files.manifest import content_of, files_in
from handbook.files.site_marker import SiteMarker, write_marker
from handbook.model.editions import Edition
from handbook.release.releases import Releases
from tests.deploy.readers import Reading, publish, read_while
from tests.deploy.server import Server, edit, serving


def hashed(site: Path) -> list[str]:
    return [path for path in files_in(site) if re.search(r"\.[0-9a-f]{10}\.\w+$", path)]


@pytest.fixture
def releases(tmp_path: Path, sites: list[Path]) -> Releases:
    """A place with one release published."""
    releases = Releases(tmp_path, Edition.PARTNER)
    publish(releases, sites[0])
    return releases


@pytest.fixture
def live(releases: Releases, tmp_path: Path) -> Iterator[Server]:
    """nginx serving that place."""
    with serving(tmp_path / "site", tmp_path / "conf") as server:
        yield server


def read_through_swaps(count: int, releases: Releases, server: Server, sites: list[Path]) -> Reading:
    def work() -> None:
        for number in range(1, count + 1):
            publish(releases, sites[number % len(sites)])
            time.sleep(0.25)

    reading = read_while(work, server, sites)
    assert releases.live() == count + 1
    print(f"{count} swaps, {reading.requests} requests, {reading.pages} pages")
    return reading


def test_readers_notice_nothing_of_publications(releases: Releases, live: Server, sites: list[Path]) -> None:
    reading = read_through_swaps(10, releases, live, sites)
    assert not reading.wrong, reading.wrong[:5]
    assert reading.requests > 500


@pytest.mark.long
def test_readers_notice_nothing_of_many_publications(releases: Releases, live: Server, sites: list[Path]) -> None:
    reading = read_through_swaps(200, releases, live, sites)
    assert not reading.wrong, reading.wrong[:5]
    assert reading.requests > 10_000


def test_a_move_in_two_steps_is_noticed(releases: Releases, live: Server, sites: list[Path]) -> None:
    """The guard broken on purpose: a link that is taken away and made again."""

    def work() -> None:
        target = releases.place.readlink()
        for _ in range(20):
            releases.place.unlink()
            time.sleep(0.01)
            releases.place.symlink_to(target)

    assert any(wrong.endswith("404") for wrong in read_while(work, live, sites).wrong)


def test_a_release_that_is_written_to_is_noticed(releases: Releases, live: Server, sites: list[Path]) -> None:
    """The guard broken on purpose: one file of the live release is another's."""

    def work() -> None:
        page = releases.place / "index.html"
        page.unlink()
        shutil.copy(sites[1] / "index.html", page)
        time.sleep(0.3)

    assert "index.html: parts of several releases" in read_while(work, live, sites).wrong


def test_the_new_release_is_served_at_once(releases: Releases, tmp_path: Path, sites: list[Path]) -> None:
    """And with nginx's cache of open files it would not be, which is why it is off."""

    def cache(work: Path) -> None:
        edit(work / "nginx.conf", {r"^worker_processes auto;": "worker_processes 1;"})
        edit(work / "handbook/site.conf", {r"^open_file_cache off;": "open_file_cache max=100;"})

    for number, (change, seen) in enumerate([(lambda work: None, True), (cache, False)]):
        with serving(tmp_path / "site", tmp_path / f"conf-{number}", change) as server:
            publish(releases, sites[0])
            assert server.ask(Edition.PARTNER, "/index.html").body == (sites[0] / "index.html").read_bytes()
            publish(releases, sites[1])
            new = server.ask(Edition.PARTNER, "/index.html").body == (sites[1] / "index.html").read_bytes()
            assert new is seen


def test_a_page_opened_just_before_still_gets_what_it_loads(
    releases: Releases, live: Server, sites: list[Path]
) -> None:
    gone = [path for path in hashed(sites[0]) if not (sites[1] / path).exists()]
    assert gone and all(path.endswith(".css") for path in gone)
    publish(releases, sites[1])
    for path in hashed(sites[0]):
        answer = live.ask(Edition.PARTNER, f"/{path}")
        assert (answer.status, answer.body) == (200, (sites[0] / path).read_bytes()), path
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    # Only what pages load: no page, and no file that was taken away, comes back.
    (releases.site(1) / "gone.html").write_text("gone")
    (releases.site(1) / "gone.pdf").write_text("gone")
    for path in ("/gone.html", "/gone.pdf"):
        assert live.ask(Edition.PARTNER, path).status == 404
    # Without the link to the release before, it is gone: so an operator takes something back at once.
    (releases.root / "site/partner.before").unlink()
    for path in gone:
        assert live.ask(Edition.PARTNER, f"/{path}").status == 404


def test_the_release_before_is_behind_the_sign_in_too(tmp_path: Path) -> None:
    releases = Releases(tmp_path, Edition.INTERNAL)
    for style in ("aaaaaaaaaa", "bbbbbbbbbb"):
        site = tmp_path / style
        (site / "assets").mkdir(parents=True)
        (site / f"assets/print.{style}.css").write_text(style)
        (site / "404.html").write_text("<main>Page not found")
        marker = SiteMarker("internal", "2021-12-21", content_of(files_in(site)))
        write_marker(site, marker)
        publish(releases, site)
    with serving(tmp_path / "site", tmp_path / "conf") as server:
        old = "/assets/print.aaaaaaaaaa.css"
        assert server.ask(Edition.INTERNAL, old).text == "aaaaaaaaaa"
        refused = server.ask(Edition.INTERNAL, old, Cookie="")
        assert refused.status == 401 and b"aaaaaaaaaa" not in refused.body
        server.sign_in.answer = 500
        refused = server.ask(Edition.INTERNAL, old)
        assert refused.status == 500 and b"aaaaaaaaaa" not in refused.body


def test_a_page_opened_just_before_a_rollback_still_gets_what_it_loads(
    releases: Releases, live: Server, sites: list[Path]
) -> None:
    publish(releases, sites[1])
    releases.show(1)
    for path in hashed(sites[1]):
        assert live.ask(Edition.PARTNER, f"/{path}").status == 200, path


def test_health_fails_when_the_release_is_taken_away(releases: Releases, live: Server) -> None:
    assert live.ask(Edition.PARTNER, "/health").status == 200
    remove(releases.site(1))
    assert live.ask(Edition.PARTNER, "/health").status == 503
