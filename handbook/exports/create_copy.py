"""How each kind of copy is made of a published site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from handbook.audit.site_audit import audit
from handbook.editions.check import check
from handbook.exports.booklet import booklet
from handbook.exports.copy_kinds import CopyKind, NotCopied
from handbook.exports.pdf import NotPrinted, print_pdf
from handbook.exports.zip_archive import archive
from handbook.files.site_marker import read_marker
from handbook.loading.rendered_edition import RenderedEdition
from handbook.model.editions import Edition


def copy_of(copy: CopyKind, root: Path, edition: Edition, site: Path) -> bytes:
    """A copy of the edition that is published in `site`, built from the handbook at `root`. Raises NotCopied."""
    marker = read_marker(site)
    assert marker, "a published site has its marker"
    return _MADE[copy](root, edition, site, date.fromisoformat(marker.as_at))


def _zip(root: Path, edition: Edition, site: Path, day: date) -> bytes:
    return archive(site, f"handbook-{edition}-{day}", day)


def _pdf(root: Path, edition: Edition, site: Path, day: date) -> bytes:
    written = check(root, [edition]).editions[edition]
    document = booklet(written, site)
    _audit(written, document)
    try:
        return print_pdf(document, site)
    except NotPrinted as error:
        raise NotCopied(str(error)) from None


def _audit(written: RenderedEdition, document: str) -> None:
    """The document is read as a site is, before it is printed: a PDF no longer tells where one thing ends."""
    if written.store.edition is not Edition.PARTNER:
        return
    with TemporaryDirectory(prefix="handbook-audit-") as folder:
        (Path(folder) / "booklet.html").write_text(document, "utf-8")
        if found := audit(written.handbook.root, Path(folder)):
            lines = "\n".join(map(str, found))
            raise NotCopied(f"The PDF was not made. The audit found what partners may not read:\n{lines}")


_MADE: dict[CopyKind, Callable[[Path, Edition, Path, date], bytes]] = {CopyKind.ZIP: _zip, CopyKind.PDF: _pdf}
