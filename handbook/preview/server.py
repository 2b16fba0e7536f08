"""The preview's web server: the site's files, pages with the preview's script added, and a stream of status events."""

from __future__ import annotations

import hashlib
import html
import mimetypes
import socket
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from handbook.preview.state import PreviewState

# The policy of a published site.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# No page of a handbook can have this address.
OWN = ".preview/"
_EVENTS = f"{OWN}events"
_OWN_FILES = {f"{OWN}{name}": Path(__file__).parent / name for name in ("preview.js", "preview.css")}
_HEARTBEAT = 10.0  # seconds after which a browser that has left is noticed
_END = b"</body>"

_NO_SITE_YET = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Nothing to show yet - handbook preview</title>
</head>
<body class="preview-nothing">
<main>
<h1>Nothing to show yet</h1>
<p>The handbook has not been whole since the preview was started. Mend what is told here, and the page appears.</p>
</main>
</body>
</html>
"""
_FAULT = (
    "<!doctype html><html lang=en-GB><title>Not shown</title><body><h1>This page cannot be shown</h1><p>{}</p></body>"
)


class PreviewServer(ThreadingHTTPServer):
    """Serves the current site of `state`. Raises OSError where the address cannot be served at."""

    daemon_threads = True

    def __init__(self, state: PreviewState, host: str, port: int):
        self.state = state
        self.address_family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        super().__init__((host, port), _Handler)
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: PreviewServer

    def do_GET(self) -> None:
        address = unquote(urlsplit(self.path).path).lstrip("/")
        try:
            if address == _EVENTS:
                self._stream_events()
            elif address in _OWN_FILES:
                self._send(HTTPStatus.OK, address, _OWN_FILES[address].read_bytes())
            else:
                self._site_file(address)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_HEAD = do_GET

    def _site_file(self, address: str) -> None:
        if not address or address.endswith("/"):
            address += "index.html"
        site = self.server.state.site
        try:
            content = site.file(address) if site else None
        except Exception as error:
            message = html.escape(f"{type(error).__name__}: {error}")
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "fault.html", _FAULT.format(message).encode())
            return
        if site is None:
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, "nothing.html", _NO_SITE_YET.encode())
        elif content is not None:
            self._send(HTTPStatus.OK, address, content)
        else:
            self._send(HTTPStatus.NOT_FOUND, "404.html", site.file("404.html") or b"")

    def _send(self, status: HTTPStatus, address: str, content: bytes) -> None:
        tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            status, content = HTTPStatus.NOT_MODIFIED, b""
        elif address.endswith(".html"):
            content = _with_script(content, tag)
        self.send_response(status)
        kind = mimetypes.guess_type(address)[0] or "application/octet-stream"
        text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", "no-cache")
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def _stream_events(self) -> None:
        """Stream the status, now and whenever it changes, as the browser's EventSource takes it."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command != "GET":
            return
        self.wfile.write(b"retry: 500\n\n")
        version = -1
        while True:
            latest, status = self.server.state.wait_for_change(version, _HEARTBEAT)
            self.wfile.write(f"data: {status}\n\n".encode() if latest != version else b": still here\n\n")
            version = latest

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing: the terminal is for what is wrong with the handbook."""


def _with_script(page: bytes, tag: str) -> bytes:
    """Return a page with the preview's script and styles, which a build never writes."""
    own = f'<link rel="stylesheet" href="/{OWN}preview.css"><script src="/{OWN}preview.js" data-tag={tag}></script>'
    before, end, after = page.rpartition(_END)
    return before + own.encode() + end + after if end else page + own.encode()
