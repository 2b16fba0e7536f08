"""A page's Markdown, with the line of the page's file that each of its lines came from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class MarkdownSource:
    """A page's Markdown, and for each of its lines the line of the file it came from."""

    markdown: str = ""
    lines: list[int] = field(default_factory=lambda: [0])
    made: list[bool] = field(default_factory=lambda: [False])

    def add(self, text: str, line: int, made: bool = False) -> None:
        """Adds text: the page's own, counted on from `line`, or what a call on `line` made."""
        if not text:
            return
        if self.at_line_start:
            self.lines[-1] = line
        self.made[-1] = self.made[-1] or made
        for number in range(1, text.count("\n") + 1):
            self.lines.append(line if made else line + number)
            self.made.append(made)
        self.markdown += text

    def put(self, at: int, text: str) -> None:
        """Puts text where the Markdown is `at` characters long; its lines are those of the place."""
        line = self.markdown.count("\n", 0, at)
        self.lines[line:line] = [self.lines[line]] * text.count("\n")
        self.made[line:line] = [self.made[line]] * text.count("\n")
        self.markdown = f"{self.markdown[:at]}{text}{self.markdown[at:]}"

    @property
    def at_line_start(self) -> bool:
        return not self.markdown or self.markdown.endswith("\n")

    def source_line(self, line: int) -> int:
        """The line of the file that line `line` (from 1) of the Markdown came from."""
        return self.lines[min(line, len(self.lines)) - 1] or 1
