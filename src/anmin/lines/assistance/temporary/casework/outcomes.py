"""What a step brought about, in words for the page of the case."""

from collections.abc import Iterator, Mapping
from typing import Any

from anmin.base.money import format_yuan
from anmin.base.periods import Month

Lines = Iterator[tuple[str, str]]


def of_assessment(data: Mapping[str, Any]) -> Lines:
    if said := data.get("assessment"):
        yield "规则测算", str(said["paragraph"])


def of_aid(data: Mapping[str, Any]) -> Lines:
    if data.get("pay_month"):
        yield "列入名册", f"{Month.parse(data['pay_month']).label}"
    yield from of_assessment(data)


def of_notice(data: Mapping[str, Any]) -> Lines:
    yield "上榜姓名", str(data["shown_name"])
    if data.get("shown_amount"):
        yield "拟救助金额", f"{format_yuan(data['shown_amount'])}元"
