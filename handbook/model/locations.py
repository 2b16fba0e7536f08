"""Where the engine is installed, and where things stand in a handbook's folder."""

from pathlib import Path

# The package folder of the engine.
ENGINE = Path(__file__).resolve().parents[1]

SETTINGS_FILE = "data/handbook.yml"
