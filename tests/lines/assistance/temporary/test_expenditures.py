"""Aid with expenses goes the ordinary way: verified, visited, announced, confirmed; small amounts by the town itself."""

from datetime import date

import pytest

from anmin.base.errors import Refused
from anmin.lines.assistance.temporary import queries
from anmin.lines.assistance.temporary.models import Aid
from anmin.lines.assistance.temporary.vocabulary import EXPENDITURE, ExpenditureState
from tests.lines.assistance.temporary.conftest import MONDAY, Trouble

pytestmark = pytest.mark.capability("SA-05")


def test_from_the_counter_to_the_roll(trouble: Trouble) -> None:
    trouble.applied()
    trouble.examine(8_000)
    trouble.take("post_notice", places="村务公开栏")
    with pytest.raises(Refused, match="公示期至2024-06-10届满"):
        trouble.take("close_notice", on=date(2024, 6, 10))
    trouble.take("close_notice", on=date(2024, 6, 11))
    trouble.take("submit", on=date(2024, 6, 11))
    case = trouble.take("confirm", trouble.cast.decision_maker, amount=800_000, on=date(2024, 6, 12))
    aid = Aid.objects.get()
    assert (case.state, aid.level, aid.amount, aid.cause) == (ExpenditureState.GRANTED, "county", 800_000, "medical")
    assert list(queries.causes(trouble.cast.leader, date(2024, 1, 1), date(2024, 6, 30))) == [("medical", 1, 800_000)]


def test_small_amount_is_decided_by_another_clerk_of_the_town(trouble: Trouble) -> None:
    trouble.fund()
    trouble.applied(need=250_000)
    trouble.examine(2_500)
    given = {"amount": 250_000, "way": "card", "paid_on": MONDAY}
    with pytest.raises(Refused, match="须由另一人办理"):
        trouble.take("aid_small", **given)
    assert trouble.take("aid_small", trouble.cast.second_clerk, **given).state == ExpenditureState.GRANTED
    assert trouble.left() == 7_500


def test_amount_over_the_limit_is_not_for_the_town(trouble: Trouble) -> None:
    trouble.fund()
    trouble.applied()
    trouble.examine(8_000)
    with pytest.raises(Refused, match=r"超过镇（街道）小额救助上限3,000.00元"):
        trouble.take("aid_small", trouble.cast.second_clerk, amount=800_000, way="card", paid_on=MONDAY)


def test_income_over_the_line_is_refused_by_the_rules(trouble: Trouble) -> None:
    trouble.applied()
    with pytest.raises(Refused, match=r"不低于上年度居民人均可支配收入的月均数4,300.00元"):
        trouble.examine(8_000, income=430_000)
    trouble.examine(None, income=430_000, opinion="refuse")
    trouble.take("submit_refusal")
    case = trouble.take("refuse", trouble.cast.decision_maker, reason="not_in_need")
    assert case.state == ExpenditureState.REFUSED


def test_nothing_is_examined_without_verification(trouble: Trouble) -> None:
    trouble.open(EXPENDITURE, cause="medical", need=800_000)
    trouble.take("accept")
    with pytest.raises(Refused, match="入户"):
        trouble.examine(8_000)
