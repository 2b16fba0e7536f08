"""An edition in one zip, for a file share or a memory stick: unpack it and open index.html."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

_FILE = 0o100644 << 16  # a plain file that its owner may write and everyone may read


def archive(folder: Path, name: str, day: date) -> bytes:
    """A zip of the files in `folder`, in a folder `name` of its own.

    The same files give the same bytes: they are in order of name and bear the date `day`, the day
    the edition speaks for, whoever packs them and when.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as pack:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(
                f"{name}/{path.relative_to(folder).as_posix()}", (day.year, day.month, day.day, 0, 0, 0)
            )
            # What Python calls the system differs between Windows and others; the bytes must not.
            entry.create_system, entry.external_attr, entry.compress_type = 3, _FILE, zipfile.ZIP_DEFLATED
            pack.writestr(entry, path.read_bytes())
    return packed.getvalue()
