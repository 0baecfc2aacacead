"""Payments go to the bank and its answers come back; what it refused goes out again after it was mended."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.db import IntegrityError
from django.db.models import OuterRef, QuerySet, Subquery

from anmin.base.errors import BadValue, Refused
from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.payments.bank_files import ENDINGS, Transfer, account_problem, as_csv, as_xlsx, content, digest, keep
from anmin.ground.payments.bank_returns import Answer, Sent, check_answers, read_answers
from anmin.ground.payments.models import BankFile, BankFileLine, BankReturn, Payment, Roll
from anmin.ground.payments.permissions import may_deal_with_bank, may_fetch_bank_file, may_release_payment
from anmin.ground.payments.unconfirmed import unconfirmed
from anmin.ground.payments.vocabulary import PaymentState, RollState
from anmin.ground.people.secrecy import decrypt
from anmin.ground.rows import insert

T = TypeVar("T")


@action("bank_file.made", permission=may_deal_with_bank)
def make_bank_file(*, roll: Roll, actor: Actor, on: date) -> BankFile:
    """Every payment of the roll that waits and has a usable account is in a new file for the bank, as CSV and XLSX.

    Who has no usable account, or whose account or payee was changed and not yet confirmed by another person, stays behind and
    is listed by `queries.held_back`. Basis: 财办〔2020〕37号.
    Refuses: a roll that is not approved, one of which nothing waits to be sent.
    """
    roll = Roll.objects.select_for_update().get(pk=roll.pk)
    declared = BENEFITS[roll.benefit]
    named = f"{declared.label}{Month.parse(roll.month).label}"
    if roll.state != RollState.APPROVED:
        raise Refused(f"{named}名册还没有审批，不能生成银行文件。")
    waiting = Payment.objects.filter(roll=roll, state=PaymentState.DUE, net__gt=0)
    # The payee may have been changed since the roll was approved.
    waiting.update(payee_id=Subquery(Entitlement.objects.filter(pk=OuterRef("entitlement_id")).values("payee_id")))
    number = f"{declared.letters}{roll.month.replace('-', '')}{roll.bank_files.count() + 1:02d}"
    payments, transfers, kept_back = _transfers(waiting, number, f"{Month.parse(roll.month).label}{declared.label}")
    if not transfers:
        why = f"，{kept_back} 笔因账户问题未能列入" if kept_back else ""
        raise Refused(f"{named}名册没有待送银行的款项{why}。")
    contents = {"csv": as_csv(transfers), "xlsx": as_xlsx(transfers, on)}
    total = sum(transfer.amount for transfer in transfers)
    file = BankFile(
        number=number,
        roll=roll,
        made_by_id=actor.id,
        made_on=on,
        count=len(transfers),
        total=total,
        held_back=kept_back,
        sha256=digest(contents["csv"]),
    )
    file.save(force_insert=True)
    insert(
        BankFileLine,
        ("file_id", "payment_id", "reference", "amount", "failure"),
        (
            (file.pk, payment_id, transfer.reference, transfer.amount, "")
            for payment_id, transfer in zip(payments, transfers, strict=True)
        ),
    )
    Payment.objects.filter(bank_lines__file=file).update(state=PaymentState.SENT, failure="")
    keep(number, contents)
    remark(
        f"{named}银行文件 {number}：{len(transfers)} 笔，{format_yuan(total)} 元；账户有问题未列入 {kept_back} 笔",
        sha256=file.sha256,
        sha256_xlsx=digest(contents["xlsx"]),
        total=total,
    )
    return file


@action("bank_file.fetched", permission=may_fetch_bank_file)
def fetch_bank_file(*, number: str, ending: str, actor: Actor, on: date) -> BankFile:
    """The bank file with its `content` as `csv` or `xlsx`; that all these accounts were handed out, and to whom, is in the log.

    Basis: 《个人信息保护法》 第二十八条、第五十一条. Refuses: a number or a format there is not, a file that is gone, a CSV that
    is no longer what was made.
    """
    file = BankFile.objects.filter(number=number).first()
    if file is None or ending not in ENDINGS:
        raise Refused("没有这个银行文件。")
    file.content = content(file.number, ending)
    if ending == "csv" and digest(file.content) != file.sha256:
        raise Refused(f"银行文件 {number} 与生成时的校验值不符，可能被改动，不得送银行；请报告系统管理员和审计监督人员。")
    remark(
        f"下载银行文件 {number}（{ending}）：{file.count} 笔，含户名和完整账号",
        basis="《中华人民共和国个人信息保护法》第二十八条",
        sha256=digest(file.content),
    )
    return file


@action("bank_return.brought", permission=may_deal_with_bank)
def bring_return_file(*, source: Path | bytes, name: str, actor: Actor, on: date) -> BankReturn:
    """Each payment the bank answered for is paid, or failed with the bank's reason; the whole file, or nothing of it.

    The day of payment is the bank's where it gives one, else `on`.
    Refuses: a file brought before, and every fault of `bank_returns` with its row.
    """
    table, answers = read_answers(source, name)
    earlier = BankReturn.objects.filter(sha256=table.sha256).first()
    if earlier is not None:
        raise Refused(f"这个回盘文件已于 {earlier.brought_on} 以“{earlier.file_name}”导入，不能重复导入。")
    references = [answer.reference for answer in answers]
    _hold_files(references)
    sent = _sent(references)
    file_id = check_answers(answers, sent, on)
    returned = BankReturn(
        file_id=file_id,
        file_name=table.name,
        sha256=table.sha256,
        succeeded=sum(answer.succeeded for answer in answers),
        failed=sum(not answer.succeeded for answer in answers),
        brought_by_id=actor.id,
        brought_on=on,
    )
    try:
        returned.save(force_insert=True)
    except IntegrityError as error:  # somebody else was quicker
        raise Refused("这个回盘文件刚刚由他人导入。") from error
    _record(answers, sent, on)
    paid = sum(sent[answer.reference].amount for answer in answers if answer.succeeded)
    remark(
        f"银行回盘 {returned.file.number}：成功 {returned.succeeded} 笔，{format_yuan(paid)} 元；失败 {returned.failed} 笔",
        sha256=table.sha256,
        paid=paid,
    )
    return returned


@action("payment.released", permission=may_release_payment)
def release_payment(*, payment: Payment, note: str, actor: Actor, on: date) -> Payment:
    """A payment the bank refused waits for the next bank file again, after account or payee were mended.

    Refuses: a payment that did not fail, no word on what was mended.
    """
    payment = Payment.objects.select_for_update(of=("self",)).select_related("payee", "entitlement").get(pk=payment.pk)
    if payment.state != PaymentState.FAILED:
        raise Refused(f"{payment.payee.name}的款项状态是“{PaymentState(payment.state).label}”，不需要重新发放。")
    if not note.strip():
        raise BadValue("请写明更正了什么（如更换账号、更换领款人）。")
    payment.state = PaymentState.DUE
    payment.save(update_fields=["state"])
    remark(f"{payment.entitlement.number} {format_yuan(payment.net)} 元重新发放：{note.strip()}", failure=payment.failure)
    return payment


def _transfers(waiting: QuerySet[Payment], number: str, purpose: str) -> tuple[list[int], list[Transfer], int]:
    payments: list[int] = []
    transfers: list[Transfer] = []
    kept_back, changes = 0, unconfirmed()
    for pk, net, name, cipher, bank, died_on, payee_id, entitlement_id in waiting.order_by("id").values_list(
        "id",
        "net",
        "payee__name",
        "payee__bank_account_cipher",
        "payee__bank_name",
        "payee__died_on",
        "payee_id",
        "entitlement_id",
    ):
        account = decrypt(bytes(cipher)) if cipher else ""
        if died_on is not None or account_problem(account) or changes.reason(payee_id, entitlement_id):
            kept_back += 1
            continue
        payments.append(pk)
        transfers.append(Transfer(f"{number}-{len(transfers) + 1:06d}", name, account, bank, net, purpose))
    return payments, transfers, kept_back


def _hold_files(references: list[str]) -> None:
    """Two return files about one bank file are read one after the other: the second must not undo what the first said."""
    for some in _in_pieces(references):
        files = BankFileLine.objects.filter(reference__in=some).values("file_id")
        list(BankFile.objects.select_for_update().filter(pk__in=files).order_by("pk").values_list("pk"))


def _sent(references: list[str]) -> dict[str, Sent]:
    """What we know of the lines with these references."""
    found: dict[str, Sent] = {}
    for some in _in_pieces(references):
        rows = BankFileLine.objects.filter(reference__in=some).values_list(
            "reference", "id", "payment_id", "file_id", "amount", "file__made_on", "succeeded"
        )
        for reference, pk, payment_id, file_id, amount, made_on, succeeded in rows:
            found[reference] = Sent(pk, payment_id, file_id, amount, made_on, answered=succeeded is not None)
    return found


def _in_pieces(values: list[T]) -> Iterator[list[T]]:
    # SQLite takes some 30,000 values in one statement.
    for start in range(0, len(values), 10_000):
        yield values[start : start + 10_000]


def _record(answers: Iterable[Answer], sent: dict[str, Sent], on: date) -> None:
    """Answers that say the same are written together: a statement for each day of payment and each reason of failure."""
    paid: dict[date, list[Sent]] = {}
    failed: dict[str, list[Sent]] = {}
    for answer in answers:
        if answer.succeeded:
            paid.setdefault(answer.paid_on or on, []).append(sent[answer.reference])
        else:
            failed.setdefault(answer.reason, []).append(sent[answer.reference])
    for day, lines in paid.items():
        for some in _in_pieces(lines):
            BankFileLine.objects.filter(pk__in=[line.pk for line in some]).update(succeeded=True, answered_on=on)
            Payment.objects.filter(pk__in=[line.payment_id for line in some]).update(
                state=PaymentState.PAID, paid_on=day, failure=""
            )
    for reason, lines in failed.items():
        for some in _in_pieces(lines):
            BankFileLine.objects.filter(pk__in=[line.pk for line in some]).update(succeeded=False, failure=reason, answered_on=on)
            Payment.objects.filter(pk__in=[line.payment_id for line in some]).update(state=PaymentState.FAILED, failure=reason)
