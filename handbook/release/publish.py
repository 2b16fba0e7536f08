"""Publishing: an edition built, audited, checked against what readers have, and put in its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from handbook.cache.up_to_date import inputs_fingerprint, is_built, note_built
from handbook.exports.copy_kinds import CopyKind
from handbook.files.atomic import reason
from handbook.files.lock import locked
from handbook.files.manifest import Manifest, manifest_of, write_manifest
from handbook.files.site_marker import BUILT
from handbook.model.editions import Edition
from handbook.release.releases import SITE, NotPublished, Releases
from handbook.workers.background import BackgroundTasks

Say = Callable[[str], None]


@dataclass(frozen=True)
class _Built:
    """An edition that may be published."""

    releases: Releases
    folder: Path
    manifest: Manifest


def publish(
    root: Path,
    editions: Sequence[Edition],
    retired: Collection[str],
    say: Say,
    copies: Sequence[CopyKind] = (),
    keeps: bool = True,
) -> None:
    """Builds the editions and makes them what readers see: none, unless every one may be published.

    `retired` holds the addresses that may cease to be; `copies` says what else is made of each edition.
    With `keeps`, what earlier builds kept is used where it still holds.
    Raises BuildFailed, ContentError, NotPublished, NotWhole or OSError; what readers see is then as
    it was. Raises NotCopied when the site is published and a copy could not be made.
    """
    with _alone(root, say), BackgroundTasks(_folders(root, editions)) as meanwhile:
        ready = [_prepare(root, edition, keeps, meanwhile) for edition in editions]
        _check_addresses(ready, set(retired))
        for built in ready:
            _release(built, meanwhile, say)
        for built in ready:
            _offer(root, built.releases, copies, say)


def build_past(root: Path, editions: Sequence[Edition], as_at: date, say: Say) -> None:
    """Builds the editions as they stood on an earlier day, each in a folder of its own. Nothing is published.

    Raises BuildFailed, ContentError, NotPublished or OSError.
    """
    from handbook.model.periods import day_in_words

    with _alone(root, say):
        for edition in editions:
            folder = _build(root, edition, None, False, as_at)
            shown = folder.relative_to(root).as_posix()
            say(f"The {edition} edition as it stood on {day_in_words(as_at)} is in {shown}. Nothing was published.")


def roll_back(root: Path, edition: Edition, say: Say) -> None:
    """Makes the release before the live one what readers see. Raises as `publish` does."""
    releases = Releases(root, edition)
    with _alone(root, say):
        live = _live(releases)
        number = releases.before(live)
        if number is None:
            raise NotPublished(f"There is no release of the {edition} edition before release {live}.")
        if found := releases.differences(number):
            raise NotPublished(
                f"Release {number} of the {edition} edition is not whole, so nothing was moved.\n{found}"
            )
        if not releases.show(number):
            say(_NOT_IN_ONE_STEP)
        say(f"The {edition} edition is back at release {number}. The next handbook build removes release {live}.")


def verify(root: Path, edition: Edition, say: Say) -> bool:
    """Compares what readers see with its manifest, and says what differs. True when nothing does."""
    releases = Releases(root, edition)
    live = _live(releases)
    found = releases.differences(live)
    if found:
        say(f"Release {live} of the {edition} edition is not what was published.\n{found}")
        say(f"Run handbook build {edition} to publish it afresh, or handbook rollback {edition}.")
    else:
        say(f"Release {live} of the {edition} edition is whole: {len(releases.manifest(live).files)} files.")
    return not found


_NOT_IN_ONE_STEP = (
    "This computer cannot move a site into its place in one step: for a moment readers may have met none, or half."
)


def _alone(root: Path, say: Say) -> AbstractContextManager[None]:
    return locked(root / SITE / ".lock", lambda: say("Another build is being published. Waiting for it to end."))


def _live(releases: Releases) -> int:
    live = releases.live()
    if live is None:
        edition = releases.edition
        raise NotPublished(f"No {edition} edition is published here. Run handbook build {edition}.")
    return live


def _folders(root: Path, editions: Sequence[Edition]) -> list[Path]:
    """The folders that the editions are built in, and those where readers find them."""
    return [folder for edition in editions for folder in (root / BUILT / edition, Releases(root, edition).place)]


def _prepare(root: Path, edition: Edition, keeps: bool, meanwhile: BackgroundTasks) -> _Built:
    releases = Releases(root, edition)
    releases.live()
    releases.tidy()
    # What one edition leaves is there for the next.
    meanwhile.wait()
    folder = root / BUILT / edition
    inputs = inputs_fingerprint(root) if keeps else None
    if not (inputs and is_built(root, folder, inputs, meanwhile.files_in)):
        _build(root, edition, folder, keeps, meanwhile=meanwhile)
        if inputs:
            meanwhile.do(partial(note_built, root, folder, inputs))
    manifest = manifest_of(folder, root, meanwhile.files_in)
    write_manifest(manifest, folder.with_name(f"{edition}.manifest.json"))
    return _Built(releases, folder, manifest)


def _build(
    root: Path,
    edition: Edition,
    folder: Path | None,
    keeps: bool,
    as_at: date | None = None,
    meanwhile: BackgroundTasks | None = None,
) -> Path:
    """Builds an edition in `folder`, or one of the past in a folder of its own, and gives the folder.

    Raises NotPublished when the partner edition holds something that is not for partners.
    """
    # A build that finds nothing changed is over before these could be imported.
    from handbook.build.mkdocs.build import build, quieten

    quieten()
    folder = build(root, edition, folder, as_at, use_cache=keeps, background=meanwhile)
    if edition is not Edition.PARTNER:
        return folder
    from handbook.audit.site_audit import audit

    if findings := audit(root, folder, as_at):
        found = "\n".join(map(str, findings))
        raise NotPublished(
            f"The {edition} edition was not published. The audit found what partners may not read:\n{found}"
        )
    return folder


def _check_addresses(ready: Sequence[_Built], retired: set[str]) -> None:
    """Raises NotPublished for an address that readers have and would lose, unless it is retired."""
    gone = {built.releases.edition: sorted(built.releases.addresses() - built.manifest.addresses) for built in ready}
    needless = sorted(retired - {address for addresses in gone.values() for address in addresses})
    if needless:
        raise NotPublished(f"--retire names an address that is not about to go (found {needless[0]}). Leave it out.")
    for edition, addresses in gone.items():
        if lost := [address for address in addresses if address not in retired]:
            one = lost[0].removesuffix(".html")
            raise NotPublished(
                f"The {edition} edition was not published: these addresses, which readers have, would lead nowhere.\n"
                + "".join(f"  {address}\n" for address in lost)
                + f"Put redirect_from: with - {one}.md below it in the front matter of the page that takes its place, "
                f"or let it go: handbook build {edition} --retire {lost[0]}"
            )


def _release(built: _Built, meanwhile: BackgroundTasks, say: Say) -> None:
    releases, edition = built.releases, built.releases.edition
    held = releases.whole(meanwhile.files_in)
    if held == built.manifest.files:
        say(f"The {edition} edition is published as it is already, as release {releases.live()}.")
        return
    number = releases.add(built.folder, built.manifest, held)
    if not releases.show(number):
        say(_NOT_IN_ONE_STEP)
    say(
        f"The {edition} edition is published: release {number}, {len(built.manifest.files)} files, in {SITE}/{edition}."
    )
    try:
        releases.tidy()
    except OSError as error:
        say(f"Older releases could not all be removed ({reason(error)}).")


def _offer(root: Path, releases: Releases, copies: Sequence[CopyKind], say: Say) -> None:
    """Puts the copies of the live release beside it. They are made of what was audited and published."""
    if not copies:
        return
    from handbook.exports.create_copy import copy_of

    live, edition = _live(releases), releases.edition
    for copy in copies:
        name = f"{edition}.{copy}"
        releases.offer(live, name, copy_of(copy, root, edition, releases.site(live)))
        say(f"{SITE}/{name} holds the {edition} edition, release {live}, as one file.")
