"""What the lists behind the figures show."""

from anmin.ground.entitlements.vocabulary import EndReason, GraceKind, StartReason
from anmin.ground.indicators.declarations import Column
from anmin.ground.indicators.vocabulary import CellKind
from anmin.ground.verification.vocabulary import VerificationState
from anmin.lines.assistance.dibao.vocabulary import Route


def _area(prefix: str = "") -> tuple[Column, ...]:
    return (Column("镇（街道）", f"{prefix}area__parent__name"), Column("村（社区）", f"{prefix}area__name"))


def _person(prefix: str, header: str) -> tuple[Column, ...]:
    return (
        Column(header, f"{prefix}name", opens="person", key=f"{prefix}id"),
        Column("身份证号", f"{prefix}identity_mask"),
    )


FAMILY = (
    Column("保障证号", "number", opens="entitlement", key="id"),
    Column("家庭编号", "household__number", opens="household", key="household_id"),
    *_person("holder__", "保障对象代表"),
    *_area(),
    Column("保障方式", "route", labels=Route),
    Column("起始日期", "valid_from", CellKind.DATE),
)
SHARE = (
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *_person("person__", "姓名"),
    *_area("entitlement__"),
    Column("保障方式", "entitlement__route", labels=Route),
    Column("起始日期", "valid_from", CellKind.DATE),
)
CAME = (Column("新增原因", "start_reason", labels=StartReason),)
LEFT = (
    Column("截止日期", "valid_until", CellKind.DATE),
    Column("核减原因", "end_reason", labels=EndReason),
)
PAID = (
    Column("发放日期", "paid_on", CellKind.DATE),
    Column("名册月份", "roll__month", opens="roll", key="roll_id"),
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *_person("payee__", "领款人"),
    *_area(),
    Column("实发金额（元）", "net", CellKind.MONEY),
)
ROLLS = (
    Column("名册月份", "month", opens="roll", key="id"),
    Column("户数", "household_count", CellKind.NUMBER),
    Column("人数", "person_count", CellKind.NUMBER),
    Column("应发合计（元）", "total", CellKind.MONEY),
    Column("审批日期", "approved_on", CellKind.DATE),
)
LINES = (
    Column("所属月份", "for_month", opens="roll", key="roll_id"),
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *_area(),
    Column("计发人数", "persons", CellKind.NUMBER),
    Column("应发金额（元）", "due", CellKind.MONEY),
)
EXTRAS = (*LINES, Column("分类增发（元）", "extras", CellKind.MONEY))
GRACE = (
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *_person("entitlement__holder__", "保障对象代表"),
    *_area("entitlement__"),
    Column("方式", "kind", labels=GraceKind),
    Column("起始日期", "valid_from", CellKind.DATE),
    Column("截止日期", "valid_until", CellKind.DATE),
)
CHECKS = (
    Column("家庭编号", "household__number", opens="household", key="household_id"),
    *_person("household__head__", "户主"),
    *_area(),
    Column("核对人数", "persons", CellKind.NUMBER),
    Column("提请日期", "requested_on", CellKind.DATE),
    Column("状态", "state", labels=VerificationState),
    Column("出具日期", "answered_on", CellKind.DATE),
)
