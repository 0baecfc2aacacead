"""Rolls and payments in the browser: three hands, the bank's files, and what a clerk may see."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from anmin.ground.accounts.gate import Actor
from anmin.ground.payments.models import BankFile, BankFileLine, Payment, Recovery, Roll, RollLine
from tests.conftest import Cast, County
from tests.ground.payments.conftest import Approve, approved, stage
from tests.small_register import SmallRegister
from tests.stipend_stage import STIPEND, Stage
from tests.web.signed_in import browser_of

__all__ = ["approved", "stage"]  # fixtures of the room itself

JUNE = date(2024, 6, 1)


def _page(answer: Any) -> str:
    return str(answer.content.decode())


def _post(who: Actor, path: str, **form: Any) -> Any:
    return browser_of(who).post(path, form, follow=True)


@pytest.fixture
def two_families(stage: Stage, county: County) -> Stage:
    """One family in 曲塘镇 with 100 yuan, one next door with 400."""
    stage.family(10_000, since=JUNE)
    stage.family(40_000, since=JUNE, area=county.zoufeng)
    return stage


@pytest.fixture
def june(two_families: Stage, cast: Cast, approved: Approve) -> Roll:
    """The approved roll of June."""
    return approved("2024-06")


@pytest.mark.capability("SA-18")
def test_roll_passes_through_three_hands(two_families: Stage, cast: Cast) -> None:
    made = _post(cast.cashier, "/payments/generate", benefit=STIPEND, month="2024-06")
    assert "已生成试行津贴2024年6月名册：2 户、2 人" in _page(made)
    roll = Roll.objects.get()
    assert "已复核试行津贴2024年6月名册" in _page(_post(cast.second_cashier, f"/payments/rolls/{roll.pk}/check"))
    assert "已审批试行津贴2024年6月名册" in _page(_post(cast.leader, f"/payments/rolls/{roll.pk}/approve"))
    assert Payment.objects.count() == 2


@pytest.mark.capability("SA-18")
def test_who_generated_is_offered_no_check(two_families: Stage, cast: Cast) -> None:
    _post(cast.cashier, "/payments/generate", benefit=STIPEND, month="2024-06")
    roll = Roll.objects.get()
    page = _page(browser_of(cast.cashier).get(f"/payments/rolls/{roll.pk}"))
    assert "名册应由生成人以外的发放经办人或科室审核人复核" in page
    assert f"/payments/rolls/{roll.pk}/check" not in page
    refused = _post(cast.cashier, f"/payments/rolls/{roll.pk}/check")
    roll.refresh_from_db()
    assert (refused.status_code, roll.state) == (403, "generated")


def test_clerk_cannot_generate(two_families: Stage, cast: Cast) -> None:
    assert "生成名册" not in _page(browser_of(cast.clerk).get("/payments"))
    assert _post(cast.clerk, "/payments/generate", benefit=STIPEND, month="2024-06").status_code == 403
    assert not Roll.objects.exists()


def test_discard_without_a_reason_stays_on_the_page(two_families: Stage, cast: Cast) -> None:
    _post(cast.cashier, "/payments/generate", benefit=STIPEND, month="2024-06")
    roll = Roll.objects.get()
    answer = _post(cast.cashier, f"/payments/rolls/{roll.pk}/discard", reason="")
    assert (answer.status_code, Roll.objects.exists()) == (422, True)
    _post(cast.cashier, f"/payments/rolls/{roll.pk}/discard", reason="标准更新")
    assert not Roll.objects.exists()


def test_roll_shows_its_control_totals(june: Roll, cast: Cast) -> None:
    answer = browser_of(cast.leader).get(f"/payments/rolls/{june.pk}")
    assert (answer.context["totals"].now.amount, answer.context["totals"].balanced) == (50_000, True)
    assert answer.context["towns"] == [("曲塘镇", 1, 1, 10_000), ("白甸镇", 1, 1, 40_000)]


@pytest.mark.capability("RP-08")
def test_clerk_sees_the_lines_of_the_own_town(june: Roll, cast: Cast) -> None:
    answer = browser_of(cast.clerk_next_door).get(f"/payments/rolls/{june.pk}/lines")
    assert ([line.due for line in answer.context["table"].data], answer.context["total"]) == ([40_000], 40_000)


@pytest.mark.capability("RP-08")
def test_clerk_next_door_finds_no_line_payment_or_history(june: Roll, two_families: Stage, county: County, cast: Cast) -> None:
    line = RollLine.objects.get(area=county.liuqiao)
    payment = Payment.objects.get(area=county.liuqiao)
    browser = browser_of(cast.clerk_next_door)
    paths = [
        f"/payments/lines/{line.pk}",
        f"/payments/payments/{payment.pk}",
        f"/payments/households/{line.entitlement.household_id}",
    ]
    assert [browser.get(path).status_code for path in paths] == [404, 404, 404]
    assert [browser_of(cast.clerk).get(path).status_code for path in paths] == [200, 200, 200]


def test_line_shows_what_its_amount_rested_on(june: Roll, county: County, cast: Cast) -> None:
    line = RollLine.objects.get(area=county.liuqiao)
    page = _page(browser_of(cast.clerk).get(f"/payments/lines/{line.pk}"))
    assert "津贴" in page
    assert "100.00 元" in page
    assert "测民发〔2023〕1号" in page
    assert line.seal in page


def test_lines_are_exported_as_numbers(june: Roll, cast: Cast) -> None:
    answer = browser_of(cast.leader).get(f"/payments/rolls/{june.pk}/lines?export=xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [row[-1] for row in rows[1:]] == [100, 400]


@pytest.mark.capability("SA-18")
def test_bank_file_goes_out_and_its_answer_comes_back(june: Roll, cast: Cast) -> None:
    path = f"/payments/rolls/{june.pk}/bank"
    assert "2 笔，500.00 元" in _page(_post(cast.cashier, f"{path}/make"))
    file = BankFile.objects.get()
    downloaded = browser_of(cast.cashier).get(f"/payments/files/{file.number}.csv")
    first, second = BankFileLine.objects.order_by("id")
    assert first.reference in downloaded.content.decode("utf-8-sig")
    answer = f"参考号,结果,原因\n{first.reference},成功,\n{second.reference},失败,账户已销户\n"
    back = _post(cast.cashier, f"{path}/return", file=SimpleUploadedFile("回盘.csv", answer.encode()))
    assert "1 笔成功，1 笔失败" in _page(back)
    failed = Payment.objects.get(state="failed")
    assert "账户已销户" in _page(browser_of(cast.cashier).get(f"/payments/payments/{failed.pk}"))
    _post(cast.cashier, f"/payments/payments/{failed.pk}/release", note="更换账号")
    failed.refresh_from_db()
    assert failed.state == "due"


@pytest.mark.capability("SA-18")
def test_answer_to_an_unknown_line_is_told_with_its_row(june: Roll, cast: Cast) -> None:
    path = f"/payments/rolls/{june.pk}/bank"
    _post(cast.cashier, f"{path}/make")
    back = _post(cast.cashier, f"{path}/return", file=SimpleUploadedFile("回盘.csv", "参考号,结果,原因\nX-1,成功,\n".encode()))
    assert (back.status_code, "第 2 行“参考号”：X-1 不在我们送出的任何银行文件中" in _page(back)) == (422, True)


def test_others_than_cashier_and_auditor_get_no_bank_file(june: Roll, cast: Cast) -> None:
    _post(cast.cashier, f"/payments/rolls/{june.pk}/bank/make")
    number = BankFile.objects.get().number
    who = (cast.cashier, cast.auditor, cast.leader, cast.clerk, cast.administrator)
    assert [browser_of(each).get(f"/payments/files/{number}.csv").status_code for each in who] == [200, 200, 403, 403, 403]


def test_account_is_masked(june: Roll, county: County, cast: Cast) -> None:
    page = _page(browser_of(cast.cashier).get(f"/payments/payments/{Payment.objects.get(area=county.liuqiao).pk}"))
    assert "****0001" in page
    assert "6222021111000000001" not in page


def test_overpaid_money_is_agreed_upon_and_paid_back(
    june: Roll, two_families: Stage, county: County, cast: Cast, approved: Approve
) -> None:
    held = RollLine.objects.get(area=county.liuqiao).entitlement
    Payment.objects.update(state="paid", paid_on=date(2024, 6, 10))
    two_families.stipend(held.holder, 4_000, JUNE, recorded_on=date(2024, 6, 20))
    approved("2024-07", date(2024, 7, 1))
    recovery = Recovery.objects.get()
    assert "同意抵扣" in _page(_post(cast.clerk, f"/payments/recoveries/{recovery.pk}/agree"))
    too_much = _post(cast.clerk, f"/payments/recoveries/{recovery.pk}/repay", amount="200", note="")
    assert (too_much.status_code, "超过未追回的" in _page(too_much)) == (422, True)
    _post(cast.clerk, f"/payments/recoveries/{recovery.pk}/repay", amount="40", note="缴款")
    recovery.refresh_from_db()
    assert (recovery.recovered, recovery.amount) == (4_000, 6_000)
    assert browser_of(cast.clerk_next_door).get(f"/payments/recoveries/{recovery.pk}").status_code == 404


@pytest.mark.parametrize("page", ["", "/lines", "/changes", "/notices", "/bank"])
def test_roll_page_asks_the_same_for_two_families_and_for_five(
    two_families: Stage,
    county: County,
    cast: Cast,
    approved: Approve,
    page: str,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    browser = browser_of(cast.leader)
    counts = []
    for month in ("2024-06", "2024-07"):
        roll = approved(month)
        with django_assert_max_num_queries(20) as asked:
            assert browser.get(f"/payments/rolls/{roll.pk}{page}").status_code == 200
        counts.append(len(asked))
        for _ in range(3):
            two_families.family(20_000, None, since=date(2024, 7, 1))
    assert counts[1] <= counts[0] + 2  # the second roll has a month before it to compare with


@pytest.mark.parametrize("path", ["/payments", "/payments/payments", "/payments/recoveries"])
def test_list_asks_the_same_for_two_families_and_for_five(
    two_families: Stage, cast: Cast, approved: Approve, path: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    browser = browser_of(cast.leader)
    counts = []
    for month in ("2024-06", "2024-07"):
        approved(month)
        with django_assert_max_num_queries(20) as asked:
            assert browser.get(path).status_code == 200
        counts.append(len(asked))
        for _ in range(3):
            two_families.family(20_000, since=date(2024, 7, 1))
    assert counts[0] == counts[1]


@pytest.mark.capability("RP-08")
@pytest.mark.parametrize("path", ["/payments", "/payments/payments", "/payments/recoveries", "/figures", "/report"])
def test_who_keeps_the_accounts_sees_no_business(stage: Stage, cast: Cast, path: str) -> None:
    answer = browser_of(cast.administrator).get(path)
    assert (answer.status_code, "您的岗位不查看业务数据" in _page(answer)) == (403, True)


@pytest.mark.capability("SA-18")
def test_rolls_of_several_benefits_stand_side_by_side_by_month(june: Roll, cast: Cast) -> None:
    alone = browser_of(cast.cashier).get("/payments").context["grid"]
    other = SmallRegister().roll("2024-05")
    grid = browser_of(cast.cashier).get("/payments").context["grid"]
    shown = {row["label"]: [cell["href"] if cell else "" for cell in row["cells"]] for row in grid["rows"]}
    dibao, trial = f"/payments/rolls/{other.pk}", f"/payments/rolls/{june.pk}"
    assert alone is None
    assert [str(month) for month in grid["months"]] == ["2024-03", "2024-04", "2024-05", "2024-06", "2024-07", "2024-08"]
    assert shown == {"低保": ["", "", dibao, "", "", ""], "试行津贴": ["", "", "", trial, "", ""]}


def test_months_offered_reach_back_to_the_benefit_that_is_furthest_behind(june: Roll, cast: Cast) -> None:
    SmallRegister().roll("2024-03")
    form = browser_of(cast.cashier).get("/payments").context["generate_form"]
    offered = [month for month, _ in form.fields["month"].choices]
    assert offered == ["2024-04", "2024-05", "2024-06", "2024-07", "2024-08"]


def test_payments_are_listed_by_benefit(june: Roll, cast: Cast, county: County) -> None:
    register = SmallRegister(numbers=count(500))
    roll = register.roll("2024-06")
    register.pay(roll, register.family(county.liuqiao), 30_000)
    browser = browser_of(cast.cashier)
    contexts = [browser.get("/payments/payments", {"benefit": each}).context for each in ("", STIPEND, "assistance.dibao")]
    assert [(len(each["table"].rows), each["total"]) for each in contexts] == [(3, 80_000), (2, 50_000), (1, 30_000)]
