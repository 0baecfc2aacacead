"""The public notice, objections to it, near relatives, refusals: the parts of the application where people look on."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from anmin.base.errors import Refused
from anmin.ground.cases.queries import case as case_page
from anmin.ground.entitlements.models import Entitlement
from tests.conftest import Cast, County
from tests.dibao_counter import Counter, person


@pytest.fixture
def counter(cast: Cast, county: County) -> Counter:
    return Counter(cast, county.liuqiao)


UNSAID = "入户时发现另有经营收入，当事人不愿说明。"


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as fault:
        act()
    return str(fault.value)


def test_the_board_shows_a_masked_name_a_count_and_an_amount(counter: Counter) -> None:
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12))
    counter.take("post_notice", date(2024, 3, 13))
    data = counter.case.actions.get(step="post_notice").data
    assert data == {"places": "村务公开栏", "shown_name": "张*兰", "shown_persons": 2, "shown_amount": 172_200}


def test_a_child_is_never_named_on_the_board(cast: Cast, county: County) -> None:
    child, grandmother = person(county.liuqiao, "李小明", date(2012, 1, 1)), person(county.liuqiao, "王秀英", date(1950, 1, 1))
    counter = Counter(cast, county.liuqiao, [child, grandmother])
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12))
    counter.take("post_notice", date(2024, 3, 13))
    assert counter.case.actions.get(step="post_notice").data["shown_name"] == "王*英"


def test_the_notice_hangs_seven_full_days(counter: Counter) -> None:
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12))
    counter.take("post_notice", date(2024, 3, 13))
    assert refused(lambda: counter.take("close_notice", date(2024, 3, 20))) == "公示期至2024-03-20届满，次日起方可办理。"


def test_no_grant_goes_to_the_county_without_a_notice(counter: Counter) -> None:
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12))
    assert refused(lambda: counter.take("submit", date(2024, 3, 13))) == (
        "拟同意确认的申请应当先张榜公示七天，公示完毕后再报送。"
    )


def test_a_proposal_to_refuse_is_not_posted(counter: Counter) -> None:
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12), opinion="refuse", refusal_reason="assets", departure=UNSAID)
    assert refused(lambda: counter.take("post_notice", date(2024, 3, 13))) == (
        "镇（街道）的初审意见为拟不予确认，不能办理此步骤。"
    )


def on_notice(counter: Counter) -> None:
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12))
    counter.take("post_notice", date(2024, 3, 13))


def test_an_objection_is_looked_into_before_it_is_answered(counter: Counter) -> None:
    on_notice(counter)
    counter.take("raise_objection", date(2024, 3, 15))
    assert refused(lambda: counter.take("resolve_objection", date(2024, 3, 18))) == (
        "有异议的，应当重新调查或者组织民主评议，再作出复查结论。"
    )


@pytest.mark.capability("SA-01")
def test_the_rest_of_the_notice_hangs_after_the_objection(counter: Counter) -> None:
    on_notice(counter)
    counter.take("raise_objection", date(2024, 3, 15))
    counter.take("record_visit", date(2024, 3, 18))
    counter.take("resolve_objection", date(2024, 3, 19))
    # 14 and 15 hung; 20 to 24 are the other five.
    assert refused(lambda: counter.take("close_notice", date(2024, 3, 24))) == "公示期至2024-03-24届满，次日起方可办理。"
    assert counter.take("close_notice", date(2024, 3, 25)).state == "notice_closed"


def test_a_true_objection_leads_back_to_the_survey_and_to_a_new_notice(counter: Counter) -> None:
    on_notice(counter)
    counter.take("raise_objection", date(2024, 3, 15))
    counter.take("appraise", date(2024, 3, 18))
    counter.take("uphold_objection", date(2024, 3, 19))
    counter.take("examine", date(2024, 3, 20))
    assert refused(lambda: counter.take("submit", date(2024, 3, 21))) == (
        "拟同意确认的申请应当先张榜公示七天，公示完毕后再报送。"
    )


def test_an_objection_after_the_notice_is_too_late(counter: Counter) -> None:
    on_notice(counter)
    assert refused(lambda: counter.take("raise_objection", date(2024, 3, 21))).startswith("公示期已于2024-03-20届满。")


def test_the_county_visits_the_relatives_of_cadres(counter: Counter) -> None:
    counter.to_examined()
    counter.take("file_near_relative", date(2024, 3, 12))
    for step, day in (("examine", 12), ("post_notice", 13), ("close_notice", 21), ("submit", 21)):
        counter.take(step, date(2024, 3, day))
    assert refused(lambda: counter.take("review_file", date(2024, 3, 25))) == (
        "本件有近亲属备案，县级民政部门应当入户调查后再审核。"
    )
    counter.take("record_county_visit", date(2024, 3, 25))
    assert counter.take("review_file", date(2024, 3, 26)).state == "reviewed"


def test_the_county_cannot_grant_what_the_town_did_not_post(counter: Counter) -> None:
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12), opinion="refuse", refusal_reason="other", departure=UNSAID)
    counter.take("submit", date(2024, 3, 13))
    assert refused(lambda: counter.take("review_file", date(2024, 3, 14))) == (
        "镇（街道）的初审意见为拟不予确认且未经公示；如拟同意，请退回镇（街道）重新调查并公示。"
    )


def test_a_refusal_cites_its_article_and_waits_to_be_served(counter: Counter) -> None:
    counter.to_reviewed()
    counter.take("refuse", date(2024, 3, 26), reason="assets", explanation="家庭名下有两套住房。", departure=UNSAID)
    assert (counter.case.state, counter.case.clock, counter.case.due_on) == ("refused", "refusal_notice", date(2024, 3, 29))
    assert counter.case.actions.get(step="refuse").data["article"] == (
        "《最低生活保障审核确认办法》（民发〔2021〕57号）第十四条和《江苏省居民最低生活保障工作规程》关于家庭财产的规定"
    )


def test_a_served_refusal_closes_the_case(counter: Counter) -> None:
    counter.to_reviewed()
    counter.take("refuse", date(2024, 3, 26), departure=UNSAID)
    counter.take("send_refusal_notice", date(2024, 3, 28))
    assert (counter.case.state, counter.case.closed_on, Entitlement.objects.count()) == ("refusal_served", date(2024, 3, 28), 0)


def test_a_refusal_is_not_served_before_it_was_decided(counter: Counter) -> None:
    counter.to_reviewed()
    counter.take("refuse", date(2024, 3, 26), departure=UNSAID)
    assert refused(lambda: counter.take("send_refusal_notice", date(2024, 3, 28), served_on=date(2024, 3, 25))) == (
        "送达日期2024-03-25早于决定日期2024-03-26，请核对。"
    )


@pytest.mark.capability("SA-06")
def test_who_refuses_a_family_that_the_rules_find_eligible_says_why(counter: Counter) -> None:
    unsaid = "按现行规则测算符合条件；不予同意的，请在“与规则测算不同的理由”中写明。"
    counter.to_examined()
    assert refused(lambda: counter.take("examine", date(2024, 3, 12), opinion="refuse", refusal_reason="income")) == unsaid
    counter.take("examine", date(2024, 3, 12), opinion="refuse", refusal_reason="income", departure=UNSAID)
    counter.take("submit", date(2024, 3, 13))
    counter.take("review_file", date(2024, 3, 14), opinion="refuse")
    assert refused(lambda: counter.take("refuse", date(2024, 3, 15))) == unsaid
    counter.take("refuse", date(2024, 3, 15), departure=UNSAID)
    assert counter.case.actions.get(step="refuse").data["departure"] == UNSAID


def test_a_reviewer_who_will_not_follow_the_town_says_why(counter: Counter) -> None:
    counter.to_examined()
    for step, day in (("examine", 12), ("post_notice", 13), ("close_notice", 21), ("submit", 21)):
        counter.take(step, date(2024, 3, day))
    assert refused(lambda: counter.take("review_file", date(2024, 3, 25), opinion="refuse")) == (
        "按现行规则测算符合条件；不予同意的，请在“与规则测算不同的理由”中写明。"
    )


@pytest.mark.capability("SA-01")
def test_a_family_just_above_is_told_of_the_margin_register(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao, [person(county.liuqiao, "陈平", date(1958, 1, 1), {"income.pension": 100_000})])
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12), opinion="refuse", refusal_reason="income")
    counter.take("submit", date(2024, 3, 13))
    counter.take("review_file", date(2024, 3, 14), opinion="refuse")
    counter.take("refuse", date(2024, 3, 15))
    assert counter.case.actions.get(step="refuse").data["hint"].endswith("财产符合规定，建议按低保边缘家庭认定。")


def test_the_page_of_a_case_shows_a_breach_and_decides_nothing(counter: Counter, cast: Cast) -> None:
    on_notice(counter)
    # 7 days before the notice, 23 from 21 March: due on 23 April.
    page = case_page(cast.leader, counter.case.number, date(2024, 6, 28))
    assert [(clock.name, clock.late_days) for clock in page.overdue_clocks] == [("whole_case", 46)]
    assert page.row.state == "on_notice"
