"""The door for mkdocs-macros-plugin, which loads this package and calls `define_env`."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Gives the plugin the handbook's macros by name.

    Pages are not evaluated by the plugin's own Jinja environment: `macros.plugin` puts the
    handbook's evaluator in its place. Here the names are made known, so that the plugin's own
    listings show them.
    """
    from macros.views.macros import MACROS

    for name, macro in MACROS.items():
        env.macro(macro.function, name)
