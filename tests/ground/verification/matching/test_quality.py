"""A small dirty extract with its truth: what `bench/matching` measures at full size must not sink here."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pyarrow.compute as pc
import pytest

from anmin.ground.verification.matching import match

BENCH = Path(__file__).resolve().parents[4] / "bench" / "matching"


def _module(name: str) -> ModuleType:
    """A script of the bench, which stands there rather than in a package."""
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.capability("SA-12")
def test_a_dirty_extract_finds_its_people_and_hardly_anybody_else() -> None:
    generate, score = _module("generate"), _module("score")
    persons, extract, truth = generate.made_up(5_000, 10_000, seed=11)
    hits = match(persons, extract)
    easy = hits.filter(pc.equal(hits.column("tier"), "A")).select(["row", "person_id"])
    judged = score.judge(score.said_pairs(hits), truth, easy)
    tiers = score.judge_tiers(hits, truth, extract.num_rows)
    assert judged["all"]["f1"] >= 0.993
    assert judged["residue"]["f1"] >= 0.925
    # At this size a single wrong one is 0.0002.
    assert tiers["tiers"]["A"]["precision"] >= 0.9995
    assert tiers["tiers"]["B"]["precision"] >= 0.993
    assert tiers["queue_rows"] <= 0.006
