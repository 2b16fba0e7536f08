"""Reading `data/`: every file of every kind of record, and the handbook's settings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from pydantic import Field

from .editions import Edition
from .examples import Wrong
from .fields import ID_PATTERN, Address, Day, EditAddress, SourceId, Text, Whole, not_an_id
from .models import KINDS, Kind
from .parts import Record, Strict
from .problems import ContentError, Place, Problem
from .strict_yaml import Document, parse_yaml
from .strict_yaml import Path as KeyPath
from .text import read_text
from .trace import Traced, read
from .validation import validate
from .where import SETTINGS_FILE


class Section(Strict):
    """A part of the navigation: a folder under docs/, and what it is called."""

    folder: Annotated[Text, Field(description="The folder under docs/; . is docs/ itself.", examples=["workstreams"])]
    title: Annotated[Text, Field(description="What readers see.", examples=["Workstreams"])]


class EditionWords(Strict):
    """The words that an edition says of itself on every page."""

    label: Annotated[
        Text | None, Field(description="One word, set apart at the start of the bar.", examples=["Internal"])
    ] = None
    bar: Annotated[
        Text,
        Field(
            description="The sentence in the bar at the top of every page. {as_at} stands for the day it speaks for.",
            examples=["As reported on {as_at}."],
        ),
    ]


class Licence(Strict):
    """The licence under which the handbook's data may be used."""

    name: Annotated[Text, Field(description="Its short name, as Open Definition lists it.", examples=["OGL-UK-3.0"])]
    title: Annotated[Text, Field(description="Its full name.", examples=["Open Government Licence v3.0"])]
    url: Annotated[
        Address, Field(description="Where it can be read.", examples=["https://www.nationalarchives.gov.uk/"])
    ]


class Settings(Strict):
    """What `data/handbook.yml` says: the facts that the whole handbook shares."""

    title: Annotated[Text, Field(description="The handbook's name.", examples=["Getting to Good handbook"])]
    description: Annotated[
        Text, Field(description="The handbook in one sentence.", examples=["What each workstream is doing."])
    ]
    council: Annotated[
        Text,
        Field(description="The council whose services the handbook is about.", examples=["Surrey County Council"]),
    ]
    official: Annotated[
        Text, Field(description="What the site is, and what it is not.", examples=["Made from a public paper."])
    ]
    as_at: Annotated[Day, Field(description="The handbook shows what was known on this day.", examples=["2021-12-21"])]
    report: Annotated[
        SourceId, Field(description="The report that the pages speak from.", examples=["cabinet-2021-12-21"])
    ]
    earlier_reports: Annotated[
        tuple[SourceId, ...],
        Field(description="The reports before it, oldest first.", examples=[["cabinet-2021-12-21"]]),
    ] = ()
    repository: Annotated[
        EditAddress | None,
        Field(
            description="Where a file of the handbook can be changed, for the edit links of the internal edition. "
            "{path} stands for the file, {line} for the line in it.",
            examples=[
                "https://github.com/example/handbook/edit/main/{path}#L{line}",
                "https://gitlab.com/example/handbook/-/edit/main/{path}#L{line}",
            ],
        ),
    ] = None
    old_after: Annotated[
        Whole | None,
        Field(description="The months after which the latest value of a figure is shown as old.", examples=["12"]),
    ] = None
    licence: Annotated[
        Licence | None,
        Field(description="The licence of the handbook's data, once one has been decided."),
        Wrong("OGL-UK-3.0", "Keys are wanted here (found OGL-UK-3.0)"),
    ] = None
    contact: Annotated[
        Text | None,
        Field(description="Where readers can write. Not a person's address.", examples=["improvement@council.example"]),
    ] = None
    starting_points: Annotated[
        tuple[Text, ...],
        Field(
            description="The pages that the search offers before anything is typed, as paths under docs/.",
            examples=[["inspection/getting-to-good.md"]],
        ),
    ] = ()
    editions: Annotated[dict[Edition, EditionWords], Field(description="What each edition says of itself.")]
    sections: Annotated[
        tuple[Section, ...],
        Field(min_length=1, description="The parts of the menu, in its order."),
        Wrong("workstreams", "sections is a list (found workstreams)"),
    ]

    def edit_address(self, place: Place) -> str | None:
        """Where what stands at `place` can be changed, if the settings say where the files are kept."""
        if self.repository is None:
            return None
        return self.repository.replace("{path}", quote(place.path)).replace("{line}", str(place.line))


# A copy such as "neglect - Copy.yml" is a stray file, and not a second set of records.
_FILE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.yml")


def read_settings(root: Path) -> tuple[Settings | None, list[Problem]]:
    """The settings of the handbook at `root`, or the problems with them."""
    try:
        document = parse_yaml(read_text(root / SETTINGS_FILE, SETTINGS_FILE), SETTINGS_FILE)
    except ContentError as error:
        return None, error.problems
    return validate(Settings, document, (), "The handbook")


def setting_place(root: Path, path: KeyPath) -> Place:
    """Where a setting of the handbook at `root` stands, or the file where it is left out."""
    document = parse_yaml(read_text(root / SETTINGS_FILE, SETTINGS_FILE), SETTINGS_FILE)
    return Place(SETTINGS_FILE, document.line(path))


class Records(Traced[Record]):
    """Every record by its id, in the order of the files, and the files' lines."""

    def __init__(self) -> None:
        super().__init__("records")
        self.documents: dict[str, Document] = {}
        self._broken: set[str] = set()

    def place(self, record: Record, path: KeyPath = ()) -> Place:
        """Where a key of a record stands."""
        document = self.documents[record.place.path]
        return Place(document.shown, document.line((record.id, *path)))

    def may_have(self, kind: str, name: str) -> bool:
        """True when a record that could not be read may be this one, so that it is not missed twice."""
        read("broken:*")
        return name in self._broken or f"{kind}:*" in self._broken

    @property
    def incomplete(self) -> bool:
        """True when a record could not be read."""
        read("broken:*")
        return bool(self._broken)

    @property
    def faults(self) -> list[str]:
        """What could not be read: ids, and `kind:*` for whole files."""
        read("broken:*")
        return sorted(self._broken)

    def broken(self, name: str) -> None:
        """Notes a record, or `kind:*` for a whole file, that could not be read."""
        self._broken.add(name)


def read_records(root: Path) -> tuple[Records, list[Problem]]:
    """Every record under `data/`, with every problem."""
    records = Records()
    problems: list[Problem] = []
    for kind in KINDS.values():
        for path in _files_of(kind, root / "data"):
            shown = path.relative_to(root).as_posix()
            try:
                document = parse_yaml(read_text(path, shown), shown)
            except ContentError as error:
                problems += error.problems
                records.broken(f"{kind.name}:*")
                continue
            records.documents[shown] = document
            for name, record, faults in _records_in(document, kind):
                problems += faults
                if record is None:
                    records.broken(name if ID_PATTERN.fullmatch(name) else f"{kind.name}:*")
                elif record.id in records:
                    first = records[record.id].place
                    problems.append(
                        Problem(
                            shown,
                            record.place.line,
                            f"The id {record.id} is taken (by {first.path}:{first.line})",
                            "Choose another; an id stands for one thing in the whole handbook",
                        )
                    )
                else:
                    records[record.id] = record
    return records, problems + _stray_files(root)


def _files_of(kind: Kind, folder: Path) -> list[Path]:
    found = (path for pattern in kind.files for path in sorted(folder.glob(pattern)) if path.is_file())
    return [path for path in found if _FILE_NAME.fullmatch(path.name)]


def _records_in(document: Document, kind: Kind) -> list[tuple[str, Record | None, list[Problem]]]:
    """Each record of a file: its id, the record if it could be read, and its problems."""
    if not isinstance(document.value, dict):
        what = "The file is empty" if not document.value else f"The file is not a list of {kind.name} records by id"
        cure = f"Start each {kind.name} with its id and a colon, or delete the file"
        return [("", None, [Problem(document.shown, 1, what, cure)])]
    read: list[tuple[str, Record | None, list[Problem]]] = []
    for name in document.value:
        line = document.line((name,))
        if not ID_PATTERN.fullmatch(name):
            read.append((name, None, [Problem(document.shown, line, *not_an_id(name))]))
            continue
        given = {"id": name, "place": Place(document.shown, line)}
        read.append((name, *validate(kind.model, document, (name,), f"The {kind.name} {name}", given)))
    return read


def _stray_files(root: Path) -> list[Problem]:
    """A file under data/ that no kind reads is a mistake: what it holds would never be shown."""
    folder = root / "data"
    known = {path for kind in KINDS.values() for path in _files_of(kind, folder)} | {root / SETTINGS_FILE}
    problems = []
    for path in sorted(folder.rglob("*")):
        shown = path.relative_to(root).as_posix()
        if path.is_symlink():
            what = "A link in data/ (what it points to could change unseen)"
            problems.append(Problem(shown, 1, what, "Replace it by the file itself"))
        elif path.is_file() and path not in known:
            what = "A file that no kind of record is read from"
            problems.append(Problem(shown, 1, what, "Move it to where its kind belongs, or delete it"))
    return problems
