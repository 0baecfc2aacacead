"""Facts have two times: nothing is overwritten, and what contradicts is refused."""

from datetime import date
from typing import Any

import pytest

from anmin.base.clock import instant
from anmin.base.errors import BadValue, Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.people.actions import correct_fact, record_death, record_fact, withdraw_fact
from anmin.ground.people.models import Fact
from tests.conftest import TODAY, Cast
from tests.ground.people.conftest import Family

JANUARY, APRIL = date(2024, 1, 1), date(2024, 4, 1)


def wage(family: Family, cast: Cast, value: Any = 150_000, valid_from: date = JANUARY, **more: Any) -> Fact:
    given = {"kind": "income.wage", "source": "镇街申报", "actor": cast.clerk, "on": TODAY, "valid_until": None, **more}
    return record_fact(person=family.zhang, value=value, valid_from=valid_from, **given)


def spells(family: Family, *, current: bool = True) -> list[tuple[date, date | None, int | None]]:
    rows = Fact.objects.filter(person=family.zhang, superseded_at__isnull=current).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_until", "amount"))


@pytest.mark.capability("SA-01")
def test_record_fact_keeps_both_times_and_the_source(family: Family, cast: Cast) -> None:
    fact = wage(family, cast, on=date(2024, 6, 3))

    assert (fact.valid_from, fact.valid_until, fact.amount, fact.source, fact.recorded_at, fact.superseded_at) == (
        JANUARY,
        None,
        150_000,
        "镇街申报",
        instant(date(2024, 6, 3)),
        None,
    )


def test_record_fact_keeps_codes(family: Family, cast: Cast) -> None:
    fact = wage(family, cast, "able_idle", kind="work.status")

    assert (fact.amount, fact.code) == (None, "able_idle")


def test_record_fact_says_in_the_log_what_was_recorded(family: Family, cast: Cast) -> None:
    wage(family, cast)

    assert AuditLine.objects.latest("sequence").summary == "记录 张建国 的工资性收入：1,500.00 元，2024-01-01 起"


def test_record_fact_of_a_change_ends_the_old_and_keeps_it_readable(family: Family, cast: Cast) -> None:
    wage(family, cast)
    wage(family, cast, 200_000, APRIL)

    assert (spells(family), spells(family, current=False)) == (
        [(JANUARY, date(2024, 3, 31), 150_000), (APRIL, None, 200_000)],
        [(JANUARY, None, 150_000)],
    )


def test_record_fact_again_writes_nothing(family: Family, cast: Cast) -> None:
    first = wage(family, cast)

    assert (wage(family, cast).pk, Fact.objects.count()) == (first.pk, 1)


def test_record_fact_refuses_days_that_are_taken(family: Family, cast: Cast) -> None:
    wage(family, cast, valid_until=date(2024, 6, 30))

    with pytest.raises(
        BadValue,
        match=r"^2024-01-01 至 2024-06-30 已记录工资性收入为 1,500.00 元，与新填写的期间重叠；"
        "情况有变化的，起始日期应在其后；原来记错的，请使用更正。$",
    ):
        wage(family, cast, 200_000, APRIL)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"value": -1}, "^工资性收入不能为负数。$"),
        ({"kind": "income.lottery"}, "^没有名为“income.lottery”的情况种类。$"),
        ({"kind": "work.status", "value": "idle"}, "^“idle”不是就业状况可选的内容。$"),
        ({"value": "多"}, "^工资性收入应为数字。$"),
        ({"kind": "illness.severe", "value": 2}, "^患重特大疾病应为“是”或“否”。$"),
        ({"kind": "disability.grade", "value": 5}, "^残疾等级应为一级至四级。$"),
        ({"kind": "status.dead", "value": 1}, "^死亡请使用死亡登记"),
        ({"valid_until": date(2023, 12, 31)}, "^截止日期 2023-12-31 早于起始日期 2024-01-01，请检查后重新填写。$"),
        ({"source": " "}, "^请填写来源。$"),
    ],
)
def test_record_fact_refuses(family: Family, cast: Cast, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        wage(family, cast, **given)


def test_record_fact_refuses_what_is_after_death(family: Family, cast: Cast) -> None:
    record_death(person=family.zhang, died_on=date(2024, 2, 1), source="殡仪馆", actor=cast.clerk, on=TODAY)
    family.zhang.refresh_from_db()

    with pytest.raises(BadValue, match=r"^张建国 已于 2024-02-01 死亡，不能记录此后的情况。$"):
        wage(family, cast, valid_from=APRIL)


def test_record_fact_refuses_a_clerk_next_door(family: Family, cast: Cast) -> None:
    with pytest.raises(Refused, match=r"^只有人员所在地的经办人或科室人员可以修改其信息。$"):
        wage(family, cast, actor=cast.clerk_next_door)


def test_correct_fact_supersedes_and_keeps_the_pieces_that_stay_true(family: Family, cast: Cast) -> None:
    fact = wage(family, cast)
    correct_fact(
        fact=fact,
        value=90_000,
        valid_from=APRIL,
        valid_until=date(2024, 5, 31),
        source="核对",
        actor=cast.clerk,
        on=TODAY,
    )

    assert (spells(family), spells(family, current=False)) == (
        [
            (JANUARY, date(2024, 3, 31), 150_000),
            (APRIL, date(2024, 5, 31), 90_000),
            (date(2024, 6, 1), None, 150_000),
        ],
        [(JANUARY, None, 150_000)],
    )


def test_correct_fact_never_leaves_a_moment_with_two_or_none(family: Family, cast: Cast) -> None:
    fact = wage(family, cast)
    new = correct_fact(fact=fact, value=90_000, source="核对", actor=cast.clerk, on=TODAY)
    fact.refresh_from_db()

    assert (fact.superseded_at, new.valid_from) == (new.recorded_at, JANUARY)


def test_correct_fact_on_an_earlier_day_is_not_known_before_what_it_corrects(family: Family, cast: Cast) -> None:
    fact = wage(family, cast)
    new = correct_fact(fact=fact, value=90_000, source="核对", actor=cast.clerk, on=date(2024, 6, 1))

    assert new.recorded_at == fact.recorded_at


def test_correct_fact_refuses_one_corrected_before(family: Family, cast: Cast) -> None:
    fact = wage(family, cast)
    correct_fact(fact=fact, value=90_000, source="核对", actor=cast.clerk, on=TODAY)
    fact.refresh_from_db()

    with pytest.raises(BadValue, match=r"^这条记录已被更正过，请刷新后更正最新的一条。$"):
        correct_fact(fact=fact, value=1, source="核对", actor=cast.clerk, on=TODAY)


def test_correct_fact_refuses_to_reach_into_another(family: Family, cast: Cast) -> None:
    fact = wage(family, cast, valid_until=date(2024, 3, 31))
    wage(family, cast, 200_000, APRIL)

    with pytest.raises(BadValue, match=r"^2024-04-01 起 已记录工资性收入为 2,000.00 元"):
        correct_fact(fact=fact, value=1, valid_until=date(2024, 4, 30), source="核对", actor=cast.clerk, on=TODAY)


def test_withdraw_fact_leaves_the_days_unknown(family: Family, cast: Cast) -> None:
    withdraw_fact(fact=wage(family, cast), reason="登记到了别人名下", actor=cast.clerk, on=TODAY)

    assert (spells(family), spells(family, current=False)) == ([], [(JANUARY, None, 150_000)])


def test_withdraw_fact_refuses_without_a_reason(family: Family, cast: Cast) -> None:
    with pytest.raises(BadValue, match=r"^请填写撤回的理由。$"):
        withdraw_fact(fact=wage(family, cast), reason="", actor=cast.clerk, on=TODAY)
