"""What a stranger's pull request leaves behind is posted as data, or not at all. GitHub is a server of our own here."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

SCRIPT = ROOT / ".github/comment.py"
COMMIT = "c" * 40
JOINER = "\u2060"
REPOSITORY = "/repos/council/handbook"


class GitHub(ThreadingHTTPServer):
    """As much of GitHub's interface as the script uses. It keeps what was written, and each token it was shown."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.archive = packed({"number": "7\n", "comment.md": "## What changed\n"})
        self.size: int | None = None
        self.pulls: dict[str, Any] = {"7": {"state": "open", "head": {"sha": COMMIT}}}
        self.comments: list[dict[str, Any]] = []
        self.written: list[tuple[str, str, str]] = []
        self.tokens: dict[str, str | None] = {}


class _Answer(BaseHTTPRequestHandler):
    server: GitHub

    def do_GET(self) -> None:  # noqa: N802 (the library's name)
        path = self.path.partition("?")[0]
        self.server.tokens[path] = self.headers["Authorization"]
        number = path.removeprefix(f"{REPOSITORY}/pulls/")
        if path == f"{REPOSITORY}/actions/runs/11/artifacts":
            size = len(self.server.archive) if self.server.size is None else self.server.size
            self._send(json.dumps({"artifacts": [{"id": 3, "size_in_bytes": size}]}).encode())
        elif path == f"{REPOSITORY}/actions/artifacts/3/zip":
            self.send_response(302)
            self.send_header("Location", f"{self.server.address}/kept")
            self.end_headers()
        elif path == "/kept":
            self._send(self.server.archive)
        elif number in self.server.pulls:
            self._send(json.dumps(self.server.pulls[number]).encode())
        elif path.endswith("/comments"):
            self._send(json.dumps(self.server.comments if "&page=1" in self.path else []).encode())
        else:
            self.send_error(404)

    def _write(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.written.append((self.command, self.path, given["body"]))
        self._send(b"{}")

    do_POST = do_PATCH = _write  # noqa: N815

    def _send(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def github() -> Iterator[GitHub]:
    server = GitHub()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def packed(files: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def post(github: GitHub) -> subprocess.CompletedProcess[str]:
    known = {"GITHUB_API_URL": github.address, "GITHUB_REPOSITORY": "council/handbook"}
    known |= {"TOKEN": "secret", "RUN": "11", "COMMIT": COMMIT, "PATH": os.environ["PATH"]}
    return subprocess.run([sys.executable, SCRIPT], env=known, capture_output=True, text=True, timeout=60)


def test_a_comment_is_added_once_and_then_renewed(github: GitHub) -> None:
    github.comments = [
        {"id": 4, "user": {"login": "stranger"}, "body": "<!-- what-changed -->"},
        {"id": 5, "user": {"login": "github-actions[bot]"}, "body": "Something else"},
    ]
    assert post(github).returncode == 0
    method, path, body = github.written[0]
    assert (method, path) == ("POST", f"{REPOSITORY}/issues/7/comments")
    assert body.startswith("<!-- what-changed -->\n_Written by the code of this pull request")
    assert body.endswith("\n\n## What changed\n")
    github.comments.append({"id": 6, "user": {"login": "github-actions[bot]"}, "body": body})
    assert post(github).returncode == 0
    assert github.written[1] == ("PATCH", f"{REPOSITORY}/issues/comments/6", body)


def test_the_token_stays_with_github(github: GitHub) -> None:
    post(github)
    assert github.tokens.pop("/kept") is None
    assert set(github.tokens.values()) == {"Bearer secret"}


@pytest.mark.parametrize("number", ["8", "0", "7; rm -rf /", "7\n8", "-7", "\u0667", "../7", "", "77777777", "7" * 30])
def test_a_number_that_is_not_its_own_is_refused(github: GitHub, number: str) -> None:
    github.pulls["8"] = {"state": "open", "head": {"sha": "d" * 40}}
    github.archive = packed({"number": number, "comment.md": "x"})
    done = post(github)
    assert done.returncode == 1 and not github.written
    assert done.stderr.startswith("Nothing was posted. ") and "Traceback" not in done.stderr


def test_a_closed_pull_request_is_left_alone(github: GitHub) -> None:
    github.pulls["7"]["state"] = "closed"
    assert post(github).returncode == 1 and not github.written


@pytest.mark.parametrize(
    "archive",
    [
        b"no archive",
        packed({"number": "7"}),
        packed({"number": "7", "../comment.md": "x"}),
        packed({"number": "7", "comment.md": b"\xff\xfe"}),
        packed({"number": "7", "comment.md": "x" * 300_000}),
        packed({"number": "7", "comment.md": b"\0" * 400_000_000}),
    ],
    ids=["no archive", "no comment", "path", "not text", "long", "bomb"],
)
def test_what_no_preview_leaves_is_refused(github: GitHub, archive: bytes) -> None:
    github.archive = archive
    done = post(github)
    assert done.returncode == 1 and not github.written
    assert "Traceback" not in done.stderr


def test_an_archive_that_is_too_large_is_not_even_fetched(github: GitHub) -> None:
    github.size = 2_000_000
    assert post(github).returncode == 1
    assert "/kept" not in github.tokens


def test_what_a_stranger_wrote_cannot_act(github: GitHub) -> None:
    forged = (
        "<img src=x> <!-- x --> @council/all @someone &commat;someone &#64;someone &#x40;someone #1 GH-2 a@b.example "
        "![x](https://x.example/a.png) [a](javascript:x) [b][c]\n\n[c]: https://x.example www.x.example \x1b[31m"
    )
    github.archive = packed({"number": "7", "comment.md": forged})
    assert post(github).returncode == 0
    body = github.written[0][2].removeprefix("<!-- what-changed -->")
    assert "<" not in body and "\x1b" not in body
    assert not re.search(rf"@(?!{JOINER})|(?<!&)#\d|GH-\d|://|www\.|\]\(|\]\[|\]:", body)
    assert "&commat;" not in body and not re.search(r"&#(64|x40);", body)


def test_what_the_handbook_wrote_is_posted_as_it_was(github: GitHub) -> None:
    cases = sorted((ROOT / "tests/review/cases").glob("*.yml"))
    assert cases
    for case in cases:
        comment = yaml.safe_load(case.read_text("utf-8"))["markdown"]
        github.archive = packed({"number": "7", "comment.md": comment})
        assert post(github).returncode == 0
        assert github.written[-1][2].endswith(f"\n\n{comment}"), case.stem


def test_what_is_longer_than_a_comment_is_told_in_a_sentence(github: GitHub) -> None:
    github.archive = packed({"number": "7", "comment.md": "@" * 60_000})
    assert post(github).returncode == 0
    body = github.written[0][2]
    assert len(body) < 65_536 and "There is more than fits in a comment." in body


def test_only_the_library_that_comes_with_python_is_used() -> None:
    used = set(re.findall(r"^(?:import|from) (\w+)", SCRIPT.read_text("utf-8"), re.MULTILINE))
    assert used <= set(sys.stdlib_module_names)
    assert not Path(ROOT / ".github/__init__.py").exists()
