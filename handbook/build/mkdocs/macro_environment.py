"""What stands where the macros plugin keeps its Jinja environment: pages are read from their syntax tree, not run."""

from __future__ import annotations

from typing import Any


class MacroEnvironment:
    """Gives each page what was written when the handbook was checked."""

    variable_start_string, block_start_string, comment_start_string = "{{", "{%", "{#"

    def from_string(self, markdown: str) -> MacroEnvironment:
        return self

    def render(self, page: Any, **_: Any) -> str:
        """The Markdown of `page`."""
        return page.markdown or ""
