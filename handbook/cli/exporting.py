"""Commands that take the handbook elsewhere: export."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from handbook.model.editions import Edition
from handbook.model.problems import ContentError


def add_commands(commands: Any) -> None:
    """Adds these commands to the parser."""
    export = commands.add_parser(
        "export",
        help="write an edition as plain Markdown, for other tools",
        epilog="Example: handbook export partner build/markdown",
    )
    export.add_argument("edition", choices=list(map(str, Edition)))
    export.add_argument("folder", type=Path, metavar="FOLDER", help="a new folder, or one that an export wrote")
    export.set_defaults(run=_export)


def _export(root: Path, options: argparse.Namespace) -> int:
    from handbook.exports.markdown_export import NotForPartners, export
    from handbook.files.atomic import reason
    from handbook.files.site_marker import FolderRefused

    try:
        count = export(root, Edition(options.edition), options.folder)
    except (ContentError, NotForPartners, FolderRefused) as error:
        print(f"Nothing was exported.\n{error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Nothing was exported ({reason(error)}).", file=sys.stderr)
        return 1
    print(f"The {options.edition} edition is in {options.folder} as Markdown: {count} pages.")
    return 0
