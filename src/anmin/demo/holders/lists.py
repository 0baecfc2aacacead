"""The lists in which other benefits come and go, as a section sends them: who holds, who is to get, who is to lose."""

from collections.abc import Iterator
from datetime import date

from anmin.demo.holders.holding import Holders, Holding
from anmin.demo.sheets import Sheet
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.policy.programmes import DECIDED

_HELD = ("身份证号", "姓名", "户编号", "审核确认日期", "享受起始日期")


def days(holders: Holders) -> set[date]:
    """The days on which lists are sent besides the first."""
    sent = {each.granted_on for each in holders.holdings} | {each.ended_on for each in holders.holdings if not each.by_case}
    return {day for day in sent if day is not None}


def sheets(holders: Holders, day: date, opens_on: date) -> Iterator[Sheet]:
    """The lists of one day."""
    for benefit in holders.benefits:
        held = list(holders.of(benefit))
        label = BENEFITS[benefit].label
        if day == opens_on:
            yield _held(benefit, label, [each for each in held if each.granted_on is None])
        granted = [each for each in held if each.granted_on == day]
        if granted:
            yield Sheet(
                f"{benefit}.grants",
                f"{label}批量给予名单",
                "gbk",
                ("身份证号", "姓名", "起始月份"),
                [(each.person.identity_number, each.person.name, str(each.since)) for each in granted],
            )
        stopped = [each for each in held if each.ended_on == day and not each.by_case]
        if stopped:
            yield Sheet(
                f"{benefit}.stops",
                f"{label}批量停发名单",
                "xlsx",
                ("身份证号", "姓名", "最后发放月份", "停发原因"),
                [(each.person.identity_number, each.person.name, str(each.until), each.end_reason) for each in stopped],
            )


def _held(benefit: str, label: str, held: list[Holding]) -> Sheet:
    if DECIDED[benefit].unit == "household":
        headers: tuple[str, ...] = ("户编号", "保障对象代表身份证号", "保障成员身份证号", "审核确认日期", "享受起始日期")
        lines = [
            (
                each.family.number,
                each.person.identity_number,
                "、".join(member.person.identity_number for member in each.family.members),
                str(each.decided_on),
                str(each.since),
            )
            for each in held
        ]
        return Sheet(f"{benefit}.register", f"{label}在享名册", "gbk", headers, lines)
    routed = len(BENEFITS[benefit].routes) > 1
    headers = (*_HELD, "保障方式") if routed else _HELD
    persons = [
        (
            each.person.identity_number,
            each.person.name,
            each.family.number,
            str(each.decided_on),
            str(each.since),
            *((each.route,) if routed else ()),
        )
        for each in held
    ]
    return Sheet(f"{benefit}.register", f"{label}在享名册", "utf-8-sig", headers, persons)
