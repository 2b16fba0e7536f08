"""Commands that read and tell, and change nothing: check, audit, widened."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from handbook.cli.arguments import AS_AT, day
from handbook.model.locations import SETTINGS_FILE
from handbook.model.problems import ContentError, Problem, Severity, in_order


def add_commands(commands: Any) -> None:
    """Adds these commands to the parser."""
    check = commands.add_parser("check", help="find everything that is wrong", epilog="Example: handbook check")
    check.add_argument("--format", choices=["text", "github", "json"], default="text", help="how to show problems")
    check.add_argument(
        "--since",
        metavar="REVISION",
        help="also list what partners come to see since this revision, and what was written over",
    )
    check.add_argument("--as-at", type=day, metavar="DATE", help=AS_AT)
    check.add_argument("--no-cache", action="store_true", help="work everything out afresh, and keep nothing")
    check.set_defaults(run=_check)

    audit = commands.add_parser(
        "audit",
        help="read a built site as partners could, for anything internal",
        epilog="Example: handbook audit build/partner",
    )
    audit.add_argument("folder", type=Path, metavar="FOLDER", help="the folder that the site was built in")
    audit.add_argument("--as-at", type=day, metavar="DATE", help="the earlier day that the site shows, if it shows one")
    audit.set_defaults(run=_audit)

    widened = commands.add_parser(
        "widened",
        help="list what partners would be shown for the first time",
        epilog="Example: handbook widened origin/main",
    )
    widened.add_argument("revision", metavar="REVISION", help="the git revision to compare with, as in origin/main")
    widened.add_argument("--require-reviewer", action="store_true", help="fail until a second person has agreed to it")
    widened.set_defaults(run=_widened)


def _check(root: Path, options: argparse.Namespace) -> int:
    from handbook.model.problem_formats import told

    problems = _problems(root, options)
    if options.since and not _failed(problems):
        problems = in_order([*problems, *_since(root, options.since)])
    print(told(problems, options.format))
    return 1 if _failed(problems) else 0


def _failed(problems: list[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _problems(root: Path, options: argparse.Namespace) -> list[Problem]:
    """Everything that is wrong. Where nothing has changed since another check, what that one told."""
    from handbook.cache.up_to_date import cached_problems, inputs_fingerprint, note_problems

    inputs = None if options.no_cache or options.as_at else inputs_fingerprint(root)
    if (known := cached_problems(root, inputs)) is not None:
        return known
    from handbook.cache.build_cache import BuildCache
    from handbook.editions.check import check

    found = check(root, as_at=options.as_at, cache=BuildCache() if options.no_cache else BuildCache.of(root))
    note_problems(root, inputs, found.problems)
    return found.problems


def _since(root: Path, revision: str) -> list[Problem]:
    """A warning for each thing that partners would be shown for the first time, and for what was overwritten."""
    from handbook.review.corrections import overwritten
    from handbook.review.exposure import compare_with
    from handbook.review.git_history import NoHistory

    try:
        return [*(thing.warning for thing in compare_with(root, revision).unread), *overwritten(root, revision)]
    except NoHistory as error:
        return [Problem(SETTINGS_FILE, 1, str(error).rstrip("."), "Give a revision that git knows, as in origin/main")]


def _audit(root: Path, options: argparse.Namespace) -> int:
    from handbook.audit.site_audit import audit

    try:
        found = audit(root, options.folder, options.as_at)
    except ContentError as error:
        print(f"Nothing was audited.\n{error}", file=sys.stderr)
        return 1
    for finding in found:
        print(finding)
    count = f"{len(found)} {'thing' if len(found) == 1 else 'things'}" if found else "Nothing found"
    print(f"{count} that partners may not read.")
    return 1 if found else 0


def _widened(root: Path, options: argparse.Namespace) -> int:
    from handbook.review.exposure import compare_with
    from handbook.review.git_history import NoHistory

    try:
        found = compare_with(root, options.revision)
    except (ContentError, NoHistory) as error:
        print(f"Nothing was compared.\n{error}", file=sys.stderr)
        return 1
    print(found)
    return 1 if options.require_reviewer and found.unread else 0
