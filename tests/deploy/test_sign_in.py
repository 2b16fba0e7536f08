"""The internal edition is for those whom the sign-in knows, and for nobody while it does not answer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.model.editions import Edition
from tests.deploy.server import SIGN_IN_PAGE, Server, edit, serving
from tests.deploy.test_serving import HASHED, OUTSIDE, files, one

REFUSED = (301, 302, 400, 401, 403, 404, 500, 503)


def refused(server: Server, paths: list[str], cookie: str = "") -> None:
    """Fails where an address answers with anything of the site."""
    for path in paths:
        answer = server.ask(Edition.INTERNAL, path, Cookie=cookie)
        assert answer.status in REFUSED and answer.status != 301, f"{path}: {answer.status}"
        assert len(answer.body) < 600 and b"<main" not in answer.body, path
        assert answer.headers["X-Robots-Tag"] == "noindex", path


@pytest.fixture
def everything(published: Path) -> list[str]:
    """Every address of the internal edition, and many that are none."""
    there = [f"/{path}" for path in files(published, Edition.INTERNAL)]
    return [*there, "/", "/release", "/workstreams/", "/workstreams", "/nowhere.html", f"/none{HASHED}.js", *OUTSIDE]


@pytest.fixture
def knocked(server: Server) -> Iterator[Server]:
    """The server, with a sign-in that is itself again after the test."""
    yield server
    server.sign_in.answer = None


def test_nobody_comes_in_unknown(server: Server, everything: list[str]) -> None:
    refused(server, everything)
    refused(server, everything, "session=guessed")
    assert len(everything) > 40


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(server: Server) -> None:
    answer = server.ask(Edition.INTERNAL, "/internal/notes.html?a=b", Cookie="")
    assert answer.status == 302
    assert answer.headers["Location"] == f"{SIGN_IN_PAGE}?return=http://127.0.0.1/internal/notes.html?a=b"


def test_who_is_signed_in_reads_everything(server: Server, published: Path) -> None:
    for path in files(published, Edition.INTERNAL):
        if path != "404.html":
            answer = server.ask(Edition.INTERNAL, f"/{path}")
            assert (answer.status, answer.body) == (200, (published / "site/internal" / path).read_bytes()), path


def test_the_sign_in_is_asked_every_time_and_told_for_what(server: Server, published: Path) -> None:
    asset = f"/{one(published, Edition.INTERNAL, '.css')}"
    for path in (asset, "/index.html", asset, "/index.html?query=1"):
        server.sign_in.asked.clear()
        server.ask(Edition.INTERNAL, path)
        assert set(server.sign_in.asked) == {path}


def test_a_stranger_is_refused(server: Server, everything: list[str]) -> None:
    refused(server, everything, "session=stranger")
    assert server.ask(Edition.INTERNAL, "/index.html", Cookie="session=stranger").status == 403


@pytest.mark.parametrize("answer", [302, 404, 418, 500, 503])
def test_an_answer_that_is_not_yes_is_no(answer: int, knocked: Server, everything: list[str]) -> None:
    knocked.sign_in.answer = answer
    refused(knocked, everything, "session=staff")
    page = knocked.ask(Edition.INTERNAL, "/index.html")
    assert page.status == 503
    assert "The sign-in does not answer, so nothing is shown." in page.text


def test_nobody_comes_in_while_the_sign_in_is_down(published: Path, tmp_path: Path, everything: list[str]) -> None:
    """It is as deploy/ has it before anything is set: nothing listens where nginx asks."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        dead = taken.getsockname()[1]

    def down(work: Path) -> None:
        edit(work / "handbook/settings/sign-in.conf", {r"^proxy_pass [^;]+;": f"proxy_pass http://127.0.0.1:{dead}/;"})

    with serving(published / "site", tmp_path / "conf", down) as server:
        refused(server, everything, "session=staff")
        assert server.ask(Edition.INTERNAL, "/index.html").status == 503
        assert server.ask(Edition.INTERNAL, "/health").status == 200
        assert server.ask(Edition.PARTNER, "/index.html").status == 200


def test_without_the_question_the_door_is_open(published: Path, tmp_path: Path, everything: list[str]) -> None:
    """The guard broken on purpose, so that the tests above are known to see it."""

    def forget(work: Path) -> None:
        edit(work / "handbook/internal.conf", {r"^    auth_request /_signed-in;": ""})

    with serving(published / "site", tmp_path / "conf", forget) as server, pytest.raises(AssertionError):
        refused(server, everything)


def test_the_partner_edition_asks_nobody(server: Server) -> None:
    server.sign_in.asked.clear()
    assert server.ask(Edition.PARTNER, "/index.html").status == 200
    assert not server.sign_in.asked
