"""What was measured at one size, and shares of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from .measure import Cost


@dataclass
class Measured:
    """The costs by step and tool, one for each round, and the bytes of HTML of a page by tool."""

    pages: int
    costs: dict[tuple[str, str], list[Cost]] = field(default_factory=lambda: defaultdict(list))
    html: dict[str, float] = field(default_factory=dict)

    def add(self, step: str, tool: str, cost: Cost) -> None:
        self.costs[step, tool].append(cost)

    def ratios(self, step: str, tool: str, of: str, by: Callable[[Cost], float], of_step: str = "") -> list[float]:
        """By round, what `tool` cost in a step as a share of what `of` cost. Empty where either was not measured."""
        pairs = zip(self.costs.get((step, tool), ()), self.costs.get((of_step or step, of), ()), strict=False)
        return [by(mine) / by(theirs) for mine, theirs in pairs]


def wall(cost: Cost) -> float:
    return cost.wall


def cpu(cost: Cost) -> float:
    return cost.cpu


def spread(numbers: list[float]) -> str:
    """The median, and with more than one number the smallest and the largest."""
    if not numbers:
        return ""
    middle = f"{median(numbers):.2f}"
    return middle if len(numbers) == 1 else f"{middle} ({min(numbers):.2f} to {max(numbers):.2f})"
