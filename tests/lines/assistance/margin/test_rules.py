"""Who belongs to a family on the margin, or in hardship: batch, held layers, and that nobody stands in two layers of a chain."""

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from anmin.base.periods import Month
from anmin.ground.policy.assessing import Programme, assess, batch_of
from anmin.ground.policy.chain import Chain, decide
from anmin.ground.policy.parameters import Parameters
from anmin.lines.assistance.dibao.rules import PROGRAMME as DIBAO
from anmin.lines.assistance.hardship.rules import PROGRAMME as HARDSHIP
from anmin.lines.assistance.margin.rules import PROGRAMME as MARGIN
from anmin.lines.assistance.recognition.rules import LAYER
from anmin.lines.assistance.recognition.rules import PROGRAMME as RECOGNITION
from anmin.lines.assistance.tekun.rules import PROGRAMME as TEKUN
from tests.lines.assistance.dibao.households import plausible

MARCH = Month(2024, 3)
PARAMETERS = Parameters.load(Path(__file__).parents[4] / "policy")
PUBLISHED = ((TEKUN, "tekun_eligible"), (DIBAO, "granted"), (MARGIN, "margin_granted"), (HARDSHIP, "hardship_granted"))


def families(seed: int, count: int) -> list[dict[str, Any]]:
    """Plausible families, some of them with old people nobody supports and with large expenses."""
    random = Random(seed)  # noqa: S311  # repeatable, not secret
    made = [plausible(random) for _ in range(count)]
    for family in made:
        family.pop("claim_type", None)
        for member in family["members"]:
            member["obligor_none"] = random.choice([0, 0, 1])
            member["hukou_kind"] = "rural"
            member["care_items_lost"] = random.randint(0, 6)
            member["expense_medical"] = random.choice([0, 0, 3_000_000])
    return made


@pytest.mark.capability("SA-11")
def test_nobody_stands_in_two_layers_and_the_one_recognition_agrees_with_the_chain() -> None:
    chain = Chain(programme for programme, _ in PUBLISHED)
    batch = batch_of({**RECOGNITION.inputs, **chain.facts}, families(20240301, 1_500))
    decided = decide(chain, batch, MARCH, PARAMETERS)
    said = assess(RECOGNITION, batch, MARCH, PARAMETERS)
    places = [decided.assessed[programme.address].columns[column].astype(bool) for programme, column in PUBLISHED]
    assert int(np.sum(places, axis=0).max()) == 1
    known = ~said.undetermined
    for programme, _ in PUBLISHED:
        known &= ~_of_persons(programme, decided.assessed[programme.address].undetermined, batch.offsets["person"])
    expected = sum(place * int(LAYER[name]) for place, name in zip(places, list(LAYER)[1:], strict=True))
    assert said.route[known].tolist() == np.asarray(expected)[known].tolist()
    assert {LAYER.name(int(code)) for code in np.unique(said.route[known])} == set(LAYER)


def _of_persons(programme: Programme, column: Any, offsets: Any) -> Any:
    return column if programme.unit == "person" else np.repeat(column, np.diff(offsets))


@pytest.mark.capability("SA-03")
@pytest.mark.parametrize("programme", [programme for programme, _ in PUBLISHED] + [RECOGNITION], ids=lambda each: each.address)
def test_no_fact_rule_or_figure_of_the_law_is_left_unused(programme: Programme) -> None:
    assert programme.rules.unused(MARCH, PARAMETERS) == frozenset()
