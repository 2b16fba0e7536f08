"""The macros that pages of this handbook may call, as mkdocs-macros-plugin loads them."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Register the engine's macros with mkdocs-macros-plugin by name."""
    from handbook.macros.registry import MACROS

    for name, macro in MACROS.items():
        env.macro(macro.function, name)
