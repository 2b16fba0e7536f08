"""Read the records under `data/`: every file of every kind."""

from __future__ import annotations

import re
from pathlib import Path

from handbook.loading.strict_yaml import Path as KeyPath
from handbook.loading.strict_yaml import YamlDocument, parse_yaml
from handbook.loading.text_files import read_text
from handbook.loading.validation import validate
from handbook.model.dependencies import DependencyKind, TrackedDict, note_dependency
from handbook.model.fields import ID_PATTERN, not_an_id
from handbook.model.locations import SETTINGS_FILE
from handbook.model.parts import Record
from handbook.model.problems import ContentError, Place, Problem
from handbook.model.record_kinds import KINDS, RecordKind

# A copy such as "staff - Copy.yml" is a stray file, and not a second set of records.
_FILE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.yml")


class Records(TrackedDict[str, Record]):
    """Every record by its id, in the order of the files, and the files' lines."""

    def __init__(self) -> None:
        super().__init__(DependencyKind.SOURCE_RECORD)
        self.documents: dict[str, YamlDocument] = {}
        self._broken: set[str] = set()

    def place(self, record: Record, path: KeyPath = ()) -> Place:
        """The file and line of a key of a record."""
        document = self.documents[record.place.path]
        return Place(document.shown, document.line((record.id, *path)))

    def may_have(self, kind: str, name: str) -> bool:
        """True when a record that could not be read may be this one, so that it is not missed twice."""
        note_dependency(DependencyKind.UNREADABLE_RECORDS)
        return name in self._broken or f"{kind}:*" in self._broken

    @property
    def incomplete(self) -> bool:
        """True when a record could not be read."""
        note_dependency(DependencyKind.UNREADABLE_RECORDS)
        return bool(self._broken)

    @property
    def faults(self) -> list[str]:
        """What could not be read: ids, and `kind:*` for whole files."""
        note_dependency(DependencyKind.UNREADABLE_RECORDS)
        return sorted(self._broken)

    def broken(self, name: str) -> None:
        """Add a record, or `kind:*` for a whole file, that could not be read."""
        self._broken.add(name)


def read_records(root: Path) -> tuple[Records, list[Problem]]:
    """Read every record under `data/`, with every problem."""
    records = Records()
    problems: list[Problem] = []
    for kind in KINDS.values():
        for path in _files_of(kind, root / "data"):
            display_path = path.relative_to(root).as_posix()
            try:
                document = parse_yaml(read_text(path, display_path), display_path)
            except ContentError as error:
                problems += error.problems
                records.broken(f"{kind.name}:*")
                continue
            records.documents[display_path] = document
            for name, record, faults in _records_in(document, kind):
                problems += faults
                if record is None:
                    records.broken(name if ID_PATTERN.fullmatch(name) else f"{kind.name}:*")
                elif record.id in records:
                    first = records[record.id].place
                    problems.append(
                        Problem(
                            display_path,
                            record.place.line,
                            f"The id {record.id} is taken (by {first.path}:{first.line})",
                            "Choose another; an id stands for one thing in the whole handbook",
                        )
                    )
                else:
                    records[record.id] = record
    return records, problems + _stray_files(root)


def _files_of(kind: RecordKind, folder: Path) -> list[Path]:
    found = (path for pattern in kind.files for path in sorted(folder.glob(pattern)) if path.is_file())
    return [path for path in found if _FILE_NAME.fullmatch(path.name)]


def _records_in(document: YamlDocument, kind: RecordKind) -> list[tuple[str, Record | None, list[Problem]]]:
    """Each record of a file: its id, the record if it could be read, and its problems."""
    if not isinstance(document.value, dict):
        what = "The file is empty" if not document.value else f"The file is not a list of {kind.name} records by id"
        cure = f"Start each {kind.name} with its id and a colon, or delete the file"
        return [("", None, [Problem(document.shown, 1, what, cure)])]
    read: list[tuple[str, Record | None, list[Problem]]] = []
    for name in document.value:
        line = document.line((name,))
        if read and _is_a_key_of_the_one_above(document, name, kind):
            continue
        if not ID_PATTERN.fullmatch(name):
            read.append((name, None, [Problem(document.shown, line, *not_an_id(name))]))
            continue
        given = {"id": name, "place": Place(document.shown, line)}
        read.append((name, *validate(kind.model, document, (name,), f"The {kind.name} {name}", given)))
    return read


def _is_a_key_of_the_one_above(document: YamlDocument, name: str, kind: RecordKind) -> bool:
    """True for a key that was not indented. Its record is reported to have no keys, and that is enough."""
    return name in kind.model.model_fields and not isinstance(document.value[name], dict)


def _stray_files(root: Path) -> list[Problem]:
    """Problems with files under data/ that no kind of record is read from: their content would never be shown."""
    folder = root / "data"
    known = {path for kind in KINDS.values() for path in _files_of(kind, folder)} | {root / SETTINGS_FILE}
    problems = []
    for path in sorted(folder.rglob("*")):
        display_path = path.relative_to(root).as_posix()
        if path.is_symlink():
            what = "A link in data/ (what it points to could change unseen)"
            problems.append(Problem(display_path, 1, what, "Replace it by the file itself"))
        elif path.is_file() and path not in known:
            what = "A file that no kind of record is read from"
            cure = "Move it to where its kind belongs, or delete it"
            if path.suffix in (".yaml", ".YML", ".YAML"):
                cure = f"Rename it to {path.stem}.yml, or delete it"
            problems.append(Problem(display_path, 1, what, cure))
    return problems
