"""Readers who open pages with all that they load, and notice whatever is wrong."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from random import Random

from handbook.files.manifest import files_in, manifest_of
from handbook.model.editions import Edition
from handbook.release.releases import Releases
from tests.deploy.server import Server

READERS = 4
_LOADED = re.compile(r'(?:src|href|data-engine|data-index)="([^":#]+\.(?:css|js|svg|png|woff2))"')
_HASHED = re.compile(r"\.[0-9a-f]{10}\.\w+$")


@dataclass
class Reading:
    """What readers met: how many requests they made, and what was wrong."""

    sites: list[Path]
    requests: int = 0
    pages: int = 0
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._holders: dict[tuple[str, str], set[int]] = {}
        for number, site in enumerate(self.sites):
            for path, entry in files_in(site).items():
                self._holders.setdefault((path, entry.sha256), set()).add(number)

    def read(self, port: int, stop: threading.Event, seed: int) -> None:
        """Opens pages at random with all that they load, until told to stop."""
        random = Random(seed)
        pages = sorted(path for path in files_in(self.sites[0]) if path.endswith(".html") and path != "404.html")
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        while not stop.is_set():
            self._open(connection, random.choice(pages))
        connection.close()

    def _open(self, connection: HTTPConnection, page: str) -> None:
        body, holders = self._get(connection, page)
        folder = Path("/", page).parent
        for name in sorted(set(_LOADED.findall(body.decode()))):
            asset = re.sub(r"[^/]+/\.\./", "", f"{folder}/{name}".lstrip("/"))
            _, having = self._get(connection, asset)
            # The search index is asked for when someone searches, and is that of the day.
            holders = holders & having if _HASHED.search(name) else holders
        with self._lock:
            self.pages += 1
            if not holders:
                self.wrong.append(f"{page}: parts of several releases")

    def _get(self, connection: HTTPConnection, path: str) -> tuple[bytes, set[int]]:
        """A file, and the sites that hold the very same."""
        connection.request("GET", f"/{path}")
        answer = connection.getresponse()
        body = answer.read()
        holders = self._holders.get((path, hashlib.sha256(body).hexdigest()), set())
        with self._lock:
            self.requests += 1
            if answer.status != 200:
                self.wrong.append(f"{path}: {answer.status}")
            elif not holders:
                self.wrong.append(f"{path}: a file that no release holds")
        return body, holders


def read_while(work: Callable[[], None], server: Server, sites: list[Path]) -> Reading:
    """What readers meet while `work` is done."""
    reading, stop = Reading(sites), threading.Event()
    readers = [
        threading.Thread(target=reading.read, args=[server.ports[Edition.PARTNER], stop, seed])
        for seed in range(READERS)
    ]
    for reader in readers:
        reader.start()
    try:
        work()
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    return reading


def publish(releases: Releases, site: Path) -> int:
    """A site published as `handbook build` does it once it is built and audited."""
    number = releases.add(site, manifest_of(site, site.parent))
    releases.show(number)
    releases.tidy()
    return number
