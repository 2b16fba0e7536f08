"""What real nginx answers with the configuration of deploy/: headers, caching, pages that are not there, refusals."""

from __future__ import annotations

import gzip
import json
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from handbook.model.editions import Edition
from tests.conftest import ROOT
from tests.deploy.server import Server, edit, serving

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "nginx",
}
HASHED = ".0123456789"


def files(root: Path, edition: Edition) -> list[str]:
    """Every file that the published edition's manifest names."""
    manifest = json.loads((root / f"site/releases/{edition}-1/{edition}.manifest.json").read_text("utf-8"))
    return sorted(manifest["files"])


def one(root: Path, edition: Edition, ending: str) -> str:
    return next(path for path in files(root, edition) if path.endswith(ending))


@pytest.mark.parametrize("edition", Edition)
def test_every_answer_has_the_headers(edition: Edition, server: Server, published: Path) -> None:
    """Pages, assets, errors, redirects and what is not modified: one header of each kind, always."""
    asset = one(published, edition, ".css")
    paths = {
        "/": 200,
        "/index.html": 200,
        f"/{asset}": 200,
        f"/{one(published, edition, '.woff2')}": 200,
        "/sitemap.xml": 200,
        "/release": 200,
        "/health": 200,
        "/nowhere.html": 404,
        f"/assets/none{HASHED}.js": 404,
        "/assets/": 404 if edition is Edition.PARTNER else 403,
        "/workstreams": 301,
        "/.git/config": 404,
    }
    for path, status in paths.items():
        answer = server.ask(edition, path)
        assert answer.status == status, path
        for name, value in ALWAYS.items():
            assert answer.headers.get_all(name) == [value], f"{path}: {name}"
        robots = ["noindex"] if edition is Edition.INTERNAL else None
        assert answer.headers.get_all("X-Robots-Tag") == robots, path
        assert len(answer.headers.get_all("Cache-Control") or []) == 1, path


@pytest.mark.parametrize("edition", Edition)
def test_what_never_changes_is_kept_and_all_else_is_asked_for_again(
    edition: Edition, server: Server, published: Path
) -> None:
    who = "public" if edition is Edition.PARTNER else "private"
    for path in files(published, edition):
        answer = server.ask(edition, f"/{path}")
        if path == "404.html":
            assert answer.status == 404
            continue
        lasting = path.count(".") == 2 and path.endswith((".css", ".js", ".svg", ".woff2"))
        assert answer.status == 200, path
        wanted = f"{who}, {'max-age=31536000, immutable' if lasting else 'no-cache'}"
        assert answer.headers["Cache-Control"] == wanted, path
        again = server.ask(edition, f"/{path}", **{"If-None-Match": answer.headers["ETag"]})
        assert (again.status, again.body) == (304, b""), path
        assert again.headers["Cache-Control"] == wanted, path
    missing = server.ask(edition, f"/assets/none{HASHED}.js")
    assert (missing.status, missing.headers["Cache-Control"]) == (404, f"{who}, no-cache")


def test_a_page_of_another_day_is_sent_anew(server: Server) -> None:
    """A rollback puts older files in place: what differs from the browser's copy is sent, newer or older."""
    answer = server.ask(Edition.PARTNER, "/index.html")
    for day in ("Mon, 01 Jan 2001 00:00:00 GMT", "Mon, 01 Jan 2035 00:00:00 GMT"):
        assert server.ask(Edition.PARTNER, "/index.html", **{"If-Modified-Since": day}).status == 200
    assert parsedate_to_datetime(answer.headers["Last-Modified"])
    same = server.ask(Edition.PARTNER, "/index.html", **{"If-Modified-Since": answer.headers["Last-Modified"]})
    assert same.status == 304


@pytest.mark.parametrize("edition", Edition)
def test_every_file_has_its_type(edition: Edition, server: Server, published: Path) -> None:
    """Browsers are told not to guess, so a kind of file that nginx does not know would not work."""
    for path in files(published, edition):
        assert server.ask(edition, f"/{path}").headers.get_content_type() != "application/octet-stream", path
    for ending, kind in {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}.items():
        answer = server.ask(edition, f"/{one(published, edition, ending)}")
        assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"


def test_what_is_text_is_sent_compressed(server: Server, published: Path) -> None:
    folder = published / "site/partner"
    ask = {"Accept-Encoding": "gzip"}
    for path in files(published, Edition.PARTNER):
        answer = server.ask(Edition.PARTNER, f"/{path}", **ask)
        content = (folder / path).read_bytes()
        packed = path.endswith((".html", ".css", ".js", ".svg", ".txt", ".json", ".xml")) and len(content) >= 1000
        assert answer.headers["Content-Encoding"] == ("gzip" if packed else None), path
        assert (gzip.decompress(answer.body) if packed else answer.body) == content, path
        assert not packed or answer.headers["Vary"] == "Accept-Encoding"
    plain = server.ask(Edition.PARTNER, "/index.html")
    assert plain.headers["Content-Encoding"] is None
    assert plain.body == (folder / "index.html").read_bytes()


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("path", ["/nowhere.html", "/workstreams/nowhere/deep.html", "/404.html", "/none.png", "/.env"])
def test_what_is_not_there_shows_the_editions_own_page(
    path: str, edition: Edition, server: Server, published: Path
) -> None:
    answer = server.ask(edition, path)
    assert answer.status == 404
    assert answer.body == (published / f"site/{edition}/404.html").read_bytes()


@pytest.mark.parametrize("edition", Edition)
def test_health_and_the_release_that_is_live(edition: Edition, server: Server, published: Path) -> None:
    health = server.ask(edition, "/health", Cookie="")
    assert (health.status, health.text, health.headers.get_content_type()) == (200, "ok\n", "text/plain")
    release = server.ask(edition, "/release")
    assert release.headers.get_content_type() == "application/json"
    told = json.loads(release.body)
    assert told == json.loads((published / f"site/{edition}/build.json").read_text("utf-8"))
    assert told["edition"] == edition and told["as_at"] == "2021-12-21" and len(told["content"]) == 64


def test_health_is_not_ok_while_nothing_is_published(tmp_path: Path) -> None:
    with serving(tmp_path / "site", tmp_path / "conf") as server:
        for edition in Edition:
            assert server.ask(edition, "/health").status == 503
            assert server.ask(edition, "/index.html").status == 404


OUTSIDE = [
    "/../../../../etc/passwd",
    "/assets/../../partner.manifest.json",
    "/%2e%2e/%2e%2e/releases/internal-1/internal/index.html",
    "/..%2finternal/index.html",
    "/..%5c..%5cinternal/index.html",
    "/assets/..%2f..%2finternal/index.html",
    "//../internal/index.html",
    "/../internal/index.html",
    "/.before/index.html",
    "/internal.manifest.json",
    "/partner.manifest.json",
    "/releases/internal-1/internal/index.html",
    "/.lock",
    "/.git/config",
    "/assets/.hidden",
    "/%2egit/config",
    "/internal/notes.html",
    "/index.html%00.css",
    "/@before",
    "/_signed-in",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_way_leads_out_of_the_edition(path: str, server: Server) -> None:
    answer = server.ask(Edition.PARTNER, path)
    assert answer.status in (400, 404)
    assert b"root:" not in answer.body and b"sha256" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("edition", Edition)
def test_nothing_can_be_sent(method: str, edition: Edition, server: Server) -> None:
    assert server.ask(edition, "/index.html", method).status == 405


def test_a_link_inside_a_release_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "site/releases/partner-1/partner"
    folder.mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "real.txt").write_text("real")
    (folder / "file.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "folder").symlink_to(tmp_path)
    (tmp_path / "site/partner").symlink_to("releases/partner-1/partner")

    def follow(work: Path) -> None:
        edit(work / "handbook/site.conf", {r"^disable_symlinks .*;": ""})

    for change, seen in ((lambda work: None, 404), (follow, 200)):
        with serving(tmp_path / "site", tmp_path / f"conf-{seen}", change) as server:
            assert server.ask(Edition.PARTNER, "/real.txt").status == 200
            for path in ("/file.txt", "/folder/secret.txt"):
                assert server.ask(Edition.PARTNER, path).status == seen


def test_no_location_has_headers_of_its_own() -> None:
    """nginx would drop all the others there."""
    headers = 0
    for path in (ROOT / "deploy/nginx").rglob("*.conf"):
        depth = 0
        for line in path.read_text("utf-8").splitlines():
            code = line.partition("#")[0]
            assert "add_header" not in code or depth <= (path.name in ("partner.conf", "internal.conf")), path
            headers += "add_header" in code
            depth += code.count("{") - code.count("}") if '"' not in code else 0
    assert headers
