"""Where things stand in a handbook's folder, for whoever needs no more of it than that."""

SETTINGS_FILE = "data/handbook.yml"
