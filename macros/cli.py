"""The door for people: the `handbook` command."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from macros.content.editions import Edition
from macros.content.problems import Problem, Severity
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="handbook", description=_DESCRIPTION)
    parser.add_argument("--root", type=Path, default=Path(), help="the handbook's folder (this one if left out)")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    check = commands.add_parser("check", help="find everything that is wrong", epilog="Example: handbook check")
    check.add_argument("--format", choices=["text", "github", "json"], default="text", help="how to show problems")
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help="build an edition, or both", epilog="Example: handbook build partner")
    build.add_argument(
        "edition", nargs="?", choices=[*map(str, Edition), "all"], default="internal", help="internal if left out"
    )
    build.set_defaults(run=_build)

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

    found = check(root)
    if options.format == "json":
        print(json.dumps([_as_json(problem) for problem in found.problems], indent=2, ensure_ascii=False))
    else:
        show = _github if options.format == "github" else str
        for problem in found.problems:
            print(show(problem))
        print(_count(found.problems))
    return 1 if found.errors else 0


def _build(root: Path, options: argparse.Namespace) -> int:
    from macros.publish.build import BuildFailed, build, quieten

    quieten()
    for edition in Edition if options.edition == "all" else [Edition(options.edition)]:
        try:
            folder = build(root, edition)
        except BuildFailed as error:
            print(f"The {edition} edition was not built. {error}".strip(), file=sys.stderr)
            return 1
        print(f"The {edition} edition is in {folder.relative_to(root)}")
    return 0


def _serve(root: Path, options: argparse.Namespace) -> int:
    from macros.publish.build import BuildFailed, quieten
    from macros.publish.serve import serve

    quieten()
    try:
        serve(root, Edition(options.edition), options.host, options.port, lambda words: print(words, flush=True))
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


def _count(problems: list[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "No problems found."
    counts = [
        f"{count} {word if count == 1 else word + 's'}"
        for count, word in ((errors, "error"), (warnings, "warning"))
        if count
    ]
    return f"{' and '.join(counts)} found."


def _github(problem: Problem) -> str:
    """A problem as GitHub Actions shows it, at its line in the pull request."""
    message = f"{problem.what}. {problem.cure}.".replace("%", "%25").replace("\n", "%0A")
    return f"::{problem.severity} file={problem.path},line={problem.line}::{message}"


def _as_json(problem: Problem) -> dict[str, str | int]:
    return {
        "path": problem.path,
        "line": problem.line,
        "severity": str(problem.severity),
        "what": problem.what,
        "cure": problem.cure,
    }


if __name__ == "__main__":
    sys.exit(main())
