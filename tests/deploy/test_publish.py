"""How the partner edition gets to its server, with real rsync. A folder of this machine stands in for the server."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from handbook.model.editions import Edition
from handbook.release.releases import Releases
from tests.conftest import ROOT
from tests.deploy.install import needed
from tests.deploy.readers import publish, read_while
from tests.deploy.server import serving


class Checkout:
    """A place where the handbook is built, as a workflow has it: new each time, with nothing published."""

    def __init__(self, root: Path, server: Path | None):
        self.root, self.server = root, server
        shutil.copytree(ROOT / "deploy", root / "deploy")
        self.releases = Releases(root, Edition.PARTNER)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        known = {**os.environ, "PATH": f"{Path(needed('rsync')).parent}:/usr/bin:/bin"}
        known.pop("HANDBOOK_SERVER", None)
        if self.server:
            known["HANDBOOK_SERVER"] = f"{self.server}/"
        return subprocess.run(
            [self.root / "deploy/publish.sh", *arguments], env=known, capture_output=True, text=True, timeout=60
        )

    def do(self, what: str) -> str:
        done = self.run(what)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """The folder on the server, before anything was sent to it."""
    folder = tmp_path / "server"
    folder.mkdir()
    return folder


def deploy(root: Path, server: Path, site: Path) -> Checkout:
    """What the workflow does, from a new checkout to a site that is sent."""
    checkout = Checkout(root, server)
    checkout.do("fetch")
    publish(checkout.releases, site)
    checkout.do("send")
    shutil.rmtree(root)
    return checkout


def test_each_deployment_goes_on_from_the_one_before(server: Path, sites: list[Path], tmp_path: Path) -> None:
    for number in range(1, 6):
        deploy(tmp_path / str(number), server, sites[number % 3])
        assert (server / "partner").readlink() == Path(f"releases/partner-{number}/partner")
        if number > 1:
            assert (server / "partner.before").readlink() == Path(f"releases/partner-{number - 1}/partner")
    assert sorted(path.name for path in (server / "releases").iterdir()) == ["partner-3", "partner-4", "partner-5"]
    on_server = Releases(server.parent / "there", Edition.PARTNER)
    on_server.root.mkdir()
    (on_server.root / "site").symlink_to(server)
    assert [on_server.differences(number) for number in on_server.numbers()] == ["", "", ""]


def test_readers_notice_nothing_of_deployments(server: Path, sites: list[Path], tmp_path: Path) -> None:
    deploy(tmp_path / "first", server, sites[0])

    def work() -> None:
        for number in range(5):
            deploy(tmp_path / str(number), server, sites[(number + 1) % 3])

    with serving(server, tmp_path / "conf") as started:
        reading = read_while(work, started, sites)
    print(f"5 deployments, {reading.requests} requests, {reading.pages} pages")
    assert (server / "partner").readlink() == Path("releases/partner-6/partner")
    assert not reading.wrong, reading.wrong[:5]
    assert reading.requests > 300


def test_only_the_partner_edition_is_sent_and_nothing_else_is_touched(
    server: Path, sites: list[Path], tmp_path: Path
) -> None:
    """The server may hold the internal edition, which was published there by other ways."""
    there = server / "releases/internal-4/internal"
    there.mkdir(parents=True)
    (there / "index.html").write_text("theirs")
    (server / "internal").symlink_to("releases/internal-4/internal")
    checkout = Checkout(tmp_path / "checkout", server)
    checkout.do("fetch")
    assert not (checkout.root / "site/internal").exists() and not (checkout.root / "site/releases/internal-4").exists()
    publish(checkout.releases, sites[0])
    here = checkout.root / "site/releases/internal-9/internal"
    here.mkdir(parents=True)
    (here / "index.html").write_text("ours")
    (checkout.root / "site/internal").symlink_to("releases/internal-9/internal")
    checkout.do("send")
    assert sorted(path.name for path in server.iterdir()) == ["internal", "partner", "releases"]
    assert sorted(path.name for path in (server / "releases").iterdir()) == ["internal-4", "partner-1"]
    assert (server / "internal/index.html").read_text() == "theirs"


def test_what_a_broken_off_deployment_left_is_never_seen(server: Path, sites: list[Path], tmp_path: Path) -> None:
    deploy(tmp_path / "1", server, sites[0])
    half = server / "releases/partner-2/partner"
    half.mkdir(parents=True)
    (half / "index.html").write_text("half")
    deploy(tmp_path / "2", server, sites[1])
    assert (server / "partner/index.html").read_bytes() == (sites[1] / "index.html").read_bytes()
    assert not (half / "index.html").exists() or (half / "index.html").read_text() != "half"


def test_without_a_server_it_says_so_and_does_nothing(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "checkout", None)
    for what in ("fetch", "send"):
        assert "HANDBOOK_SERVER is not set" in checkout.do(what)
    assert not (checkout.root / "site").exists()


def test_what_goes_wrong_stops_it(server: Path, tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "checkout", server)
    for arguments, said in (((), "Say fetch or send"), (("push",), "Say fetch or send"), (("send",), "Build it first")):
        done = checkout.run(*arguments)
        assert done.returncode == 1 and said in done.stderr
    away = Checkout(tmp_path / "other", tmp_path / "nowhere")
    assert away.run("fetch").returncode != 0
    assert not list(server.iterdir())


@pytest.mark.parametrize(("told", "code"), [("true", 0), ("false", 1), ("", 1), ("True", 1), (None, 1)])
def test_nothing_is_deployed_from_a_public_repository(told: str | None, code: int) -> None:
    arguments = [] if told is None else [told]
    done = subprocess.run([ROOT / "deploy/only-if-private.sh", *arguments], capture_output=True, text=True)
    assert done.returncode == code
    assert ("Nothing is deployed from it" in done.stdout) is bool(code)
