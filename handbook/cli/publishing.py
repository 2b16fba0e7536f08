"""Commands that build a site, publish it, go back, and preview."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from handbook.cli.arguments import AS_AT, day
from handbook.model.editions import Edition
from handbook.model.problems import ContentError


def add_commands(commands: Any) -> None:
    """Adds these commands to the parser."""
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
    build.add_argument(
        "--zip", action="store_true", help="also pack the site into one file, to unpack and open anywhere"
    )
    build.add_argument("--pdf", action="store_true", help="also print every page into one PDF (needs Chromium)")
    build.add_argument("--as-at", type=day, metavar="DATE", help=AS_AT)
    build.add_argument("--no-cache", action="store_true", help="work everything out afresh, and keep nothing")
    build.set_defaults(run=_build)

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
    serve.add_argument("--as-at", type=day, metavar="DATE", help=AS_AT)
    serve.set_defaults(run=_serve)


def _build(root: Path, options: argparse.Namespace) -> int:
    from handbook.exports.copy_kinds import CopyKind
    from handbook.release.publish import build_past, publish

    editions = list(Edition) if options.edition == "all" else [Edition(options.edition)]
    copies = [copy for copy in CopyKind if getattr(options, copy)]
    if options.as_at and (options.retire or copies):
        given = f"--{copies[0]}" if copies else "--retire"
        print(f"{given} is for publishing, and --as-at publishes nothing. Leave one of them out.", file=sys.stderr)
        return 1
    if options.as_at:
        return _told(lambda: build_past(root, editions, options.as_at, _say))
    return _told(lambda: publish(root, editions, options.retire, _say, copies, not options.no_cache))


def _rollback(root: Path, options: argparse.Namespace) -> int:
    from handbook.release.publish import roll_back

    return _told(lambda: roll_back(root, Edition(options.edition), _say))


def _verify(root: Path, options: argparse.Namespace) -> int:
    from handbook.release.publish import verify

    return _told(lambda: verify(root, Edition(options.edition), _say))


def _told(work: Callable[[], bool | None]) -> int:
    """The exit code of what touches the published site: anything that stops it is told in a sentence."""
    from handbook.build.failure import BuildFailed
    from handbook.exports.copy_kinds import NotCopied
    from handbook.files.atomic import reason
    from handbook.files.manifest import NotWhole
    from handbook.release.releases import NotPublished

    try:
        return 1 if work() is False else 0
    except BuildFailed as error:
        print(f"Nothing was published. {error}".strip(), file=sys.stderr)
    except (ContentError, NotCopied, NotPublished, NotWhole) as error:
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
    from handbook.build.failure import BuildFailed
    from handbook.preview.serve import serve

    try:
        serve(root, Edition(options.edition), options.host, options.port, _say, options.as_at)
    except BuildFailed as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"Cannot serve at {options.host}:{options.port} ({error.strerror}). Choose another port with --port.",
            file=sys.stderr,
        )
        return 1
    return 0
