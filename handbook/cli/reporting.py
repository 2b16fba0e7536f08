"""The command that makes a report for the council: report."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from handbook.model.editions import Edition
from handbook.model.problems import ContentError


def add_commands(commands: Any) -> None:
    """Adds these commands to the parser."""
    report = commands.add_parser(
        "report",
        help="make the Cabinet report of a page, for Word, print or the web",
        epilog="Example: handbook report 2021-12 --to docx",
    )
    report.add_argument("name", metavar="NAME", help="the name of its page in docs/reports/, as in 2021-12")
    report.add_argument("--to", required=True, choices=["docx", "pdf", "html", "md"], help="the form of the report")
    report.add_argument(
        "--edition", choices=list(map(str, Edition)), default="internal", help="who may read it: internal if left out"
    )
    report.add_argument("--draft", action="store_true", help="also mark the numbers that someone must go and get")
    report.add_argument("--output", type=Path, metavar="FILE", help="where to write it, in build/ if left out")
    report.set_defaults(run=_report)


def _report(root: Path, options: argparse.Namespace) -> int:
    from handbook.exports.pdf import NotPrinted
    from handbook.exports.report.report import ReportFormat, ReportNotMade, make
    from handbook.files.atomic import reason

    draft = "-draft" if options.draft else ""
    file = options.output or root / "build" / f"report-{options.name}-{options.edition}{draft}.{options.to}"
    try:
        made = make(root, options.name, Edition(options.edition), ReportFormat(options.to), options.draft)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made)
    except (ContentError, ReportNotMade, NotPrinted) as error:
        print(f"No report was made.\n{error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"No report was made: {file} cannot be written ({reason(error)}).", file=sys.stderr)
        return 1
    print(f"The report is in {file}.")
    return 0
