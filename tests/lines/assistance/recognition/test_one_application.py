"""One application, every class: what the rules propose, what a decision grants, and that nobody stands in two layers."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.lines.assistance.recognition.assessment import classify
from anmin.lines.assistance.recognition.vocabulary import LOW_INCOME
from tests.conftest import Cast, County
from tests.dibao_counter import Counter, person
from tests.web.signed_in import browser_of

APRIL = Month(2024, 4)


def pensioner(county: County, pension: int, **facts: int) -> Any:
    return person(county.liuqiao, "陈平", date(1958, 1, 1), {"income.pension": pension, **facts})


def granted(cast: Cast, county: County, layer: str, pension: int, **facts: int) -> Counter:
    counter = Counter(cast, county.liuqiao, [pensioner(county, pension, **facts)])
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12), opinion="grant", layer=layer)
    counter.take("post_notice", date(2024, 3, 12))
    counter.take("close_notice", date(2024, 3, 20))
    counter.take("submit", date(2024, 3, 20))
    counter.take("review_file", date(2024, 3, 21))
    counter.take("confirm", date(2024, 3, 22))
    return counter


@pytest.mark.capability("SA-03")
def test_the_one_application_recognises_a_family_on_the_margin(cast: Cast, county: County) -> None:
    counter = granted(cast, county, "margin", 100_000)
    held = Entitlement.objects.get(household=counter.home)
    assert (held.benefit, held.valid_from, held.review_due_on) == ("assistance.margin", date(2024, 4, 1), date(2025, 3, 31))
    assert [(each.person, each.exclusive) for each in held.members.all()] == [(counter.members[0], LOW_INCOME)]


@pytest.mark.capability("SA-04")
def test_the_one_application_recognises_hardship_for_twelve_months(cast: Cast, county: County) -> None:
    counter = granted(cast, county, "hardship", 200_000, **{"expense.medical": 1_000_000})
    held = Entitlement.objects.get(household=counter.home)
    assert (held.benefit, held.review_due_on) == ("assistance.hardship", date(2025, 3, 31))


@pytest.mark.capability("SA-04")
def test_the_opinion_says_what_the_hardship_rests_on_under_the_name_of_the_day(cast: Cast, county: County) -> None:
    counter = granted(cast, county, "hardship", 200_000, **{"expense.medical": 1_000_000})
    said = counter.case.actions.get(step="confirm").data["assessment"]["paragraph"]
    assert said.startswith("陈平：支出型困难家庭成员。")
    assert said.endswith("近十二个月刚性支出19,840.00元，占家庭收入的82.7%（规定60%），认定有效期十二个月。")


@pytest.mark.capability("SA-11")
def test_the_opinion_keeps_the_class_of_every_member(cast: Cast, county: County) -> None:
    counter = granted(cast, county, "margin", 100_000)
    assert counter.case.actions.get(step="examine").data["classification"] == "陈平：低保边缘家庭成员。"


@pytest.mark.capability("SA-03")
def test_a_class_that_the_rules_do_not_find_is_refused_with_the_class_they_do(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao, [pensioner(county, 100_000)])
    counter.to_examined()
    with pytest.raises((BadValue, Refused)) as caught:
        counter.take("examine", date(2024, 3, 12), opinion="grant", layer="hardship")
    assert "不符合支出型（刚性支出）困难家庭条件" in str(caught.value)
    assert "陈平：低保边缘家庭成员" in str(caught.value)


@pytest.mark.capability("SA-03")
def test_a_family_on_the_margin_is_not_covered_as_one_person_alone(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao, [pensioner(county, 100_000)])
    counter.to_examined()
    with pytest.raises((BadValue, Refused)) as caught:
        counter.take("examine", date(2024, 3, 12), opinion="grant", layer="margin", route="single")
    assert "按整户认定" in str(caught.value)


@pytest.mark.capability("SA-11")
def test_classification_says_why_the_earlier_classes_did_not_hold(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao, [pensioner(county, 100_000)])
    found = classify(counter.home.pk, APRIL)
    assert found.members_of("margin") == (counter.members[0].pk,)
    assert "月人均收入1,000.00元，不低于低保标准820.00元。" in found.reasons


@pytest.mark.capability("SA-02")
def test_who_has_nobody_and_nothing_is_proposed_as_tekun(cast: Cast, county: County) -> None:
    counter = Counter(
        cast,
        county.liuqiao,
        [person(county.liuqiao, "沈甲", date(1950, 1, 1), {"obligor.none": 1, "care.items_lost": 0})],
    )
    assert classify(counter.home.pk, APRIL).proposal == "沈甲：特困人员。"


@pytest.mark.capability("SA-02")
def test_who_belongs_to_tekun_is_not_taken_into_dibao(cast: Cast, county: County) -> None:
    alone = person(county.liuqiao, "沈甲", date(1950, 1, 1), {"obligor.none": 1, "care.items_lost": 0})
    counter = Counter(cast, county.liuqiao, [alone])
    counter.to_examined()
    with pytest.raises((BadValue, Refused)) as caught:
        counter.take("examine", date(2024, 3, 12), opinion="grant", layer="dibao", route="household", review_class="B")
    assert "沈甲符合特困人员救助供养条件，按分类认定的顺序应先认定特困" in str(caught.value)
    page = browser_of(cast.clerk).get(f"/cases/{counter.case.number}/reckoned").content.decode()
    assert "沈甲：特困人员。" in page
    assert f"/cases/new/{counter.home.pk}?kind=assistance.tekun.application" in page


@pytest.mark.capability("SA-11")
def test_what_is_not_known_leaves_the_class_open(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao, [person(county.liuqiao, "陆乙", date(1970, 1, 1))])
    counter.members[0].facts.filter(kind="income.wage").update(superseded_at="2024-01-01T00:00:00+08:00")
    found = classify(counter.home.pk, APRIL)
    assert found.undetermined
    assert found.proposal == "目前还不能分类认定。陆乙的“工资性收入”尚未掌握，请补充。"


@pytest.mark.capability("SA-11")
def test_the_database_refuses_a_person_two_layers_on_one_day(cast: Cast, county: County) -> None:
    held = Entitlement.objects.get(household=granted(cast, county, "margin", 100_000).home)
    share = held.members.get()
    with pytest.raises(IntegrityError, match="person_in_one_layer"), transaction.atomic():
        EntitlementMember.objects.create(
            entitlement=held,
            person=share.person,
            benefit="assistance.dibao",
            exclusive=LOW_INCOME,
            start_reason="new",
            valid_from=date(2024, 6, 1),
        )
