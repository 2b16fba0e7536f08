"""What pages can call, and how records are shown. These names are for the macros that a handbook adds itself."""

from handbook.loading.macro_registry import MacroError, needs
from handbook.macros.view import View

__all__ = ["MacroError", "View", "needs"]
