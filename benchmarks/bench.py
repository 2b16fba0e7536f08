"""Builds the same made-up handbook with this project and with its peers, and tells what each costs.

    python -m benchmarks.bench                     all of it, some 25 minutes on an idle machine
    python -m benchmarks.bench --pages 100 --only ours,hugo --rounds 1

The tools take turns in every step, so that what else the machine does falls on all of them.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .corpus import Corpus, steps
from .measure import Cost, Failed, measure
from .measured import Measured
from .report import report
from .tools import Tool, missing, tools

RESULTS = Path(__file__).parent / "results.md"
ROUNDS = {100: 3, 1000: 2, 3000: 1}
# Its menu makes it so slow that it is measured once.
_SLOW = "plain"
_MEGABYTES = {"ours": 0.4, "both": 0.8, "pruned": 0.3, "plain": 1.5, "hugo": 0.1}  # of scratch for each page


@dataclass(frozen=True)
class Plan:
    """What is measured at one size, by tool. Where one builds everything at every step, a step may stand for all."""

    pages: int
    rounds: int
    steps: dict[str, tuple[str, ...]]


def plan(pages: int, rounds: int, only: list[str]) -> Plan:
    """What is worth its time: the unpruned menu grows with the square of the pages."""
    every = ("cold", "unchanged", *[step for step in steps(pages) if step != "start"])
    wanted = {"ours": every, "pruned": every if pages <= 1000 else ("cold", "page"), "hugo": every}
    if pages <= 1000:
        wanted |= {"plain": ("cold",), "both": ("cold", "unchanged", "page")}
    return Plan(pages, rounds, {name: wanted[name] for name in only if name in wanted})


def run(chosen: Plan, scratch: Path) -> Measured:
    """Measures one size. Raises Failed where a tool does not build, or builds something stale."""
    known = tools()
    result = Measured(chosen.pages)
    used = {name: known[name] for name in chosen.steps}
    for turn in range(chosen.rounds):
        for step in ("cold", "unchanged", "page", "figure", "title", "added", "removed"):
            names = [name for name, wanted in chosen.steps.items() if step in wanted and (turn == 0 or name != _SLOW)]
            for name in _in_turn(names, turn):
                folder = scratch / f"{name}-{chosen.pages}"
                cost = _one(used[name], folder, step, chosen.pages)
                result.add(step, name, cost)
                _say(f"{chosen.pages:>5} pages, round {turn + 1}, {step:<9} {name:<6} {cost.wall:7.2f} s")
    for name, tool in used.items():
        folder = scratch / f"{name}-{chosen.pages}"
        result.html[name] = tool.html(folder, Corpus(chosen.pages))
        shutil.rmtree(folder)
    return result


def _in_turn(names: list[str], turn: int) -> list[str]:
    """The tools in another order each round, so that none always follows the same one."""
    first = turn % max(1, len(names))
    return names[first:] + names[:first]


def _one(tool: Tool, folder: Path, step: str, pages: int) -> Cost:
    """One build: its tree is brought to the step, and what it made is looked at afterwards."""
    corpus = steps(pages)["start" if step in ("cold", "unchanged") else step]
    if step == "cold":
        tool.clean(folder)
    tool.write(corpus, folder)
    cost = measure(tool.build(gone=pages if step == "removed" else None), folder)
    tool.check(folder, corpus)
    return cost


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> int:
    """Measures what was asked for, and writes the table or prints it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description="Measure the handbook and peers.")
    parser.add_argument("--pages", type=_numbers, default=list(ROUNDS), help="sizes, as in 100,1000 (100,1000,3000)")
    parser.add_argument("--only", type=_names, default=list(tools()), help="tools, as in ours,hugo (all)")
    parser.add_argument("--rounds", type=int, help="how often each is measured (by size: 3, 2 and 1)")
    parser.add_argument("--scratch", type=Path, help="a folder with room for the sites (the system's own)")
    parser.add_argument("--save", action="store_true", help=f"write {RESULTS.name}, and do not only print it")
    options = parser.parse_args()
    if absent := [name for name in missing() if name in options.only]:
        _say(f"Not at hand: {', '.join(absent)}. Run make bench, which installs them.")
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    measured = []
    try:
        with tempfile.TemporaryDirectory(prefix="handbook-bench-", dir=options.scratch) as scratch:
            _check_room(Path(scratch), max(options.pages), options.only)
            for pages in options.pages:
                rounds = options.rounds or ROUNDS.get(pages, 1)
                measured.append(run(plan(pages, rounds, options.only), Path(scratch)))
    except Failed as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt:
        _say("Stopped. Nothing was kept.")
        return 130
    text = report(measured)
    print(text)
    if options.save:
        RESULTS.write_text(text, "utf-8")
    return 0


def _check_room(scratch: Path, pages: int, only: list[str]) -> None:
    needed = sum(_MEGABYTES[name] * (min(pages, 1000) if name == "plain" else pages) for name in only) + 500
    free = shutil.disk_usage(scratch).free / 1e6
    if free < needed:
        raise Failed(f"{scratch} has {free:,.0f} MB free, and {needed:,.0f} are needed. Name a folder with --scratch.")


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - set(tools()):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))} is not among {', '.join(tools())}")
    return names


if __name__ == "__main__":
    sys.exit(main())
