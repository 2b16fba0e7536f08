"""The door for people: the `handbook` command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from macros.content.editions import Edition
from macros.content.problems import ContentError, Problem, in_order
from macros.content.records import SETTINGS_FILE

_DESCRIPTION = "Check, build and preview the handbook in this folder or the one named with --root."


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code: 0 when all is well, 1 when something must be mended."""
    options = _parser().parse_args(arguments)
    root = options.root.resolve()
    if not (root / SETTINGS_FILE).is_file():
        print(
            f"{root} is not a handbook: it has no {SETTINGS_FILE}. Run this in the handbook's folder.", file=sys.stderr
        )
        return 1
    try:
        return int(options.run(root, options))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # A fault of ours. An editor needs a sentence; HANDBOOK_DEBUG=1 shows where it was.
        if os.environ.get("HANDBOOK_DEBUG"):
            raise
        print(
            f"Something went wrong that is no mistake of yours ({type(error).__name__}: {error}). What readers see is "
            "as it was. Please tell whoever keeps the handbook's code what you changed.",
            file=sys.stderr,
        )
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="handbook", description=_DESCRIPTION)
    parser.add_argument("--root", type=Path, default=Path(), help="the handbook's folder (this one if left out)")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    check = commands.add_parser("check", help="find everything that is wrong", epilog="Example: handbook check")
    check.add_argument("--format", choices=["text", "github", "json"], default="text", help="how to show problems")
    check.add_argument("--since", metavar="REVISION", help="also list what partners come to see since this revision")
    check.set_defaults(run=_check)

    build = commands.add_parser(
        "build", help="build an edition, or both, and publish it", epilog="Example: handbook build partner"
    )
    build.add_argument(
        "edition", nargs="?", choices=[*map(str, Edition), "all"], default="internal", help="internal if left out"
    )
    build.add_argument(
        "--retire",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="let a published address go for good, as in --retire reports/old.html; may be given again",
    )
    build.set_defaults(run=_build)

    audit = commands.add_parser(
        "audit",
        help="read a built site as partners could, for anything internal",
        epilog="Example: handbook audit build/partner",
    )
    audit.add_argument("folder", type=Path, metavar="FOLDER", help="the folder that the site was built in")
    audit.set_defaults(run=_audit)

    widened = commands.add_parser(
        "widened",
        help="list what partners would be shown for the first time",
        epilog="Example: handbook widened origin/main",
    )
    widened.add_argument("revision", metavar="REVISION", help="the git revision to compare with, as in origin/main")
    widened.add_argument("--require-reviewer", action="store_true", help="fail until a second person has agreed to it")
    widened.set_defaults(run=_widened)

    rollback = commands.add_parser(
        "rollback", help="go back to the release before", epilog="Example: handbook rollback partner"
    )
    verify = commands.add_parser(
        "verify", help="compare what is published with its manifest", epilog="Example: handbook verify partner"
    )
    for command, run in ((rollback, _rollback), (verify, _verify)):
        command.add_argument("edition", choices=list(map(str, Edition)))
        command.set_defaults(run=run)

    serve = commands.add_parser(
        "serve", help="preview an edition while you edit", epilog="Example: handbook serve partner --port 8001"
    )
    serve.add_argument(
        "edition", nargs="?", choices=list(map(str, Edition)), default="internal", help="internal if left out"
    )
    serve.add_argument("--host", default="127.0.0.1", help="the address to serve at (127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="the port to serve at (8000)")
    serve.set_defaults(run=_serve)
    return parser


def _check(root: Path, options: argparse.Namespace) -> int:
    from macros.publish.check import check
    from macros.publish.telling import told

    found = check(root)
    if options.since and not found.errors:
        found.problems = in_order([*found.problems, *_newly_shown(root, options.since)])
    print(told(found.problems, options.format))
    return 1 if found.errors else 0


def _newly_shown(root: Path, revision: str) -> list[Problem]:
    """A warning for each thing that partners would be shown for the first time since `revision`."""
    from macros.publish.history import NoHistory
    from macros.publish.widened import compare_with

    try:
        return [thing.warning for thing in compare_with(root, revision).unread]
    except NoHistory as error:
        return [Problem(SETTINGS_FILE, 1, str(error).rstrip("."), "Give a revision that git knows, as in origin/main")]


def _audit(root: Path, options: argparse.Namespace) -> int:
    from macros.publish.audit.site import audit

    try:
        found = audit(root, options.folder)
    except ContentError as error:
        print(f"Nothing was audited.\n{error}", file=sys.stderr)
        return 1
    for finding in found:
        print(finding)
    count = f"{len(found)} {'thing' if len(found) == 1 else 'things'}" if found else "Nothing found"
    print(f"{count} that partners may not read.")
    return 1 if found else 0


def _widened(root: Path, options: argparse.Namespace) -> int:
    from macros.publish.history import NoHistory
    from macros.publish.widened import compare_with

    try:
        found = compare_with(root, options.revision)
    except (ContentError, NoHistory) as error:
        print(f"Nothing was compared.\n{error}", file=sys.stderr)
        return 1
    print(found)
    return 1 if options.require_reviewer and found.unread else 0


def _build(root: Path, options: argparse.Namespace) -> int:
    from macros.publish.build import quieten
    from macros.publish.publish import publish

    quieten()
    editions = list(Edition) if options.edition == "all" else [Edition(options.edition)]
    return _told(lambda: publish(root, editions, options.retire, _say))


def _rollback(root: Path, options: argparse.Namespace) -> int:
    from macros.publish.publish import roll_back

    return _told(lambda: roll_back(root, Edition(options.edition), _say))


def _verify(root: Path, options: argparse.Namespace) -> int:
    from macros.publish.publish import verify

    return _told(lambda: verify(root, Edition(options.edition), _say))


def _told(work: Callable[[], bool | None]) -> int:
    """The exit code of what touches the published site: anything that stops it is told in a sentence."""
    from macros.publish.build import BuildFailed
    from macros.publish.files import reason
    from macros.publish.manifest import NotWhole
    from macros.publish.release import NotPublished

    try:
        return 1 if work() is False else 0
    except BuildFailed as error:
        print(f"Nothing was published. {error}".strip(), file=sys.stderr)
    except (ContentError, NotPublished, NotWhole) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(
            f"Could not finish ({reason(error)}). Mend that, and run the command again. "
            "The command handbook verify tells whether what readers see is whole.",
            file=sys.stderr,
        )
    return 1


def _say(words: str) -> None:
    print(words, flush=True)


def _serve(root: Path, options: argparse.Namespace) -> int:
    from macros.publish.build import BuildFailed, quieten
    from macros.publish.serve import serve

    quieten()
    try:
        serve(root, Edition(options.edition), options.host, options.port, _say)
    except BuildFailed as error:
        print(f"The {options.edition} edition was not built. {error}".strip(), file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"Cannot serve at {options.host}:{options.port} ({error.strerror}). Choose another port with --port.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
