"""The real preview, started as a person starts it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60.0  # seconds: other tests keep the machine busy


class Preview:
    """A running `handbook serve`: its address, and what it has said in the terminal."""

    def __init__(self, root: Path, *options: str):
        self._log = root.parent / "serve.log"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "handbook.cli", "serve", "--port", "0", *options],
            cwd=root,
            stdout=self._log.open("w"),
            stderr=subprocess.STDOUT,
            text=True,
        )
        until(lambda: " is at http://" in self.said or self._process.poll() is not None)
        found = re.search(r"is at (http://\S+)/ ", self.said)
        assert found, self.said
        self.address = found[1]

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8")

    def get(self, path: str) -> str:
        """What is served at a path."""
        with urllib.request.urlopen(f"{self.address}/{path}") as answer:
            return answer.read().decode()

    def told(self) -> dict[str, Any]:
        """What a browser is told of the handbook now."""
        with urllib.request.urlopen(f"{self.address}/.preview/events") as answer:
            for line in answer:
                if line.startswith(b"data: "):
                    found: dict[str, Any] = json.loads(line[6:])
                    return found
        raise AssertionError("nothing was told")

    def stop(self) -> int:
        """Stops it as Ctrl-C does, and gives its exit code."""
        self._process.send_signal(signal.SIGINT)
        try:
            return self._process.wait(PATIENCE)
        finally:
            self._process.kill()


@contextmanager
def previewing(root: Path, *options: str) -> Iterator[Preview]:
    """The preview of the handbook at `root`, which ends well."""
    preview = Preview(root, *options)
    try:
        yield preview
    except BaseException:
        preview.stop()
        raise
    assert preview.stop() == 0, preview.said
    assert preview.said.endswith("Stopped.\n")
    assert "Traceback" not in preview.said


def until(holds: Callable[[], bool]) -> None:
    """Waits until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)


def edit(path: Path, find: str, put: str) -> None:
    """Changes the first `find` in a file, as an editing program saves it."""
    text = path.read_text("utf-8")
    assert find in text
    path.write_text(text.replace(find, put, 1), "utf-8")
