"""Read the handbook's settings from `data/handbook.yml`."""

from __future__ import annotations

from pathlib import Path

from handbook.loading.strict_yaml import Path as KeyPath
from handbook.loading.strict_yaml import parse_yaml
from handbook.loading.text_files import read_text
from handbook.loading.validation import validate
from handbook.model.locations import SETTINGS_FILE
from handbook.model.problems import ContentError, Place, Problem
from handbook.model.settings import Settings


def read_settings(root: Path) -> tuple[Settings | None, list[Problem]]:
    """Read the settings of the handbook at `root`, or the problems that prevent it."""
    try:
        document = parse_yaml(read_text(root / SETTINGS_FILE, SETTINGS_FILE), SETTINGS_FILE)
    except ContentError as error:
        return None, error.problems
    return validate(Settings, document, (), "The handbook")


def setting_place(root: Path, path: KeyPath) -> Place:
    """The file and line of a setting, or line 1 where it is left out."""
    document = parse_yaml(read_text(root / SETTINGS_FILE, SETTINGS_FILE), SETTINGS_FILE)
    return Place(SETTINGS_FILE, document.line(path))
