"""What the figures of dibao are called, and what the lists behind its own figures show."""

from anmin.ground.entitlements.indicators import Register, Words, area_columns, person_columns, share_columns
from anmin.ground.entitlements.vocabulary import GraceKind
from anmin.ground.indicators.declarations import Column
from anmin.ground.indicators.vocabulary import CellKind
from anmin.ground.payments.indicators import LINES, Money
from anmin.lines.assistance.dibao.vocabulary import BENEFIT, Route

MEASURES_2021 = "《最低生活保障审核确认办法》（民发〔2021〕57号）"
EXTRAS_RULE = "《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）"

WORDS = Words(
    label="低保",
    full="最低生活保障",
    everybody="城乡低保",
    note="，城乡合并",
    money="低保金",
    funds="低保救助资金",
    average="低保人均补差水平",
    due="含分类增发，不含补发和扣回",
    basis=MEASURES_2021,
)
REGISTER, MONEY = Register(BENEFIT), Money(BENEFIT)

SHARE = share_columns({route.value: str(route.label) for route in Route})
EXTRAS = (*LINES, Column("分类增发（元）", "extras", CellKind.MONEY))
GRACE = (
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *person_columns("entitlement__holder__", "保障对象代表"),
    *area_columns("entitlement__"),
    Column("方式", "kind", labels=GraceKind),
    Column("起始日期", "valid_from", CellKind.DATE),
    Column("截止日期", "valid_until", CellKind.DATE),
)
