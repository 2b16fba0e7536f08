"""The database that the cache is stored in: one SQLite file, which can be deleted at any time.

The file holds results of one environment (see `handbook.cache.environment`). Whatever is wrong with it, its results
count as not there, and the next save replaces it: a file that is no database, is damaged, is locked for long or
cannot be written costs time and nothing else.

A connection is opened for each load and each save and closed at its end, so that none is ever shared with a forked
process. Saves are immediate transactions, and several processes may load and save at once.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from handbook.model.dependencies import Dependency, DependencyKind

# What `PRAGMA application_id` and `user_version` say of our files. Another schema needs another version.
_APPLICATION, _VERSION = 0x48424B43, 1
_SCHEMA = """
CREATE TABLE environment (hash TEXT NOT NULL);
CREATE TABLE dependency (result_kind TEXT, id INTEGER, name TEXT, fingerprint TEXT, PRIMARY KEY (result_kind, id))
    WITHOUT ROWID;
CREATE TABLE result (kind TEXT, name TEXT, dependencies BLOB, value BLOB, body BLOB, checksum INTEGER,
    PRIMARY KEY (kind, name));
"""
# A database that holds more than this is emptied at the next save. A handbook of 1,000 pages needs some 40 MB.
_MOST_BYTES = 1 << 30
_KINDS = {str(kind): kind for kind in DependencyKind}
# Errors of a file that is as it should be, and cannot be written now: the next build takes longer.
_UNAVAILABLE = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
    )
)
_PATIENCE = 10.0  # seconds to wait for another process to finish its save


class KnownDependency:
    """A dependency with the fingerprint that it had. An empty one can never be the same again.

    Results share these objects, of which there are many, so they compare and hash by identity.
    """

    __slots__ = ("_id", "dependency", "fingerprint")

    def __init__(self, dependency: Dependency, fingerprint: str, id: int | None = None):
        self.dependency, self.fingerprint, self._id = dependency, fingerprint, id

    @property
    def id(self) -> int:
        """A number that stands for the dependency with this fingerprint, in whatever file."""
        if self._id is None:
            encoded = f"{self.fingerprint} {self.encoded}".encode()
            self._id = int.from_bytes(blake2b(encoded, digest_size=8).digest(), "big", signed=True)
        return self._id

    @property
    def encoded(self) -> str:
        """The dependency as JSON."""
        return json.dumps([self.dependency.kind, *self.dependency.name])


@dataclass(frozen=True)
class CachedResult:
    """The result of a piece of work: a small value, always wanted, and a body that may not be.

    `encoded` is the value as JSON, and `compressed` the body.
    """

    dependencies: tuple[KnownDependency, ...]
    encoded: bytes
    compressed: bytes

    @property
    def value(self) -> Any:
        """The value, decoded each time so that those of all pages do not fill the memory."""
        return json.loads(self.encoded)

    @property
    def body(self) -> bytes:
        """The body, decompressed each time."""
        return _decompress(self.compressed)


def compress(body: bytes) -> bytes:
    """A body as a result holds it."""
    # The fastest level makes a page a quarter of its size. The next takes twice the time to save a tenth of that.
    return zlib.compress(body, 1)


# A body is often asked for twice in a row.
@lru_cache(maxsize=1)
def _decompress(body: bytes) -> bytes:
    return zlib.decompress(body)


class CacheDatabase:
    """The results in the file at `path` that were computed in `environment`."""

    def __init__(self, path: Path, environment: str):
        self._path, self._environment = path, environment

    def load(self, kind: str) -> dict[str, CachedResult]:
        """The results of a kind by their names: none where the file is of another environment or cannot be used."""
        try:
            with self._connected("rw") as connection:
                connection.execute("BEGIN")
                if not self._is_ours(connection):
                    return {}
                known = _known(
                    connection.execute(
                        "SELECT id, name, fingerprint FROM dependency WHERE result_kind = ?", (kind,)
                    ).fetchall()
                )
                rows = connection.execute(
                    "SELECT name, dependencies, value, body, checksum FROM result WHERE kind = ?", (kind,)
                )
                return dict(_results(kind, rows, known))
        except (sqlite3.Error, OSError, ValueError, TypeError, KeyError):
            return {}

    def save(self, kind: str, results: Mapping[str, CachedResult], changed: Collection[str]) -> None:
        """Make `results` all that the file holds of a kind. Of those that it has already, only `changed` are written."""
        for _ in range(2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with self._connected("rwc") as connection:
                    self._write(connection, kind, results, changed)
                return
            except OSError:
                return
            except (sqlite3.Error, ValueError, TypeError) as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF in _UNAVAILABLE:
                    return
                # Damaged, or of something else. Replace it, once.
                self._remove()

    def _write(
        self,
        connection: sqlite3.Connection,
        kind: str,
        results: Mapping[str, CachedResult],
        changed: Collection[str],
    ) -> None:
        # A power cut may damage the file, which is then found out by its checksums.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN IMMEDIATE")
        self._prepare(connection)
        stored = {name for (name,) in connection.execute("SELECT name FROM result WHERE kind = ?", (kind,))}
        connection.executemany(
            "DELETE FROM result WHERE kind = ? AND name = ?", [(kind, name) for name in stored - results.keys()]
        )
        written = [(name, result) for name, result in results.items() if name in changed or name not in stored]
        self._write_dependencies(connection, kind, results.values(), [result for _, result in written])
        connection.executemany(
            "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?)",
            (_row(kind, name, result) for name, result in written),
        )
        connection.execute("COMMIT")

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Create the tables of a new file, and empty those of another environment or of too large a file."""
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        elif not self._has_our_schema(connection):
            raise ValueError("The file is not of this cache")
        elif self._is_ours(connection) and _used_bytes(connection) <= _MOST_BYTES:
            return
        for table in ("environment", "dependency", "result"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("INSERT INTO environment VALUES (?)", (self._environment,))

    @staticmethod
    def _write_dependencies(
        connection: sqlite3.Connection,
        kind: str,
        results: Collection[CachedResult],
        written: Collection[CachedResult],
    ) -> None:
        """Write the dependencies of the results that are written, and remove those that no result has."""
        wanted = {known.id for known in dependencies_of(results)}
        stored = {id for (id,) in connection.execute("SELECT id FROM dependency WHERE result_kind = ?", (kind,))}
        connection.executemany(
            "DELETE FROM dependency WHERE result_kind = ? AND id = ?", [(kind, id) for id in stored - wanted]
        )
        connection.executemany(
            "INSERT OR REPLACE INTO dependency VALUES (?, ?, ?, ?)",
            ((kind, known.id, known.encoded, known.fingerprint) for known in dependencies_of(written)),
        )

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        return self._has_our_schema(connection) and connection.execute("SELECT hash FROM environment").fetchall() == [
            (self._environment,)
        ]

    @staticmethod
    def _has_our_schema(connection: sqlite3.Connection) -> bool:
        found = tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
        return found == (_APPLICATION, _VERSION)

    @contextmanager
    def _connected(self, mode: str) -> Iterator[sqlite3.Connection]:
        """A connection that begins its transactions where it is told to, and rolls back what is not committed."""
        address = f"{self._path.absolute().as_uri()}?mode={mode}"
        with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)) as connection:
            yield connection

    def _remove(self) -> None:
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(self._path.name + ending).unlink()


def _used_bytes(connection: sqlite3.Connection) -> int:
    size, pages, free = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_size", "page_count", "freelist_count")
    )
    return size * (pages - free)


def dependencies_of(results: Iterable[CachedResult]) -> set[KnownDependency]:
    """Every dependency of the results, each once."""
    return set[KnownDependency]().union(*(result.dependencies for result in results))


def _known(rows: Sequence[tuple[int, str, str]]) -> dict[int, KnownDependency]:
    """The dependencies in rows, by their ids."""
    # To decode all at once takes half the time.
    names = json.loads(f"[{','.join([name for _, name, _ in rows])}]")
    return {
        id: KnownDependency(Dependency(_KINDS[kind], tuple(name)), fingerprint, id)
        for (id, _, fingerprint), (kind, *name) in zip(rows, names, strict=True)
    }


def _row(kind: str, name: str, result: CachedResult) -> tuple[str, str, bytes, bytes, bytes, int]:
    dependencies = array("q", [known.id for known in result.dependencies]).tobytes()
    checksum = _checksum(kind, name, dependencies, result.encoded, result.compressed)
    return kind, name, dependencies, result.encoded, result.compressed, checksum


def _results(
    kind: str, rows: sqlite3.Cursor, known: Mapping[int, KnownDependency]
) -> Iterator[tuple[str, CachedResult]]:
    """The results in rows that are whole, and whose dependencies are all known."""
    for name, dependencies, value, body, checksum in rows:
        if checksum != _checksum(kind, name, dependencies, value, body):
            continue
        try:
            found = tuple(map(known.__getitem__, array("q", dependencies)))
        except KeyError:
            continue
        yield name, CachedResult(found, value, body)


def _checksum(kind: str, name: str, dependencies: bytes, value: bytes, body: bytes) -> int:
    checksum = zlib.crc32(f"{kind}\n{name}\n{len(dependencies)} {len(value)}\n".encode())
    for part in (dependencies, value, body):
        checksum = zlib.crc32(part, checksum)
    return checksum
