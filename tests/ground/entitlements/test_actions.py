"""Entitlements begin, change and end at the edge of a month, by those who may decide."""

from datetime import date

import pytest

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.audit.models import AuditLine
from anmin.ground.entitlements.actions import (
    Holding,
    add_member,
    change_payee,
    end_entitlement,
    end_grace,
    extend_grace,
    migrate_entitlements,
    remove_member,
    resume,
    set_review,
    start_entitlement,
    start_grace,
    suspend,
)
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, GracePeriod, Suspension
from anmin.ground.imports.models import ImportBatch
from tests.conftest import Cast, County
from tests.stipend_stage import STIPEND, Stage

JULY = date(2024, 7, 1)
ON = date(2024, 6, 20)


def start(stage: Stage, cast: Cast, **changes: object) -> Entitlement:
    if "household" not in changes:
        person = stage.person("丁一")
        changes = {"household": stage.household(person), "members": [person], **changes}
    people = changes["members"]
    assert isinstance(people, list)
    given = {
        "benefit": STIPEND, "holder": people[0] if people else None, "payee": people[0] if people else stage.person(),
        "route": "household", "case": None, "review_class": "A", "review_due_on": date(2025, 7, 1), "valid_from": JULY,
        "start_reason": "new", "actor": cast.decision_maker, "on": ON, **changes,
    }  # fmt: skip
    return start_entitlement(**given)  # type: ignore[arg-type]  # keywords chosen by each test


@pytest.mark.capability("SA-01")
def test_start_entitlement_covers_its_members_from_the_first_of_a_month(stage: Stage, cast: Cast) -> None:
    held = start(stage, cast)
    assert (held.number, held.valid_from, held.valid_until, held.accounted_from) == ("SX2024000001", JULY, None, JULY)
    assert list(held.members.values_list("valid_from", "valid_until", "start_reason")) == [(JULY, None, "new")]
    line = AuditLine.objects.get(verb="entitlement.started")
    assert (line.subject_id, line.actor_name) == (str(held.pk), "赵确认")


def test_start_entitlement_numbers_follow_each_other(stage: Stage, cast: Cast) -> None:
    assert [start(stage, cast).number, start(stage, cast).number] == ["SX2024000001", "SX2024000002"]


def test_start_entitlement_is_refused_to_a_clerk(stage: Stage, cast: Cast) -> None:
    with pytest.raises(Refused, match="只有本地审核确认人可以给予待遇"):
        start(stage, cast, actor=cast.clerk)
    assert Entitlement.objects.count() == 0


def test_start_entitlement_refuses_a_start_within_a_month(stage: Stage, cast: Cast) -> None:
    with pytest.raises(BadValue, match="开始日期应为某月 1 日，现在是 2024-07-15"):
        start(stage, cast, valid_from=date(2024, 7, 15))


def test_start_entitlement_refuses_an_unknown_benefit_and_route(stage: Stage, cast: Cast) -> None:
    with pytest.raises(BadValue, match=r"没有名为“trial\.other”的待遇"):
        start(stage, cast, benefit="trial.other")
    with pytest.raises(BadValue, match="“half”不是试行津贴的保障方式，可选：整户、单人"):
        start(stage, cast, route="half")


def test_start_entitlement_refuses_no_members_and_strangers(stage: Stage, cast: Cast) -> None:
    home = stage.household(stage.person("丁一"))
    with pytest.raises(BadValue, match="请至少选择一名保障对象"):
        start(stage, cast, household=home, members=[])
    with pytest.raises(BadValue, match="外人在 2024-07-01 不是JT00002户的成员"):
        start(stage, cast, household=home, members=[stage.person("外人")])


def test_start_entitlement_refuses_a_member_who_died_before(stage: Stage, cast: Cast) -> None:
    person = stage.person("丁一")
    home = stage.household(person)
    person.died_on = date(2024, 6, 3)
    person.save()
    with pytest.raises(BadValue, match="丁一已于 2024-06-03 去世，不能列为保障对象"):
        start(stage, cast, household=home, members=[person], payee=stage.person())


def test_start_entitlement_refuses_to_cover_a_person_twice(stage: Stage, cast: Cast) -> None:
    person = stage.person("丁一")
    home = stage.household(person)
    start(stage, cast, household=home, members=[person])
    with pytest.raises(BadValue, match="同一时期已享受同一待遇，不能重复给予"):
        start(stage, cast, household=home, members=[person], valid_from=date(2024, 9, 1))
    assert Entitlement.objects.count() == 1


def test_start_entitlement_after_another_ended_is_no_overlap(stage: Stage, cast: Cast) -> None:
    person = stage.person("丁一")
    home = stage.household(person)
    first = start(stage, cast, household=home, members=[person])
    end_entitlement(entitlement=first, valid_until=date(2024, 8, 31), reason="income", actor=cast.decision_maker, on=ON)
    start(stage, cast, household=home, members=[person], valid_from=date(2024, 9, 1))
    assert EntitlementMember.objects.filter(person=person).count() == 2


def test_migrated_entitlement_is_accounted_for_from_the_next_month(stage: Stage, cast: Cast) -> None:
    held = start(stage, cast, valid_from=date(2021, 5, 1), migrated=True, start_reason="migrated", on=date(2023, 12, 31))
    assert (held.valid_from, held.accounted_from, held.migrated) == (date(2021, 5, 1), date(2024, 1, 1), True)


def test_migrate_entitlements_registers_a_whole_list_with_one_audit_line(stage: Stage, cast: Cast, county: County) -> None:
    people = [stage.person() for _ in range(3)]
    homes = [stage.household(people[0], people[1]), stage.household(people[2])]
    batch = ImportBatch.objects.create(
        form="trial", file_name="在享名册.csv", sha256="0" * 64, state="loaded", brought_on=ON, at=clock.instant(ON)
    )
    rows = [
        Holding(
            home.pk,
            home.head_id,
            home.head_id,
            home.area_id,
            "household",
            members,
            "B",
            date(2025, 1, 1),
            date(2022, 1, 20),
            date(2022, 2, 1),
        )
        for home, members in zip(homes, [(people[0].pk, people[1].pk), (people[2].pk,)], strict=True)
    ]
    migrate_entitlements(benefit=STIPEND, holdings=rows, batch=batch, actor=SYSTEM, on=date(2023, 12, 31))
    assert list(Entitlement.objects.values_list("number", "accounted_from", "migrated")) == [
        ("SX2023000001", date(2024, 1, 1), True),
        ("SX2023000002", date(2024, 1, 1), True),
    ]
    assert EntitlementMember.objects.count() == 3
    assert AuditLine.objects.filter(verb="entitlement.migrated").count() == 1


def test_migrate_entitlements_refuses_a_person_twice_and_keeps_nothing(stage: Stage) -> None:
    person = stage.person()
    home = stage.household(person)
    batch = ImportBatch.objects.create(
        form="trial", file_name="在享名册.csv", sha256="0" * 64, state="loaded", brought_on=ON, at=clock.instant(ON)
    )
    row = Holding(home.pk, person.pk, person.pk, home.area_id, "household", (person.pk,), "B", None, ON, date(2022, 2, 1))
    with pytest.raises(BadValue, match="不能重复给予"):
        migrate_entitlements(benefit=STIPEND, holdings=[row, row], batch=batch, actor=SYSTEM, on=ON)
    assert Entitlement.objects.count() == 0


@pytest.mark.capability("SA-01")
def test_end_entitlement_ends_every_share_on_the_last_day_of_a_month(stage: Stage, cast: Cast) -> None:
    held = stage.family(100, 200)
    end_entitlement(entitlement=held, valid_until=date(2024, 6, 30), reason="died", actor=cast.decision_maker, on=ON)
    held.refresh_from_db()
    assert (held.state, held.valid_until, held.end_reason) == ("ended", date(2024, 6, 30), "died")
    assert set(held.members.values_list("valid_until", "end_reason")) == {(date(2024, 6, 30), "died")}


def test_end_entitlement_may_be_moved_earlier_but_not_later(stage: Stage, cast: Cast) -> None:
    held = stage.family(100)
    who = {"actor": cast.decision_maker, "on": ON}
    end_entitlement(entitlement=held, valid_until=date(2024, 8, 31), reason="income", **who)
    end_entitlement(entitlement=held, valid_until=date(2024, 5, 31), reason="died", **who)
    assert held.members.get().valid_until == date(2024, 5, 31)
    with pytest.raises(Refused, match="已决定于 2024-05-31 停发，只能改为更早的日期"):
        end_entitlement(entitlement=held, valid_until=date(2024, 6, 30), reason="died", **who)


def test_end_entitlement_removes_a_share_that_would_begin_later(stage: Stage, cast: Cast) -> None:
    held = stage.family(100)
    joiner = stage.person("新成员")
    stage.join(held.household, joiner, date(2024, 1, 1))
    who = {"actor": cast.decision_maker, "on": ON}
    add_member(entitlement=held, person=joiner, valid_from=JULY, **who)
    end_entitlement(entitlement=held, valid_until=date(2024, 6, 30), reason="income", **who)
    assert list(held.members.values_list("valid_until", flat=True)) == [date(2024, 6, 30)]


@pytest.mark.parametrize(
    ("until", "reason", "sentence"),
    [
        (date(2024, 6, 29), "died", "停发日期应为某月最后一天，现在是 2024-06-29"),
        (date(2023, 12, 31), "died", "停发日期 2023-12-31 早于开始日期 2024-01-01"),
        (date(2024, 6, 30), "", "请选择停发原因"),
    ],
)
def test_end_entitlement_refuses(stage: Stage, cast: Cast, until: date, reason: str, sentence: str) -> None:
    held = stage.family(100)
    with pytest.raises(BadValue, match=sentence):
        end_entitlement(entitlement=held, valid_until=until, reason=reason, actor=cast.decision_maker, on=ON)


def test_add_and_remove_member_leave_a_share_with_its_reasons(stage: Stage, cast: Cast) -> None:
    held = stage.family(100)
    joiner = stage.person("新成员")
    stage.join(held.household, joiner, date(2024, 1, 1))
    who = {"actor": cast.decision_maker, "on": ON}
    add_member(entitlement=held, person=joiner, valid_from=JULY, **who)
    remove_member(entitlement=held, person=joiner, valid_until=date(2024, 9, 30), reason="left_household", **who)
    share = EntitlementMember.objects.get(person=joiner)
    assert (share.start_reason, share.valid_from, share.end_reason, share.valid_until) == (
        "joined", JULY, "left_household", date(2024, 9, 30),
    )  # fmt: skip


def test_remove_member_refuses_the_last_one_and_a_stranger(stage: Stage, cast: Cast) -> None:
    held = stage.family(100)
    who = {"actor": cast.decision_maker, "on": ON, "valid_until": date(2024, 6, 30), "reason": "died"}
    with pytest.raises(Refused, match="最后一名保障对象，请办理停发"):
        remove_member(entitlement=held, person=held.holder, **who)
    with pytest.raises(Refused, match="外人不是 SX2024000001 现有的保障对象"):
        remove_member(entitlement=held, person=stage.person("外人"), **who)


def test_add_member_is_refused_once_the_entitlement_has_ended(stage: Stage, cast: Cast) -> None:
    held = stage.family(100)
    who = {"actor": cast.decision_maker, "on": ON}
    end_entitlement(entitlement=held, valid_until=date(2024, 6, 30), reason="income", **who)
    with pytest.raises(Refused, match="已停发，不能增加保障对象"):
        add_member(entitlement=held, person=stage.person(), valid_from=JULY, **who)


def test_suspend_and_resume_leave_a_spell(stage: Stage, cast: Cast) -> None:
    held = stage.family(100)
    who = {"actor": cast.decision_maker, "on": ON}
    spell = suspend(entitlement=held, valid_from=JULY, reason="复核中", **who)
    held.refresh_from_db()
    assert held.state == "suspended"
    resume(suspension=spell, valid_until=date(2024, 8, 31), released=True, **who)
    held.refresh_from_db()
    assert held.state == "in_force"
    assert Suspension.objects.values_list("valid_from", "valid_until", "released").get() == (JULY, date(2024, 8, 31), True)
    with pytest.raises(Refused, match="已于 2024-08-31 结束"):
        resume(suspension=Suspension.objects.get(), valid_until=date(2024, 9, 30), released=True, **who)


def test_suspend_twice_is_refused(stage: Stage, cast: Cast) -> None:
    held = stage.family(100)
    who = {"actor": cast.decision_maker, "on": ON, "reason": "复核中"}
    suspend(entitlement=held, valid_from=JULY, **who)
    with pytest.raises(BadValue, match="这一时期已经暂停"):
        suspend(entitlement=held, valid_from=date(2024, 8, 1), **who)


def test_grace_period_is_data_for_the_rule(stage: Stage, cast: Cast) -> None:
    held = stage.family(100)
    who = {"actor": cast.decision_maker, "on": ON}
    grace = start_grace(entitlement=held, kind="gradual", valid_from=JULY, previous_amount=62000, **who)
    extend_grace(grace=grace, months=2, reason="家中有重病成员", **who)
    end_grace(grace=grace, valid_until=date(2024, 9, 30), reason="失业", **who)
    assert GracePeriod.objects.values_list("kind", "valid_from", "valid_until", "previous_amount", "extension_months").get() == (
        "gradual", JULY, date(2024, 9, 30), 62000, 2,
    )  # fmt: skip
    with pytest.raises(BadValue, match="已有渐退期或缓退期"):
        start_grace(entitlement=held, kind="delayed", valid_from=date(2024, 8, 1), previous_amount=1, **who)


def test_change_payee_may_be_done_by_the_clerk_of_the_town_only(stage: Stage, cast: Cast) -> None:
    held = stage.family(100)
    agent = stage.person("代领人")
    with pytest.raises(Refused, match="只有本地经办人或审核确认人可以变更领款人"):
        change_payee(entitlement=held, payee=agent, reason="本人住院", actor=cast.clerk_next_door, on=ON)
    change_payee(entitlement=held, payee=agent, reason="本人住院", actor=cast.clerk, on=ON)
    assert Entitlement.objects.get().payee == agent


def test_set_review_says_when_to_look_again(stage: Stage, cast: Cast) -> None:
    held = stage.family(100)
    set_review(entitlement=held, review_class="C", review_due_on=date(2025, 1, 1), actor=cast.decision_maker, on=ON)
    assert Entitlement.objects.values_list("review_class", "review_due_on").get() == ("C", date(2025, 1, 1))
