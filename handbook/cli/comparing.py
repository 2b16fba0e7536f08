"""The command that tells what changed: diff."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from handbook.model.problems import ContentError

_FORMATS = ("text", "markdown", "html")


def add_commands(commands: Any) -> None:
    """Adds these commands to the parser."""
    diff = commands.add_parser(
        "diff",
        help="tell what changed for readers since a revision",
        epilog="Example: handbook diff origin/main --format html --output build/changes.html",
    )
    diff.add_argument(
        "revision",
        metavar="REVISION",
        nargs="?",
        help="the git revision that the work parted from; main if left out, or HEAD where git knows no main",
    )
    diff.add_argument(
        "--format",
        choices=_FORMATS,
        default="text",
        help="text, markdown (for a comment), or html (with before and after)",
    )
    diff.add_argument("--output", type=Path, metavar="FILE", help="where to write it, on the screen if left out")
    diff.set_defaults(run=_diff)


def _diff(root: Path, options: argparse.Namespace) -> int:
    from handbook.files.atomic import reason
    from handbook.review import formats as forms
    from handbook.review.compare import changes_since
    from handbook.review.git_history import NoHistory

    try:
        changes = changes_since(root, options.revision)
    except (ContentError, NoHistory) as error:
        print(f"Nothing was compared.\n{error}", file=sys.stderr)
        return 1
    told = {"text": forms.as_text, "markdown": forms.as_markdown, "html": forms.as_html}[options.format](changes)
    if options.output is None:
        sys.stdout.write(told)
        return 0
    try:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(told, "utf-8")
    except OSError as error:
        print(f"The changes could not be written ({reason(error)}).", file=sys.stderr)
        return 1
    print(f"The changes are in {options.output}.")
    return 0
