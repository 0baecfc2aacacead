"""What a step brought about, in words for the page of the case; what was filled in is shown by the ground itself."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.verification.vocabulary import SourceName

Data = Mapping[str, Any]
Lines = Iterator[tuple[str, str]]


def of_request(data: Data) -> Lines:
    yield "核对方式", SourceName(data["source"]).label if data.get("source") in SourceName else str(data.get("source"))


def of_report(data: Data) -> Lines:
    if data.get("valid_until"):
        yield "报告有效期至", str(data["valid_until"])


def of_assessment(data: Data) -> Lines:
    said = data.get("assessment")
    if said:
        yield "规则测算", str(said["paragraph"])
    if data.get("classification"):
        yield "分类认定", str(data["classification"])


def of_notice(data: Data) -> Lines:
    yield "上榜姓名", str(data["shown_name"])
    yield "拟保障人数", f"{data['shown_persons']}人"
    if data.get("shown_amount") is not None:
        yield "拟保障金额", f"每月{format_yuan(data['shown_amount'])}元"


def of_confirmation(data: Data) -> Lines:
    yield "待遇编号", str(data["entitlement_number"])
    yield "起始月份", Month.from_date(date.fromisoformat(data["valid_from"])).label
    yield "保障成员", "、".join(data["covered_names"])
    yield from of_assessment(data)


def of_refusal(data: Data) -> Lines:
    if data.get("hint"):
        yield "提示", str(data["hint"])


def of_review(data: Data) -> Lines:
    if data.get("valid_until"):
        yield "最后发放月份", Month.from_date(date.fromisoformat(data["valid_until"])).label
    if data.get("valid_from"):
        yield "起始月份", Month.from_date(date.fromisoformat(data["valid_from"])).label
    if data.get("review_due_on"):
        yield "下次复核", f"{data['review_due_on']}前（{data['review_class']}类）"
