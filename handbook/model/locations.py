"""Where the engine is installed, and where things stand in a handbook's folder."""

from pathlib import Path

# The package folder of the engine.
ENGINE = Path(__file__).resolve().parents[1]
# The templates, styles, scripts and font that the engine brings.
THEME = ENGINE / "theme"
# Below the handbook's folder: files that take the place of the theme's.
OVERRIDES = "overrides"

SETTINGS_FILE = "data/handbook.yml"
