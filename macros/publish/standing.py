"""What stands in folders before a build, read by copies of this process while this one makes ready to build."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path

from .cache.beside import beside
from .manifest import Entry, Found, files_in


@contextmanager
def standing(folders: Sequence[Path]) -> Iterator[Found]:
    """What gives the files below each of these folders, as they were when the block began."""
    with ExitStack() as stack:
        waiting = {folder: stack.enter_context(beside(partial(_packed, folder))) for folder in folders}
        yield cache(lambda folder: {path: Entry(*entry) for path, entry in json.loads(waiting[folder]()).items()})


def _packed(folder: Path) -> bytes:
    return json.dumps({path: (entry.size, entry.sha256) for path, entry in files_in(folder).items()}).encode()
