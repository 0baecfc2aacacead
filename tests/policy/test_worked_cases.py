"""Every worked case in ``policy/**/cases`` is one test: batch and explanation both give what a caseworker wrote."""

from pathlib import Path

import pytest

from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.worked_cases import differences, read_case

ROOT = Path(__file__).parents[2] / "policy"
CASES = sorted(ROOT.glob("*/*/cases/*.yaml"))


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return Parameters.load(ROOT)


def _named(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).replace(".cases.", ":")


@pytest.mark.capability("SA-01")
@pytest.mark.parametrize("path", CASES, ids=_named)
def test_worked_case_comes_out_as_written(path: Path, parameters: Parameters) -> None:
    programme = DECIDED[".".join(path.parts[-4:-2])]
    assert differences(read_case(path, programme.rules), programme, parameters) == []
