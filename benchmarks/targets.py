"""What builds of the handbook are held to, as shares of what a peer costs in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from .measured import Measured, cpu, wall

Found = Callable[[dict[int, Measured]], list[float]]


@dataclass(frozen=True)
class Target:
    """Something measured, of which there may be at most `most`."""

    name: str
    most: float
    found: Found


def _share(step: str, of: str, by: Callable[..., float] = wall, of_step: str = "") -> Found:
    return lambda sizes: sizes[1000].ratios(step, "ours", of, by, of_step) if 1000 in sizes else []


def _growth(step: str) -> Found:
    def times(sizes: dict[int, Measured]) -> list[float]:
        middles = [median(map(wall, costs)) for costs in _costs(sizes, step)]
        return [middles[1] / middles[0]] if len(middles) == 2 else []

    return times


def _costs(sizes: dict[int, Measured], step: str) -> Iterator[list]:
    for pages in (1000, 3000):
        if pages in sizes and sizes[pages].costs.get((step, "ours")):
            yield sizes[pages].costs[step, "ours"]


def _memory(sizes: dict[int, Measured]) -> list[float]:
    costs = [cost for (_, tool), costs in sizes[3000].costs.items() if tool == "ours" for cost in costs]
    return [max(cost.memory for cost in costs)] if costs else []


def _html(sizes: dict[int, Measured]) -> list[float]:
    html = sizes[1000].html if 1000 in sizes else {}
    return [html["ours"] / html["pruned"]] if {"ours", "pruned"} <= set(html) else []


TARGETS = (
    Target("cold, to pruned MkDocs", 0.55, _share("cold", "pruned")),
    Target("cold, processor seconds, to pruned MkDocs", 1.0, _share("cold", "pruned", cpu)),
    Target("one page changed, to pruned MkDocs", 0.07, _share("page", "pruned")),
    Target("one page changed, to a full build by Hugo", 1.0, _share("page", "hugo", of_step="cold")),
    Target("one figure changed, to pruned MkDocs", 0.07, _share("figure", "pruned")),
    Target("one figure changed, to a full build by Hugo", 1.0, _share("figure", "hugo", of_step="cold")),
    Target("unchanged, to a full build by Hugo", 0.5, _share("unchanged", "hugo", of_step="cold")),
    Target("cold, from 1,000 to 3,000 pages", 3.3, _growth("cold")),
    Target("one page changed, from 1,000 to 3,000 pages", 3.3, _growth("page")),
    Target("peak memory at 3,000 pages, in MB", 400, lambda sizes: _memory(sizes) if 3000 in sizes else []),
    Target("HTML of a page, to pruned MkDocs", 1.1, _html),
)
