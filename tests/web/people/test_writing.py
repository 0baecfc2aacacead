"""People kept up to date in the browser: what may be done is done, what may not is said, and nothing typed is lost."""

from datetime import date
from typing import Any

import pytest

from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.ground.audit.models import AuditLine
from anmin.ground.people.actions import add_supporter
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person, Supporter
from tests.conftest import TODAY, Cast, County
from tests.web.people.conftest import LI, SON, ZHANG, Family, someone
from tests.web.signed_in import browser_of

REASON = {"reason": "与银行核对开户证件"}
NEW_NUMBER = make_identity_number(SYNTHETIC_REGION, date(1990, 2, 3), 5)


def page(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.capability("RP-08")
def test_number_is_shown_for_a_reason_and_the_reason_is_in_the_log(family: Family, cast: Cast) -> None:
    answer = browser_of(cast.clerk).post(f"/people/{family.zhang.pk}/reveal", REASON)
    line = AuditLine.objects.latest("sequence")
    assert (answer.status_code, ZHANG in page(answer), answer["Cache-Control"]) == (200, True, "no-store")
    assert (line.verb, line.actor_id, "与银行核对开户证件" in line.summary, ZHANG in line.summary) == (
        "person.identity_number_revealed",
        cast.clerk.id,
        True,
        False,
    )


def test_number_is_not_shown_without_a_reason(family: Family, cast: Cast) -> None:
    lines = AuditLine.objects.count()
    answer = browser_of(cast.clerk).post(f"/people/{family.zhang.pk}/reveal", {"reason": " "})
    assert (answer.status_code, ZHANG in page(answer), AuditLine.objects.count()) == (422, False, lines)


@pytest.mark.parametrize(("who", "status"), [("clerk_next_door", 404), ("cashier", 422), ("leader", 422), ("administrator", 403)])
def test_number_is_not_shown_to_those_without_business(family: Family, cast: Cast, who: str, status: int) -> None:
    answer = browser_of(getattr(cast, who)).post(f"/people/{family.zhang.pk}/reveal", REASON)
    assert (answer.status_code, ZHANG in page(answer)) == (status, False)


def test_number_is_not_shown_by_an_address(family: Family, cast: Cast) -> None:
    answer = browser_of(cast.clerk).get(f"/people/{family.zhang.pk}/reveal")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/people/{family.zhang.pk}")


def new_person(county: County, **other: str) -> dict[str, Any]:
    return {"name": "吴新来", "identity_number": NEW_NUMBER, "area": county.liuqiao.pk, "hukou_kind": "rural"} | other


def test_person_is_registered(cast: Cast, county: County) -> None:
    answer = browser_of(cast.clerk).post("/people/new", new_person(county, bank_account="6228480000000000019"))
    person = Person.objects.get()
    assert (answer.status_code, person.name, person.birth_on, person.area, person.bank_account_mask[-4:]) == (
        302,
        "吴新来",
        date(1990, 2, 3),
        county.liuqiao,
        "0019",
    )


def test_person_without_a_number_needs_birth_and_sex(cast: Cast, county: County) -> None:
    browser = browser_of(cast.clerk)
    given = new_person(county, identity_number="")
    answer = browser.post("/people/new", given)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["birth_on", "sex"])
    assert browser.post("/people/new", given | {"birth_on": "1990-02-03", "sex": "female"}).status_code == 302


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(ZHANG, "该身份证号已经登记过"), (f"{NEW_NUMBER[:-1]}?", "第18位不是数字"), ("123", "身份证号码应为18位")],
)
def test_person_who_cannot_be_registered_keeps_what_was_typed(
    family: Family, cast: Cast, county: County, number: str, sentence: str
) -> None:
    answer = browser_of(cast.clerk).post("/people/new", new_person(county, identity_number=number, address="刘桥村9号"))
    found = (answer.status_code, sentence in page(answer), "刘桥村9号" in page(answer), Person.objects.count())
    assert found == (422, True, True, 3)


def test_clerk_offers_the_villages_of_the_own_town(cast: Cast, county: County) -> None:
    form = browser_of(cast.clerk).get("/people/new").context["form"]
    assert [label for _, label in form.fields["area"].choices] == ["请选择", "曲塘镇 刘桥村", "曲塘镇 孙庄社区"]


@pytest.mark.parametrize("who", ["leader", "cashier", "auditor", "decision_maker", "administrator"])
def test_nobody_else_registers(cast: Cast, who: str) -> None:
    browser = browser_of(getattr(cast, who))
    assert [browser.get(where).status_code for where in ("/people/new", "/households/new")] == [403, 403]


def test_particulars_are_changed_and_the_account_kept(family: Family, cast: Cast, county: County) -> None:
    given = {"name": "张建国", "area": county.sunzhuang.pk, "hukou_kind": "rural", "phone": "0513-80000000"}
    answer = browser_of(cast.clerk).post(f"/people/{family.zhang.pk}/change", given)
    person = Person.objects.get(pk=family.zhang.pk)
    assert (answer.status_code, person.area, person.phone, person.bank_account_mask) == (
        302,
        county.sunzhuang,
        "0513-80000000",
        "",
    )


def test_account_that_cannot_be_is_said_on_the_form(family: Family, cast: Cast, county: County) -> None:
    given = {"name": "张建国", "area": county.liuqiao.pk, "hukou_kind": "rural", "bank_account": "12345"}
    answer = browser_of(cast.clerk).post(f"/people/{family.zhang.pk}/change", given)
    assert (answer.status_code, "银行账号应为 16 至 19 位数字" in page(answer)) == (422, True)


FACT = {"valid_from": "2024-07-01", "source": "入户调查"}


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("income.pension", "208.50", (20_850, None)),
        ("income.pension", "0", (0, None)),
        ("assets.homes", "1", (1, None)),
        ("illness.severe", "1", (1, None)),
        ("illness.severe", "0", (0, None)),
        ("disability.grade", "2", (2, None)),
        ("work.status", "retired", (None, "retired")),
    ],
)
def test_fact_of_each_shape_is_recorded(
    family: Family, cast: Cast, kind: str, value: str, kept: tuple[int | None, str | None]
) -> None:
    answer = browser_of(cast.clerk).post(f"/people/{family.li.pk}/facts/new/{kind}", FACT | {"value": value})
    fact = Fact.objects.get(person=family.li)
    assert (answer.status_code, fact.kind, (fact.amount, fact.code), fact.valid_from, fact.source) == (
        302,
        kind,
        kept,
        date(2024, 7, 1),
        "入户调查",
    )


@pytest.mark.parametrize("value", ["", "一百", "1.234", "-5"])
def test_amount_that_is_none_is_said_at_its_field(family: Family, cast: Cast, value: str) -> None:
    answer = browser_of(cast.clerk).post(f"/people/{family.li.pk}/facts/new/income.pension", FACT | {"value": value})
    assert (answer.status_code, sorted(answer.context["form"].errors), "入户调查" in page(answer)) == (422, ["value"], True)


def test_fact_that_contradicts_is_said_on_the_form(family: Family, cast: Cast) -> None:
    given = {"value": "900", "valid_from": "2024-01-01", "source": "入户调查"}
    answer = browser_of(cast.clerk).post(f"/people/{family.zhang.pk}/facts/new/income.wage", given)
    assert (answer.status_code, "已记录工资性收入为 1,200.00 元" in page(answer)) == (422, True)


@pytest.mark.parametrize("kind", ["status.dead", "no.such.kind"])
def test_what_is_no_fact_to_record_has_no_form(family: Family, cast: Cast, kind: str) -> None:
    assert browser_of(cast.clerk).get(f"/people/{family.li.pk}/facts/new/{kind}").status_code == 404


def test_choice_of_facts_tells_what_is_known(family: Family, cast: Cast) -> None:
    groups = browser_of(cast.clerk).get(f"/people/{family.zhang.pk}/facts/new").context["groups"]
    known = {kind["label"]: kind["known"] for group in groups for kind in group["kinds"] if kind["known"]}
    assert known == {"工资性收入": "1,200.00 元"}


def test_fact_is_corrected_and_the_old_one_kept(family: Family, cast: Cast) -> None:
    wage = Fact.objects.get()
    browser = browser_of(cast.clerk)
    assert 'value="1200.00"' in page(browser.get(f"/people/facts/{wage.pk}/correct"))
    answer = browser.post(f"/people/facts/{wage.pk}/correct", {"value": "1300", "valid_from": "2024-01-01", "source": "入户调查"})
    wage.refresh_from_db()
    known = Fact.objects.get(superseded_at__isnull=True)
    assert (answer.status_code, known.amount, known.source, wage.amount, wage.superseded_at is None) == (
        302,
        130_000,
        "入户调查",
        120_000,
        False,
    )


def test_fact_is_withdrawn_with_a_reason_only(family: Family, cast: Cast) -> None:
    wage, browser = Fact.objects.get(), browser_of(cast.clerk)
    where = f"/people/facts/{wage.pk}/withdraw"
    found = [browser.post(where, {"reason": reason}).status_code for reason in ("", "录入了他人的数据")]
    assert (found, Fact.objects.filter(superseded_at__isnull=True).count()) == ([422, 302], 0)


@pytest.mark.parametrize("deed", ["correct", "withdraw"])
def test_fact_is_not_touched_by_others(family: Family, cast: Cast, deed: str) -> None:
    where = f"/people/facts/{Fact.objects.get().pk}/{deed}"
    given = {"value": "1", "valid_from": "2024-01-01", "source": "无", "reason": "无"}
    found = [browser_of(each).post(where, given).status_code for each in (cast.clerk_next_door, cast.leader)]
    # A reader is told why, on a page of its own.
    assert (found, Fact.objects.get().superseded_at) == ([404, 403], None)


def test_death_is_recorded_and_ends_memberships(family: Family, cast: Cast) -> None:
    given = {"died_on": "2024-06-20", "source": "殡葬火化信息"}
    answer = browser_of(cast.clerk).post(f"/people/{family.li.pk}/death", given)
    known = HouseholdMember.objects.get(person=family.li, superseded_at__isnull=True)
    assert (answer.status_code, Person.objects.get(pk=family.li.pk).died_on, known.valid_until) == (
        302,
        date(2024, 6, 20),
        date(2024, 6, 20),
    )


def test_death_to_come_is_refused_on_the_form(family: Family, cast: Cast) -> None:
    answer = browser_of(cast.clerk).post(f"/people/{family.li.pk}/death", {"died_on": "2024-07-02", "source": "村报告"})
    assert (answer.status_code, "死亡日期 2024-07-02 晚于" in page(answer), Person.objects.filter(died_on=None).count()) == (
        422,
        True,
        3,
    )


def test_death_asks_before_it_is_sent(family: Family, cast: Cast) -> None:
    assert "data-confirm=" in page(browser_of(cast.clerk).get(f"/people/{family.li.pk}/death"))


def test_a_mistaken_death_is_withdrawn_by_the_section_from_the_persons_page(family: Family, cast: Cast) -> None:
    address, person = f"/people/{family.li.pk}/no-death", f"/people/{family.li.pk}"
    section, town = browser_of(cast.reviewer), browser_of(cast.clerk)
    assert address not in page(section.get(person))
    town.post(f"{person}/death", {"died_on": "2024-06-20", "source": "殡葬火化信息"})
    assert (address in page(section.get(person)), address in page(town.get(person))) == (True, False)
    assert town.post(address, {"reason": "同名"}).status_code == 403
    assert section.post(address, {"reason": ""}).status_code == 422
    answer = section.post(address, {"reason": "本人到场"}, follow=True)
    assert "已撤销李秀英的死亡登记。已经停发的待遇请另行办理恢复。" in page(answer)
    assert HouseholdMember.objects.get(person=family.li, superseded_at__isnull=True).valid_until is None


def test_household_is_opened_for_a_head(family: Family, cast: Cast, county: County) -> None:
    browser = browser_of(cast.clerk)
    form = browser.get("/households/new", {"head": family.son.pk}).context["form"]
    given = {"head": form.initial["head"], "area": county.liuqiao.pk, "hukou_kind": "rural", "opened_on": "2024-07-01"}
    answer = browser.post("/households/new", given)
    home = Household.objects.get(head=family.son)
    assert (answer.headers["Location"], home.number) == (f"/households/{home.pk}", "H10101-00001")


def test_member_joins_by_identity_number(family: Family, cast: Cast) -> None:
    given = {"person": SON, "relation": "child", "valid_from": "2024-07-01", "counted": "1", "same_hukou": "on"}
    answer = browser_of(cast.clerk).post(f"/households/{family.home.pk}/members/new", given)
    new = HouseholdMember.objects.get(person=family.son)
    assert (answer.status_code, new.household, new.counted, new.same_hukou) == (302, family.home, True, True)


def test_member_who_does_not_count_needs_a_reason(family: Family, cast: Cast) -> None:
    given = {"person": SON, "relation": "child", "valid_from": "2024-07-01", "counted": "0"}
    answer = browser_of(cast.clerk).post(f"/households/{family.home.pk}/members/new", given)
    assert (answer.status_code, "须填写不计入原因" in page(answer)) == (422, True)


@pytest.mark.parametrize(("person", "sentence"), [("查无此人", "没有找到这个人"), ("周", "相符的有 2 人：周一"), ("", "")])
def test_person_who_is_not_one_is_asked_for_again(family: Family, cast: Cast, county: County, person: str, sentence: str) -> None:
    for place in range(2):
        someone(cast, county.liuqiao, place)
    given = {"person": person, "relation": "child", "valid_from": "2024-07-01", "counted": "1"}
    answer = browser_of(cast.clerk).post(f"/households/{family.home.pk}/members/new", given)
    assert (answer.status_code, list(answer.context["form"].errors), sentence in page(answer)) == (422, ["person"], True)


def test_person_next_door_is_not_told(family: Family, cast: Cast, county: County) -> None:
    someone(cast, county.zoufeng, 0)
    given = {"person": "周一", "relation": "child", "valid_from": "2024-07-01", "counted": "1"}
    answer = browser_of(cast.clerk).post(f"/households/{family.home.pk}/members/new", given)
    assert "没有找到这个人" in page(answer)


def test_member_leaves(family: Family, cast: Cast) -> None:
    member = HouseholdMember.objects.get(person=family.li)
    answer = browser_of(cast.clerk).post(f"/households/members/{member.pk}/end", {"valid_until": "2024-06-30", "reason": "分户"})
    known = HouseholdMember.objects.get(person=family.li, superseded_at__isnull=True)
    assert (answer.status_code, known.valid_until) == (302, date(2024, 6, 30))


def test_supporter_is_added_with_what_is_not_known_left_open(family: Family, cast: Cast) -> None:
    given = {"obligor": f"张小军{SON[-4:]}", "duty": "maintain_parent", "valid_from": "2024-07-01", "dependants": "2"}
    answer = browser_of(cast.clerk).post(f"/people/{family.zhang.pk}/supporters/new", given | {"household_income": "5000"})
    duty = Supporter.objects.get()
    assert (answer.status_code, duty.obligor, duty.dependants, duty.household_income, duty.court_amount) == (
        302,
        family.son,
        2,
        500_000,
        None,
    )


def test_supporter_ends(family: Family, cast: Cast) -> None:
    duty = add_supporter(
        dependant=family.zhang, obligor=family.son, duty="maintain_parent", valid_from=TODAY, actor=cast.clerk, on=TODAY
    )
    answer = browser_of(cast.clerk).post(f"/people/supporters/{duty.pk}/end", {"valid_until": "2024-07-31"})
    known = Supporter.objects.get(superseded_at__isnull=True)
    assert (answer.status_code, known.valid_until) == (302, date(2024, 7, 31))


def addresses(family: Family) -> list[str]:
    zhang, member = family.zhang.pk, HouseholdMember.objects.get(person=family.li).pk
    return [
        f"/people/{zhang}/change",
        f"/people/{zhang}/death",
        f"/people/{zhang}/facts/new",
        f"/people/{zhang}/facts/new/income.wage",
        f"/people/{zhang}/supporters/new",
        f"/households/{family.home.pk}/members/new",
        f"/households/members/{member}/end",
    ]


@pytest.mark.parametrize(("who", "status"), [("clerk", 200), ("reviewer", 200), ("clerk_next_door", 404), ("cashier", 403)])
def test_forms_are_for_those_whose_business_it_is(family: Family, cast: Cast, who: str, status: int) -> None:
    browser = browser_of(getattr(cast, who))
    assert {where: browser.get(where).status_code for where in addresses(family)} == dict.fromkeys(addresses(family), status)


def test_number_of_somebody_never_stands_in_a_form(family: Family, cast: Cast) -> None:
    texts = "".join(page(browser_of(cast.clerk).get(where)) for where in addresses(family))
    assert [number for number in (ZHANG, LI, SON) if number in texts] == []
