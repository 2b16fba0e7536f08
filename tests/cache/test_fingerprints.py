"""Fingerprints are the same in every process, and results are used again whatever the process's hash seed is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from pytest import MonkeyPatch

from handbook.cache.build_cache import BuildCache
from handbook.cache.fingerprints import Fingerprints
from handbook.cache.result_cache import ResultCache
from handbook.editions.analysis import know
from handbook.editions.check import check
from handbook.editions.renderer import EditionRenderer
from handbook.loading.handbook import read_handbook
from handbook.model.dependencies import Dependency, DependencyKind
from handbook.model.editions import Edition
from handbook.rules import QUESTIONS
from handbook.workers import processes as workers
from tests.conftest import ROOT


def every_fingerprint(root: Path) -> dict[str, str | None]:
    """The fingerprint of everything that a result of the handbook at `root` may depend on."""
    handbook, _ = read_handbook(root)
    found: dict[str, str | None] = {}
    for edition in Edition:
        cache = BuildCache().results_of(str(edition))
        know(handbook, edition, cache)
        renderer = EditionRenderer(handbook, edition)
        for path in renderer.first:
            renderer.write(path)
        renderer.know_uses()
        fingerprints = Fingerprints(handbook, renderer.site)
        dependencies = {
            *(known.dependency for result in cache._now.values() for known in result.dependencies),
            *(Dependency(DependencyKind.QUESTION, (name,)) for name in QUESTIONS),
            *(Dependency(DependencyKind.SOURCE_RECORD, (name,)) for name in handbook.records),
            *(Dependency(DependencyKind.SOURCE_PAGE, (path,)) for path in handbook.docs.pages),
            *map(Dependency, (DependencyKind.SOURCE_RECORD, DependencyKind.SOURCE_PAGE, DependencyKind.RECORD)),
            *map(Dependency, (DependencyKind.PAGE, DependencyKind.USERS, DependencyKind.UNREADABLE_RECORDS)),
        }
        found |= {f"{edition} {dependency}": fingerprints(dependency) for dependency in dependencies}
    return found


def computed(root: Path) -> dict[str, list[str]]:
    """Check the handbook at `root` with its cache in this process, and give what was computed, by kind."""
    found: dict[str, list[str]] = {}
    save = ResultCache.save

    def note_and_save(self: ResultCache) -> None:
        found[self._kind] = list(self.computed)
        save(self)

    with MonkeyPatch.context() as patch:
        patch.setattr(workers, "processors", lambda: 1)
        patch.setattr(ResultCache, "save", note_and_save)
        check(root, cache=BuildCache.of(root))
    return found


def with_hash_seed(seed: int, call: str, root: Path) -> dict[str, object]:
    """What a function of this module gives for the handbook at `root` in another process."""
    code = f"import json, pathlib; from {__name__} import *; print(json.dumps({call}(pathlib.Path({str(root)!r}))))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, object] = json.loads(done.stdout)
    return result


def test_fingerprints_are_the_same_with_another_hash_seed(site_root: Path) -> None:
    one, other = (with_hash_seed(seed, "every_fingerprint", site_root) for seed in (1, 2))
    assert len(one) > 100
    assert None not in one.values()
    assert one == other


def test_another_process_uses_every_result_again(site_root: Path, tmp_path: Path) -> None:
    for name in ("docs", "data", "macros", "overrides"):
        if (site_root / name).is_dir():
            shutil.copytree(site_root / name, tmp_path / name)
    for file in site_root.glob("mkdocs*.yml"):
        shutil.copy(file, tmp_path)
    first = with_hash_seed(1, "computed", tmp_path)
    assert first.keys() == {"internal", "partner", "said"} and all(first.values())
    assert with_hash_seed(2, "computed", tmp_path) == dict.fromkeys(first, [])
