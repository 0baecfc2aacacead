"""Bank files out and answers in: each payment is paid at most once, and a wrong file is refused whole."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.base.periods import HalfYear, Month
from anmin.ground.audit.models import AuditLine
from anmin.ground.entitlements.actions import change_payee
from anmin.ground.payments import queries
from anmin.ground.payments.actions import (
    bring_return_file,
    confirm_change,
    fetch_bank_file,
    generate_roll,
    make_bank_file,
    release_payment,
)
from anmin.ground.payments.bank_files import Transfer, account_problem, folder, harmless
from anmin.ground.payments.models import BankFile, BankFileLine, BankReturn, Payment, PayoutChange, Roll
from anmin.ground.people.models import Person
from anmin.ground.people.secrecy import encrypt
from tests.conftest import Cast
from tests.ground.payments.conftest import Approve
from tests.stipend_stage import STIPEND, Stage

SENT, BACK = date(2024, 3, 8), date(2024, 3, 10)
MARCH = date(2024, 3, 1)


def answer(*rows: tuple[object, ...], headers: tuple[str, ...] = ("参考号", "结果", "原因")) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([headers, *rows])
    return text.getvalue().encode()


def bring(cast: Cast, content: bytes, on: date = BACK) -> BankReturn:
    return bring_return_file(source=content, name="回盘.csv", actor=cast.cashier, on=on)


def references(file: BankFile) -> list[str]:
    return list(file.lines.values_list("reference", flat=True))


@pytest.fixture
def roll(stage: Stage, approved: Approve) -> Roll:
    stage.family(10_050, since=MARCH)
    stage.family(20_000, since=MARCH)
    return approved("2024-03")


@pytest.mark.capability("SA-18")
def test_bank_file_has_a_line_for_each_payment_and_control_totals(roll: Roll, cast: Cast) -> None:
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    assert (file.number, file.count, file.total, file.held_back) == ("SX20240301", 2, 30_050, 0)
    content = queries.bank_file_content(cast.cashier, file.number)
    assert content is not None
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["参考号", "户名", "账号", "开户行", "金额", "用途"],
        ["SX20240301-000001", "受益人1", "6222021111000000001", "试行银行", "100.50", "2024年3月试行津贴"],
        ["SX20240301-000002", "受益人3", "6222021111000000001", "试行银行", "200.00", "2024年3月试行津贴"],
        ["合计", "2笔", "", "", "300.50", ""],
    ]
    assert set(Payment.objects.values_list("state", flat=True)) == {"sent"}


def test_bank_file_as_workbook_keeps_accounts_as_text(roll: Roll, cast: Cast) -> None:
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    content = queries.bank_file_content(cast.cashier, file.number, "xlsx")
    assert content is not None
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    row = [cell.value for cell in sheet[2]]
    assert row == ["SX20240301-000001", "受益人1", "6222021111000000001", "试行银行", 100.5, "2024年3月试行津贴"]
    assert (sheet["C2"].data_type, sheet["C2"].number_format, sheet["E2"].number_format) == ("s", "@", "0.00")


def test_bank_file_is_for_those_who_deal_with_the_county(roll: Roll, cast: Cast) -> None:
    with pytest.raises(Refused, match="只有全市的发放经办人可以生成银行文件"):
        make_bank_file(roll=roll, actor=cast.clerk, on=SENT)
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    assert queries.bank_file_content(cast.clerk, file.number) is None
    assert list(queries.bank_files_of(cast.clerk, roll)) == []
    assert queries.bank_file_content(cast.cashier, "../" + file.number) is None


def test_bank_file_that_is_fetched_leaves_a_line_with_its_hash(roll: Roll, cast: Cast) -> None:
    number = make_bank_file(roll=roll, actor=cast.cashier, on=SENT).number
    fetched = fetch_bank_file(number=number, ending="csv", actor=cast.auditor, on=SENT)
    line = AuditLine.objects.latest("sequence")
    assert fetched.content.startswith("\ufeff参考号,户名,账号".encode())
    assert (line.verb, line.actor_id, line.details) == ("bank_file.fetched", cast.auditor.id, {"sha256": fetched.sha256})


def test_bank_file_that_was_changed_on_disk_is_not_handed_out(roll: Roll, cast: Cast) -> None:
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    for path in folder().glob(f"{file.number}.csv*"):
        path.write_bytes(path.read_bytes().replace(b"6222021111000000001", b"6222021111000009999"))
    with pytest.raises(Refused, match="与生成时的校验值不符"):
        fetch_bank_file(number=file.number, ending="csv", actor=cast.cashier, on=SENT)


def test_bank_file_that_is_gone_is_told_in_a_sentence(roll: Roll, cast: Cast) -> None:
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    for path in folder().glob(f"{file.number}.xlsx*"):
        path.unlink()
    with pytest.raises(BadValue, match="已不在数据目录中"):
        fetch_bank_file(number=file.number, ending="xlsx", actor=cast.cashier, on=SENT)


@pytest.mark.parametrize("who", ["clerk", "reviewer", "decision_maker", "leader", "administrator"])
def test_bank_file_is_fetched_by_nobody_else(roll: Roll, cast: Cast, who: str) -> None:
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    with pytest.raises(Refused, match="只有发放经办人和审计监督人员可以下载"):
        fetch_bank_file(number=file.number, ending="csv", actor=getattr(cast, who), on=SENT)


def test_bank_file_of_an_unapproved_roll_is_refused(stage: Stage, cast: Cast) -> None:
    stage.family(100)
    roll = generate_roll(benefit=STIPEND, month="2024-03", actor=cast.cashier, on=date(2024, 3, 3))
    with pytest.raises(Refused, match="试行津贴2024年3月名册还没有审批，不能生成银行文件"):
        make_bank_file(roll=roll, actor=cast.cashier, on=SENT)


def test_second_bank_file_has_nothing_left(roll: Roll, cast: Cast) -> None:
    make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    with pytest.raises(Refused, match="没有待送银行的款项"):
        make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    assert BankFile.objects.count() == 1


def test_database_refuses_to_send_a_payment_twice(roll: Roll, cast: Cast) -> None:
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    line = file.lines.first()
    assert line is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        BankFileLine.objects.create(file=file, payment=line.payment, reference="again", amount=line.amount)


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        ("", "没有登记银行账号"),
        ("62220211110000000X1", "银行账号含有数字以外的字符"),
        ("62220", "银行账号为 5 位，长度不对"),
    ],
)
def test_payments_without_a_usable_account_are_listed_not_dropped(
    stage: Stage, cast: Cast, approved: Approve, account: str, reason: str
) -> None:
    stage.family(10_000, since=MARCH, account=account)
    stage.family(20_000, since=MARCH)
    roll = approved("2024-03")
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    assert (file.count, file.held_back) == (1, 1)
    assert [(each.payment.net, each.reason) for each in queries.held_back(cast.cashier, roll)] == [(10_000, reason)]


def test_payment_of_a_dead_payee_is_held_back_until_another_is_named(stage: Stage, cast: Cast, approved: Approve) -> None:
    held = stage.family(10_000, since=MARCH)
    roll = approved("2024-03")
    Person.objects.filter(pk=held.payee_id).update(died_on=date(2024, 3, 5))
    with pytest.raises(Refused, match="没有待送银行的款项，1 笔因账户问题未能列入"):
        make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    assert [each.reason for each in queries.held_back(cast.cashier, roll)] == ["领款人已去世"]
    heir = stage.person("继承人")
    change_payee(entitlement=held, payee=heir, reason="原领款人去世", actor=cast.clerk, on=SENT)
    confirm_change(change=PayoutChange.objects.get(), actor=cast.decision_maker, on=SENT)
    make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    assert Payment.objects.get().payee == heir


def test_harmless_text_is_no_formula() -> None:
    cells = Transfer("r", "=HYPERLINK(1)", "123", "+cmd", 100, "@x").cells()
    assert cells == ("r", "'=HYPERLINK(1)", "123", "'+cmd", "1.00", "'@x")
    assert harmless("张三") == "张三"


def test_account_of_sixteen_to_nineteen_digits_is_usable() -> None:
    assert [account_problem("6" * length) for length in (16, 17, 19)] == ["", "", ""]


@pytest.mark.capability("SA-18")
def test_return_file_marks_paid_and_failed(roll: Roll, cast: Cast) -> None:
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    first, second = references(file)
    returned = bring(cast, answer((first, "成功", ""), (second, "失败", "账户已销户")))
    assert (returned.succeeded, returned.failed) == (1, 1)
    assert list(Payment.objects.values_list("state", "paid_on", "failure")) == [
        ("paid", BACK, ""),
        ("failed", None, "账户已销户"),
    ]


def test_return_file_may_give_the_day_of_payment(roll: Roll, cast: Cast) -> None:
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    rows = [(reference, "成功", "", "2024-03-09") for reference in references(file)]
    bring(cast, answer(*rows, headers=("参考号", "结果", "原因", "入账日期")))
    assert set(Payment.objects.values_list("paid_on", flat=True)) == {date(2024, 3, 9)}


@pytest.mark.capability("SA-18")
def test_failed_payment_goes_out_again_after_it_was_mended(roll: Roll, cast: Cast) -> None:
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    first, second = references(file)
    bring(cast, answer((first, "成功", ""), (second, "失败", "账户已销户")))
    failed = Payment.objects.get(state="failed")
    with pytest.raises(Refused, match="没有待送银行的款项"):
        make_bank_file(roll=roll, actor=cast.cashier, on=BACK)
    with pytest.raises(BadValue, match="请写明更正了什么"):
        release_payment(payment=failed, note="", actor=cast.cashier, on=BACK)
    Person.objects.filter(pk=failed.payee_id).update(bank_account_cipher=encrypt("6222021111000000002"))
    release_payment(payment=failed, note="更换账号", actor=cast.cashier, on=BACK)
    again = make_bank_file(roll=roll, actor=cast.cashier, on=BACK)
    assert (again.number, again.count, again.total) == ("SX20240302", 1, 20_000)
    bring(cast, answer((references(again)[0], "成功", "")), on=date(2024, 3, 15))
    assert list(Payment.objects.order_by("id").values_list("state", "paid_on")) == [("paid", BACK), ("paid", date(2024, 3, 15))]
    assert queries.paid_total(cast.leader, STIPEND, MARCH, date(2024, 3, 31)) == 30_050


def test_paid_payment_is_not_released(roll: Roll, cast: Cast) -> None:
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    bring(cast, answer(*[(reference, "成功", "") for reference in references(file)]))
    with pytest.raises(Refused, match="状态是“发放成功”，不需要重新发放"):
        release_payment(payment=Payment.objects.earliest("id"), note="x", actor=cast.cashier, on=BACK)


@pytest.mark.parametrize(
    ("headers", "row", "sentence"),
    [
        (("参考号", "结果", "原因"), ("SX99999999-000001", "成功", ""), "第 2 行“参考号”：SX99999999-000001 不在我们送出的"),
        (("参考号", "结果", "原因"), ("{first}", "大概成功", ""), "第 2 行“结果”应为“成功”或“失败”，现在是“大概成功”"),
        (("参考号", "结果", "原因"), ("{first}", "失败", ""), "第 2 行“原因”没有填写；失败的款项须注明原因"),
        (("参考号", "结果", "原因"), ("", "成功", "-"), "第 2 行“参考号”没有填写"),
        (
            ("参考号", "结果", "原因", "金额"),
            ("{first}", "成功", "", "100.51"),
            "“金额”：回盘为 100.51 元，送出时为 100.50 元",
        ),
        (("参考号", "结果", "原因", "金额"), ("{first}", "成功", "", "一百"), "第 2 行“金额”：金额“一百”无法识别"),
        (
            ("参考号", "结果", "原因", "入账日期"),
            ("{first}", "成功", "", "2024-03-07"),
            "行“入账日期”：2024-03-07 早于银行文件",
        ),
        (
            ("参考号", "结果", "原因", "入账日期"),
            ("{first}", "成功", "", "2024-03-11"),
            "行“入账日期”：2024-03-11 晚于导入的日期 2024-03-10",
        ),
        (("参考号", "结果", "原因", "入账日期"), ("{first}", "成功", "", "三月"), "第 2 行“入账日期”应写作 2024-07-10"),
        (("参考号", "结果"), ("{first}", "成功"), "回盘文件缺少列：原因"),
    ],
)
def test_return_file_with_a_wrong_row_is_refused_whole(
    roll: Roll, cast: Cast, headers: tuple[str, ...], row: tuple[str, ...], sentence: str
) -> None:
    file = make_bank_file(roll=roll, actor=cast.cashier, on=SENT)
    first, second = references(file)
    good = [second, "成功", "", "200.00" if "金额" in headers else ""][: len(headers)]
    with pytest.raises(BadValue) as refused:
        bring(cast, answer(tuple(cell.replace("{first}", first) for cell in row), tuple(good), headers=headers))
    assert sentence in str(refused.value)
    assert (BankReturn.objects.count(), set(Payment.objects.values_list("state", flat=True))) == (0, {"sent"})


def test_return_file_that_names_a_line_twice_is_refused(roll: Roll, cast: Cast) -> None:
    first, _ = references(make_bank_file(roll=roll, actor=cast.cashier, on=SENT))
    with pytest.raises(BadValue, match=f"第 3 行“参考号”：{first} 与第 2 行重复"):
        bring(cast, answer((first, "成功", ""), (first, "失败", "重复")))


def test_return_file_brought_twice_is_refused(roll: Roll, cast: Cast) -> None:
    first, second = references(make_bank_file(roll=roll, actor=cast.cashier, on=SENT))
    content = answer((first, "成功", ""))
    bring(cast, content)
    with pytest.raises(Refused, match=r"已于 2024-03-10 以“回盘\.csv”导入，不能重复导入"):
        bring(cast, content)
    with pytest.raises(BadValue, match=f"第 2 行“参考号”：{first} 此前已有回盘结果"):
        bring(cast, answer((first, "成功", ""), (second, "成功", "")))


def test_return_file_about_two_bank_files_is_refused(stage: Stage, roll: Roll, cast: Cast, approved: Approve) -> None:
    first, second = references(make_bank_file(roll=roll, actor=cast.cashier, on=SENT))
    april = make_bank_file(roll=approved("2024-04"), actor=cast.cashier, on=date(2024, 4, 8))
    other = references(april)[0]
    with pytest.raises(BadValue, match=f"第 4 行“参考号”：{other} 属于另一个银行文件，请分开导入"):
        bring(cast, answer((first, "成功", ""), (second, "成功", ""), (other, "成功", "")), on=date(2024, 4, 10))


def test_return_file_in_gbk_reads_as_well(roll: Roll, cast: Cast) -> None:
    first, _ = references(make_bank_file(roll=roll, actor=cast.cashier, on=SENT))
    bring(cast, answer((first, "失败", "账号户名不符")).decode().encode("gbk"))
    assert Payment.objects.get(state="failed").failure == "账号户名不符"


@pytest.mark.capability("SA-18")
def test_paid_in_a_period_goes_by_the_day_the_bank_paid(roll: Roll, cast: Cast) -> None:
    first, second = references(make_bank_file(roll=roll, actor=cast.cashier, on=SENT))
    bring(cast, answer((first, "成功", "")), on=date(2024, 3, 31))
    bring(cast, answer((second, "成功", "")), on=date(2024, 4, 1))
    half = HalfYear(2024, 1)
    by_month = queries.paid_by_month(cast.leader, STIPEND, half.first_day, half.last_day)
    assert by_month == {**{Month(2024, month): 0 for month in (1, 2, 5, 6)}, Month(2024, 3): 10_050, Month(2024, 4): 20_000}
    assert queries.paid_total(cast.leader, STIPEND, half.first_day, half.last_day) == 30_050
    assert [payment.net for payment in queries.payments(cast.leader, paid_in=Month(2024, 4))] == [20_000]
    assert clock.today() == date(2024, 7, 1)
