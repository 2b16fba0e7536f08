"""Real nginx with the configuration of deploy/, a sign-in to stand in for the council's, and a client that hides nothing."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from handbook.model.editions import Edition
from tests.conftest import ROOT
from tests.deploy.install import needed

SIGNED_IN = {"Cookie": "session=staff"}
SIGN_IN_PAGE = "https://sign-in.council.example/"


@dataclass(frozen=True)
class Answer:
    """What a server said to one request."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class SignIn:
    """The council's sign-in as the tests have it: staff are let in, a stranger is refused, others are unknown.

    `answer` is what it says instead, whoever asks. `asked` holds the addresses that it was asked for.
    """

    answer: int | None = None
    asked: list[str] = field(default_factory=list)
    port: int = 0

    def status(self, cookie: str) -> int:
        return self.answer or {"session=staff": 200, "session=stranger": 403}.get(cookie, 401)


@dataclass(frozen=True)
class Server:
    """nginx serving the editions in a folder, each at a port of this machine."""

    ports: Mapping[Edition, int]
    sign_in: SignIn

    def address(self, edition: Edition) -> str:
        return f"http://127.0.0.1:{self.ports[edition]}"

    def ask(self, edition: Edition, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request, with the path sent as it is. The internal edition is asked as someone who is signed in."""
        if edition is Edition.INTERNAL:
            headers = {**SIGNED_IN, **headers}
        connection = HTTPConnection("127.0.0.1", self.ports[edition], timeout=10)
        try:
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()


@contextmanager
def serving(site: Path, work: Path, change: Callable[[Path], None] = lambda folder: None) -> Iterator[Server]:
    """Serves the editions below `site` with the configuration of deploy/, as `change` leaves it. `work` is a new folder."""
    with signing_in() as sign_in:
        ports = dict(zip(Edition, free_ports(len(Edition)), strict=True))
        configure(work, site, ports, sign_in.port)
        change(work)
        with _running(work, [*ports.values()]):
            yield Server(ports, sign_in)


def configure(work: Path, site: Path, ports: Mapping[Edition, int], sign_in: int) -> None:
    """Puts the configuration into `work`, set as an operator would set it."""
    shutil.copytree(ROOT / "deploy/nginx", work)
    folders = "".join(
        f"    {kind}_temp_path {work}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Root's own tests lie in folders that www-data may not enter.
    user = "user root;" if os.geteuid() == 0 else ""
    edit(
        work / "nginx.conf",
        {
            r"^user www-data;": user,
            r"/run/nginx\.pid": f"{work}/nginx.pid",
            r"/var/log/nginx/error\.log": f"{work}/error.log",
            r"/var/log/nginx/access\.log": f"{work}/access.log",
            r"^http \{\n": f"http {{\n{folders}",
        },
    )
    settings = work / "handbook/settings"
    for edition, port in ports.items():
        place = {r"^listen [^;]+;": f"listen 127.0.0.1:{port};", r"^set \$site [^;]+;": f"set $site {site};"}
        edit(settings / f"{edition}.conf", place)
    edit(settings / "sign-in.conf", {r"http://127\.0\.0\.1:9/": f"http://127.0.0.1:{sign_in}/"})


def edit(path: Path, changes: Mapping[str, str]) -> None:
    """Replaces in a file what each pattern matches, which must be there once."""
    text = path.read_text("utf-8")
    for pattern, new in changes.items():
        text, count = re.subn(pattern, lambda _, new=new: new, text, flags=re.MULTILINE)
        assert count == 1, f"{path.name}: {pattern} was found {count} times"
    path.write_text(text, "utf-8")


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [opened.getsockname()[1] for opened in sockets]
    finally:
        for opened in sockets:
            opened.close()


@contextmanager
def signing_in() -> Iterator[SignIn]:
    """A sign-in on this machine, until the end of the block."""
    sign_in = SignIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sign_in.asked.append(self.headers["X-Original-URI"])
            self.send_response(sign_in.status(self.headers.get("Cookie", "")))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sign_in.port = server.server_port
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    try:
        yield sign_in
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def _running(work: Path, ports: list[int]) -> Iterator[None]:
    command = [needed("nginx"), "-p", work, "-c", work / "nginx.conf", "-e", work / "error.log", "-g", "daemon off;"]
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        for port in ports:
            _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _wait_for(port: int, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 10
    while True:
        assert process.poll() is None, process.communicate()[1]
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < end, "nginx did not start"
            time.sleep(0.02)
