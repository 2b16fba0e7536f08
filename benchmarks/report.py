"""The table of what was measured."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path
from statistics import median

from .measured import Measured, spread, wall
from .targets import TARGETS
from .tools import PEERS

_NAMES = {
    "cold": "cold",
    "unchanged": "unchanged",
    "page": "one page changed",
    "figure": "one figure changed, on 1% of pages",
    "title": "a title changed",
    "added": "a page added",
    "removed": "a page removed",
}
_TOOLS = {
    "ours": "this project",
    "both": "this project, both editions",
    "pruned": "MkDocs, `navigation.prune`",
    "plain": "MkDocs, full menu",
    "hugo": "Hugo",
}


def report(measured: list[Measured]) -> str:
    """Everything as Markdown: the machine, a table for each size, growth, and the targets."""
    parts = [
        "# What a build costs",
        _machine(),
        _targets(measured),
        *(_size(one) for one in measured),
        _growth(measured),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _machine() -> str:
    memory = re.search(r"MemTotal:\s+(\d+)", _read("/proc/meminfo"))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    hugo = next(PEERS.glob("lib/python*/site-packages/hugo-*.dist-info"), Path("hugo-not there.dist-info"))
    facts = [
        f"{cores} cores, {int(memory[1]) / 2**20:.0f} GB of memory" if memory else f"{cores} cores",
        f"{platform.system()}, Python {platform.python_version()}",
        *(f"{name} {version(package)}" for name, package in _PACKAGES.items()),
        f"Hugo {hugo.name.split('-')[1].removesuffix('.dist')}",
        f"load at the end, over 1, 5 and 15 minutes: {load}",
    ]
    return (
        "Made by `make bench`. The same made-up pages, with the same words, are built by each tool in turn. "
        "Times are the median, and in brackets the smallest and the largest.\n\n"
        + "\n".join(f"- {fact}" for fact in facts)
    )


_PACKAGES = {"MkDocs": "mkdocs", "Material": "mkdocs-material", "macros plugin": "mkdocs-macros-plugin"}


def _targets(measured: list[Measured]) -> str:
    """What we hold ourselves to, where this run tells."""
    sizes = {one.pages: one for one in measured}
    lines = []
    for target in TARGETS:
        if found := target.found(sizes):
            met = "yes" if median(found) <= target.most else "no"
            lines.append(f"| {target.name} | {target.most:g} | {spread(found)} | {met} |")
    head = [
        "## What we hold ourselves to",
        "",
        "| This project | At most | Measured | Met |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *lines]) if lines else ""


def _size(one: Measured) -> str:
    rounds = max(map(len, one.costs.values()))
    lines = [
        f"## {one.pages:,} pages, {rounds} {'round' if rounds == 1 else 'rounds'}",
        "",
        "| Step | Tool | Seconds | Processor seconds | Peak memory | Written | To pruned MkDocs | To a full build by Hugo |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for step, name in _NAMES.items():
        for tool, shown in _TOOLS.items():
            if costs := one.costs.get((step, tool)):
                cells = [
                    name,
                    shown,
                    spread([cost.wall for cost in costs]),
                    spread([cost.cpu for cost in costs]),
                    f"{max(cost.memory for cost in costs):.0f} MB",
                    f"{median(cost.written for cost in costs):.1f} MB",
                    spread(one.ratios(step, tool, "pruned", wall)),
                    spread(one.ratios(step, tool, "hugo", wall, of_step="cold")),
                ]
                lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "| Tool | HTML of a page | To pruned MkDocs |", "| --- | --- | --- |"]
    for tool, size in one.html.items():
        share = f"{size / one.html['pruned']:.2f}" if "pruned" in one.html else ""
        lines.append(f"| {_TOOLS[tool]} | {size:,.0f} bytes | {share} |")
    return "\n".join(lines)


def _growth(measured: list[Measured]) -> str:
    """From each size to the next larger: how many times as long the same step takes."""
    lines = []
    for small, large in zip(measured, measured[1:], strict=False):
        for step, tool in large.costs:
            if before := small.costs.get((step, tool)):
                times = median(c.wall for c in large.costs[step, tool]) / median(c.wall for c in before)
                lines.append(f"| {small.pages:,} to {large.pages:,} | {_NAMES[step]} | {_TOOLS[tool]} | {times:.2f} |")
    head = ["## Growth", "", "| Pages | Step | Tool | Times as long |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *lines]) if lines else ""


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""
