"""Somebody applies for tekun, is supported, is looked at again, and dies: step by step on the real figures of the law."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month, Period
from anmin.ground.accounts.gate import SYSTEM, Actor
from anmin.ground.cases.actions import open_case, take_step
from anmin.ground.cases.casetypes import CASE_TYPES
from anmin.ground.cases.models import Case
from anmin.ground.cases.progress import situation_of
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.indicators.declarations import Window
from anmin.ground.payments.models import Payment
from anmin.ground.people.actions import record_death
from anmin.ground.people.models import Fact, HouseholdMember, Person
from anmin.ground.verification.actions import Letter, record_consent
from anmin.lines.assistance.tekun.casework.applicant import APPLICANT
from anmin.lines.assistance.tekun.schedules import TEKUN_REASSESSMENTS
from anmin.lines.assistance.tekun.vocabulary import APPLICATION, FUNERAL, REVIEW
from tests.conftest import Cast, County
from tests.single_persons import Village, approved, due, figure, lines, real_policy

MARCH = date(2024, 3, 1)
NOTHING = {"income__wage": 0, "income__business": 0, "income__property": 0, "income__pension": 0, "assets__financial": 0}


@pytest.fixture
def village(county: County) -> Iterator[Village]:
    with real_policy():
        yield Village(county.liuqiao)


@dataclass
class Desk:
    """One person's case; steps without data take what such a case usually says."""

    cast: Cast
    village: Village
    case: Case = field(init=False)

    def old(self, born: date = date(1950, 1, 1), **facts: Any) -> Person:
        return self.village.alone(born, **{**NOTHING, "obligor__none": 1, **facts})

    def apply(self, person: Person, on: date = MARCH, **answers: Any) -> Case:
        home = HouseholdMember.objects.get(person=person).household
        self.case = open_case(
            kind=APPLICATION, household=home, applicant=person, data={"reason": "孤老", **answers}, actor=self.cast.clerk, on=on
        )
        return self.case

    def take(self, step: str, on: date, data: Mapping[str, Any] | None = None, actor: Actor | None = None) -> Case:
        self.case = take_step(case=self.case, step=step, data=data or {}, actor=actor or self.cast.clerk, on=on)
        return self.case

    def to_examined(self, person: Person, items: tuple[str, ...] = (), route: str = "at_home", **answers: Any) -> Case:
        self.apply(person, **answers)
        if person.birth_on > date(2006, 3, 1):  # nobody at home can sign for a child alone
            letter = Letter(person, MARCH, signed_by=self.old())
            record_consent(letter=letter, area=person.area, actor=self.cast.clerk, on=MARCH)
        day = date(2024, 3, 4)
        self.take("accept", MARCH)
        self.take("request_verification", day, {"consented_by": [person.pk], "consent_on": str(day)})
        report = {"result": "nothing_over", "sources": "不动产、社保", "as_of": str(day), "summary": "未发现超标。"}
        self.take("start_verification", day, actor=self.cast.reviewer)
        self.take("receive_verification", day, report, self.cast.reviewer)
        self.take("record_visit", day, {"visited_on": str(day), "items_lost": list(items), "findings": "独居。"})
        return self.take("examine", date(2024, 3, 5), {"opinion": "grant", "route": route})

    def to_reviewed(self, person: Person, **more: Any) -> Case:
        self.to_examined(person, **more)
        self.take("post_notice", date(2024, 3, 5), {"places": "村务公开栏"})
        self.take("close_notice", date(2024, 3, 13))
        self.take("submit", date(2024, 3, 13))
        self.take("spot_check", date(2024, 3, 14), {"checked_on": "2024-03-14", "findings": "属实。"}, self.cast.reviewer)
        return self.take("review_file", date(2024, 3, 14), {"opinion": "grant"}, self.cast.reviewer)

    def granted(self, person: Person, **more: Any) -> Entitlement:
        self.to_reviewed(person, **more)
        self.take("confirm", date(2024, 3, 15), actor=self.cast.decision_maker)
        return Entitlement.objects.get(case=self.case)

    def review(self, held: Entitlement, on: date) -> Case:
        self.case = open_case(
            kind=REVIEW,
            household=held.household,
            applicant=held.holder,
            entitlement=held,
            data={"reason": "复核"},
            actor=self.cast.clerk,
            on=on,
        )
        return self.case


@pytest.fixture
def desk(cast: Cast, village: Village) -> Desk:
    return Desk(cast, village)


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises((BadValue, Refused)) as caught:
        act()
    return str(caught.value)


@pytest.mark.capability("SA-02")
def test_support_is_paid_from_the_month_after_the_confirmation(desk: Desk) -> None:
    held = desk.granted(desk.old(), items=("eating", "washing"))
    assert (held.benefit, held.route, held.valid_from) == ("assistance.tekun", "at_home", date(2024, 4, 1))
    assert due(held, Month(2024, 4)) == 107_000 + 16_400


@pytest.mark.capability("SA-02")
def test_in_an_institution_the_care_is_the_countys(desk: Desk) -> None:
    held = desk.granted(desk.old(), items=("eating", "bed", "toilet", "walking"), route="residential")
    assert due(held, Month(2024, 4)) == 107_000


@pytest.mark.capability("SA-02")
def test_the_visit_records_how_many_of_the_six_things_are_lost(desk: Desk) -> None:
    person = desk.old()
    desk.to_examined(person, items=("eating", "bed", "toilet"))
    assert Fact.objects.get(person=person, kind="care.items_lost").amount == 3


@pytest.mark.capability("SA-02")
def test_nobody_goes_to_the_county_before_seven_days_of_notice(desk: Desk) -> None:
    desk.to_examined(desk.old())
    assert "先公示七天" in refused(lambda: desk.take("submit", date(2024, 3, 6)))
    desk.take("post_notice", date(2024, 3, 5), {"places": "村务公开栏"})
    assert "2024-03-12" in refused(lambda: desk.take("close_notice", date(2024, 3, 12)))


@pytest.mark.capability("SA-02")
def test_a_minors_name_hangs_on_no_board(desk: Desk) -> None:
    desk.to_examined(desk.old(date(2014, 1, 1)))
    assert refused(lambda: desk.take("post_notice", date(2024, 3, 5), {"places": "村务公开栏"})).startswith("未成年人不公示")
    assert desk.take("submit", date(2024, 3, 6)).state == "submitted"


@pytest.mark.capability("SA-02")
def test_the_first_file_of_a_year_is_drawn_or_passed_by_a_lot_anybody_can_repeat(desk: Desk) -> None:
    desk.to_examined(desk.old())
    desk.take("post_notice", date(2024, 3, 5), {"places": "村务公开栏"})
    desk.take("close_notice", date(2024, 3, 13))
    desk.take("submit", date(2024, 3, 13))
    asked = [APPLICANT.spot_checked_if_drawn(situation_of(desk.case, desk.cast.reviewer, date(2024, 3, 14))) for _ in range(2)]
    assert asked[0] == asked[1]


@pytest.mark.capability("SA-02")
def test_whoever_has_a_capable_son_is_not_proposed(desk: Desk) -> None:
    said = refused(lambda: desk.to_examined(desk.old(obligor__none=0)))
    assert said.startswith("按现行规则测算不符合特困供养条件")


@pytest.mark.capability("SA-02")
def test_whoever_becomes_tekun_leaves_dibao_with_the_month(desk: Desk, village: Village) -> None:
    person = desk.old()
    dibao = village.hold("assistance.dibao", person, date(2024, 1, 1), route="household")
    held = desk.granted(person)
    dibao.refresh_from_db()
    assert (dibao.valid_until, dibao.end_reason) == (date(2024, 3, 31), "to_tekun")
    assert held.start_reason == "transferred"


@pytest.mark.capability("SA-02")
def test_an_orphan_who_chooses_tekun_gives_up_the_stipend(desk: Desk, village: Village) -> None:
    person = desk.old(date(2014, 1, 1))
    stipend = village.hold("children.stipend", person, date(2024, 1, 1), route="orphan")
    desk.to_examined(person, gives_up_stipend=True)
    desk.take("submit", date(2024, 3, 6))
    desk.take("spot_check", date(2024, 3, 7), {"checked_on": "2024-03-07", "findings": "属实。"}, desk.cast.reviewer)
    desk.take("review_file", date(2024, 3, 7), {"opinion": "grant"}, desk.cast.reviewer)
    desk.take("confirm", date(2024, 3, 8), actor=desk.cast.decision_maker)
    stipend.refresh_from_db()
    assert (stipend.valid_until, stipend.end_reason) == (date(2024, 3, 31), "chosen_other")


def buried(desk: Desk, died_on: date = date(2024, 5, 20), **more: Any) -> Entitlement:
    """Somebody supported at home has died, and support has ended."""
    held = desk.granted(desk.old())
    record_death(person=held.holder, died_on=died_on, source="镇民政办", actor=SYSTEM, on=date(2024, 5, 22))
    desk.review(Entitlement.objects.get(pk=held.pk), date(2024, 5, 22))
    undertaker = {"undertaker": "刘桥村村民委员会", "explanation": "病故。", **more}
    desk.take("propose", date(2024, 5, 22), {"proposal": "end", "end_reason": "died", **undertaker})
    desk.take("end_support", date(2024, 5, 23), actor=desk.cast.decision_maker)
    held.refresh_from_db()
    return held


@pytest.mark.capability("SA-02")
def test_a_death_ends_support_with_its_month_and_brings_the_funeral(desk: Desk, village: Village) -> None:
    niece = village.alone()
    held = buried(desk, funeral_payee=village.identity(niece))
    assert (held.valid_until, held.end_reason) == (date(2024, 5, 31), "died")
    assert desk.case.actions.get(step="end_support").data["funeral_amount"] == 6 * 107_000
    given = Entitlement.objects.get(benefit=FUNERAL)
    assert (given.holder, given.payee, given.end_reason) == (held.holder, niece, "given_once")


@pytest.mark.capability("SA-02")
def test_the_funeral_is_paid_by_a_roll_and_counted(desk: Desk, village: Village) -> None:
    niece = village.alone()
    buried(desk, funeral_payee=village.identity(niece))
    roll = approved(desk.cast, FUNERAL, "2024-05", date(2024, 5, 27))
    assert lines(roll) == [("2024-05", "regular", 642_000)]
    assert lines(approved(desk.cast, FUNERAL, "2024-06", date(2024, 6, 3))) == []
    assert [(each.payee, each.net) for each in roll.payments.all()] == [(niece, 642_000)]
    Payment.objects.update(state="paid", paid_on=date(2024, 5, 28))
    june = Window.of(Period.parse("2024H1"))
    assert (figure(f"{FUNERAL}.funds", june), figure(f"{FUNERAL}.persons", june)) == (642_000, 1)


@pytest.mark.capability("SA-02")
def test_who_died_on_the_first_is_buried_by_the_month_before(desk: Desk, village: Village) -> None:
    buried(desk, date(2024, 5, 1), funeral_payee=village.identity(village.alone()))
    assert Entitlement.objects.get(benefit=FUNERAL).valid_from == date(2024, 4, 1)
    assert lines(approved(desk.cast, FUNERAL, "2024-05", date(2024, 5, 27))) == [("2024-04", "back_pay", 642_000)]


@pytest.mark.capability("SA-02")
def test_a_funeral_needs_somebody_to_be_paid(desk: Desk) -> None:
    assert refused(lambda: buried(desk)) == "请填写“丧葬费领款人身份证号”：供养金没有另外的领款人。"


@pytest.mark.capability("SA-02")
def test_whoever_was_paid_for_the_person_buries_the_person(desk: Desk, village: Village) -> None:
    guardian, person = village.alone(), desk.old()
    held = desk.granted(person)
    Entitlement.objects.filter(pk=held.pk).update(payee=guardian)
    record_death(person=person, died_on=date(2024, 5, 20), source="镇民政办", actor=SYSTEM, on=date(2024, 5, 22))
    desk.review(Entitlement.objects.get(pk=held.pk), date(2024, 5, 22))
    desk.take("propose", date(2024, 5, 22), {
        "proposal": "end", "end_reason": "died", "undertaker": "敬老院", "explanation": "病故。",
    })  # fmt: skip
    desk.take("end_support", date(2024, 5, 23), actor=desk.cast.decision_maker)
    assert Entitlement.objects.get(benefit=FUNERAL).payee == guardian


@pytest.mark.capability("SA-02")
def test_the_number_of_the_one_who_is_paid_is_not_kept_with_the_case(desk: Desk, village: Village) -> None:
    niece = village.alone()
    buried(desk, funeral_payee=village.identity(niece))
    said = desk.case.actions.get(step="propose").data
    assert said["funeral_payee"] == f"{niece.name}（{niece.identity_mask}）"
    assert village.identity(niece) not in str(said)


@pytest.mark.capability("SA-02")
def test_an_end_hangs_out_for_seven_days_unless_somebody_died(desk: Desk) -> None:
    held = desk.granted(desk.old())
    desk.review(held, date(2024, 6, 3))
    desk.take("propose", date(2024, 6, 3), {"proposal": "end", "end_reason": "supported", "explanation": "侄女收养。"})
    assert "先公示七天" in refused(lambda: desk.take("end_support", date(2024, 6, 4), actor=desk.cast.decision_maker))
    desk.take("post_end_notice", date(2024, 6, 4), {"places": "村务公开栏"})
    assert "2024-06-11" in refused(lambda: desk.take("end_support", date(2024, 6, 11), actor=desk.cast.decision_maker))
    assert desk.take("end_support", date(2024, 6, 12), actor=desk.cast.decision_maker).state == "ended"


@pytest.mark.capability("SA-02")
def test_self_care_is_graded_again_each_year_and_the_subsidy_follows(desk: Desk) -> None:
    held = desk.granted(desk.old())
    assert [each.due_on for each in TEKUN_REASSESSMENTS.due(date(2025, 2, 10))] == [date(2025, 3, 31)]
    desk.review(held, date(2025, 3, 3))
    day = date(2025, 3, 4)
    desk.take(
        "reassess", day, {"visited_on": str(day), "items_lost": ["eating", "bed", "toilet", "walking"], "findings": "卧床。"}
    )
    desk.take("propose", day, {"proposal": "keep", "explanation": "全护理。"})
    desk.take("keep", day, actor=desk.cast.decision_maker)
    held.refresh_from_db()
    assert held.review_due_on == date(2026, 3, 31)
    told = date(2025, 3, 10)
    assert (due(held, Month(2025, 3), told), due(held, Month(2025, 4), told)) == (115_200, 139_800)


@pytest.mark.capability("SA-02")
def test_every_paper_of_the_case_can_be_read(desk: Desk) -> None:
    desk.granted(desk.old())
    kind = CASE_TYPES[APPLICATION]
    situation = situation_of(desk.case, desk.cast.reviewer, date(2024, 3, 16))
    offered = ("application_form", "acceptance_notice", "confirmation_notice", "notice_sheet")
    made = [paper.build(situation) for paper in kind.papers if paper.kind.rpartition(".")[2] in offered]
    assert [paper.title for paper in made][-1] == "特困供养初审结果公示"
    assert len(made) == 4
