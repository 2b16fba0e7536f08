"""The releases of an edition: whole sites side by side in site/releases, and the one that readers see."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from handbook.files.atomic import for_each, remove, replace, sync, write
from handbook.files.folders import below
from handbook.files.manifest import (
    FileEntry,
    FilesIn,
    Manifest,
    NotWhole,
    compare,
    entry_of,
    files_in,
    read_manifest,
    write_manifest,
)
from handbook.files.site_marker import read_marker
from handbook.model.editions import Edition
from handbook.release.swap import swap

SITE = "site"
_NONE: Mapping[str, FileEntry] = MappingProxyType({})
KEPT = 3
_PART = ".part"


class NotPublished(Exception):
    """Nothing was published. The message says why and what to do, and what readers see is as it was."""


@dataclass(frozen=True)
class Releases:
    """The releases of one edition of the handbook at `root`.

    A release is a folder `site/releases/partner-7` that holds the site `partner` and, beside it,
    `partner.manifest.json`. It is made under another name and renamed when it is whole, and nothing
    writes to it after that. `site/partner` is a link to the site of the one that readers see;
    `site/partner.before` to the one that they saw before it, from which a server can answer for the
    styles and scripts of a page that was opened a moment ago.
    """

    root: Path
    edition: Edition

    @property
    def place(self) -> Path:
        """Where readers find the edition."""
        return self.root / SITE / self.edition

    @property
    def _before(self) -> Path:
        return self.root / SITE / f"{self.edition}.before"

    @property
    def _folder(self) -> Path:
        return self.root / SITE / "releases"

    def site(self, number: int) -> Path:
        """The folder of a release's site."""
        return self._release(number) / self.edition

    def manifest(self, number: int) -> Manifest:
        """The manifest of a release. Raises NotWhole where it cannot be read."""
        return read_manifest(self._release(number) / f"{self.edition}.manifest.json")

    def numbers(self) -> list[int]:
        """The releases that are there, oldest first."""
        if not self._folder.is_dir():
            return []
        named = (re.fullmatch(rf"{self.edition}-(\d+)", path.name) for path in self._folder.iterdir())
        return sorted(int(match[1]) for match in named if match)

    def live(self) -> int | None:
        """The release that readers see. Raises NotPublished when something else stands in its place."""
        if self.place.is_symlink():
            target = self.place.readlink().as_posix()
            if match := re.fullmatch(rf"releases/{self.edition}-(\d+)/{self.edition}", target):
                return int(match[1]) if self.site(int(match[1])).is_dir() else None
        elif not self.place.exists():
            return None
        elif marker := read_marker(self.place):
            same = [number for number in self.numbers() if read_marker(self.site(number)) == marker]
            if same:
                return same[-1]
        raise NotPublished(f"{self.place} was not made by handbook build. Move it away, and run handbook build again.")

    def addresses(self) -> set[str]:
        """The addresses that readers have, from the live manifest, or from the site where that cannot be read."""
        live = self.live()
        if live is None:
            return set()
        try:
            return self.manifest(live).addresses
        except NotWhole:
            return {path for path in files_in(self.site(live)) if path.endswith(".html")}

    def before(self, number: int) -> int | None:
        """The release before this one, if it is still there."""
        return max((other for other in self.numbers() if other < number), default=None)

    def whole(self, found: FilesIn) -> dict[str, FileEntry]:
        """The files of the live release, if those that are `found` where readers see it are the ones that were published;
        otherwise none.
        """
        live = self.live()
        try:
            files = self.manifest(live).files if live else {}
        except NotWhole:
            return {}
        return files if found(self.place) == files else {}

    def add(self, built: Path, manifest: Manifest, held: Mapping[str, FileEntry] = _NONE) -> int:
        """Copies the site in `built` to a new release, which nobody sees yet, and gives its number.

        A file that is among those `held` by the live release is the same file on the disk (a second
        name for it), so that it keeps its date, and browsers the copy that they have.
        """
        live = self.live()
        number = max(self.numbers(), default=0) + 1
        part = self._release(number).with_suffix(_PART)
        site = part / self.edition
        shown = self.site(live) if live else None
        for folder in {path.rpartition("/")[0] for path in manifest.files}:
            (site / folder).mkdir(parents=True, exist_ok=True)

        def is_held(path: str, entry: FileEntry) -> bool:
            same = shown is not None and held.get(path) == entry
            return same and _second_name(f"{shown}/{path}", f"{site}/{path}")

        def copy(path: str) -> None:
            data = (built / path).read_bytes()
            if entry_of(data) != manifest.files[path]:
                raise NotWhole(f"{built / path} changed while it was being published. Run handbook build again.")
            write(site / path, data)

        for_each(copy, [path for path, entry in manifest.files.items() if not is_held(path, entry)])
        write_manifest(manifest, part / f"{self.edition}.manifest.json")
        for folder in (site, *(Path(found.path) for found in below(site).values() if found.is_dir()), part):
            sync(folder)
        part.rename(self._release(number))
        sync(self._folder)
        return number

    def offer(self, number: int, name: str, data: bytes) -> None:
        """Puts a copy of a release beside its site, and a link to the live release's copy beside the live site.

        The link goes by way of the live site, so that it follows every release and rollback by itself.
        A release without that copy then has none to offer, rather than one of another release.
        """
        replace(self._release(number) / name, data)
        place = self.root / SITE / name
        if not self.place.is_symlink():
            replace(place, data)
        elif not place.is_symlink():
            remove(place)
            place.symlink_to(Path(self.edition, "..", name))

    def show(self, number: int) -> bool:
        """Makes a release the one that readers see. False where the system cannot do it in one step."""
        live = self.live()
        if live and live != number and self.place.is_symlink():
            swap(self._before, self.site(live))
        for other in self.numbers():
            if live and live < other < number:
                # Rolled back from, or never shown: a later rollback must not come to it.
                self._withdraw(other)
        return swap(self.place, self.site(number))

    def tidy(self) -> None:
        """Removes what a killed build left, and all but three releases up to the live one."""
        live = self.live()
        for number in [number for number in self.numbers() if live and number <= live][:-KEPT]:
            self._withdraw(number)
        for path in (*(self.root / SITE).glob(f".{self.edition}*"), *self._folder.glob(f"{self.edition}-*{_PART}")):
            remove(path)

    def differences(self, number: int) -> str:
        """Where a release's site departs from its manifest, a line for each file. Empty when it is whole."""
        folder = self.place if number == self.live() else self.site(number)
        try:
            return str(compare(self.manifest(number), folder))
        except NotWhole as error:
            return str(error)

    def _release(self, number: int) -> Path:
        return self._folder / f"{self.edition}-{number}"

    def _withdraw(self, number: int) -> None:
        """Removes a release. Under another name it is none any more, however little of it is removed by then."""
        part = self._release(number).with_suffix(_PART)
        remove(part)
        self._release(number).rename(part)
        remove(part)


def _second_name(old: str, new: str) -> bool:
    """Gives the file `old` the second name `new`. False where that cannot be done."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        return False
    return True
