"""What cannot be said of a membership or a duty of support, whoever says it."""

from datetime import date

from anmin.base.errors import BadValue
from anmin.ground.people.models import Person, Supporter


def refuse_member(person: Person, counted: bool, absence: str, valid_from: date, valid_until: date | None) -> None:
    """Refuses what needs nothing but the membership itself to be seen."""
    if valid_until is not None and valid_until < valid_from:
        raise BadValue(f"截止日期 {valid_until} 早于起始日期 {valid_from}，请检查后重新填写。")
    if counted and absence:
        raise BadValue("已计入共同生活的成员不应填写不计入原因。")
    if not counted and not absence:
        raise BadValue("不计入共同生活的成员须填写不计入原因。")
    if person.died_on is not None and valid_from > person.died_on:
        raise BadValue(f"{person.name} 已于 {person.died_on} 死亡，不能自 {valid_from} 起加入家庭。")


def refuse_supporter(row: Supporter) -> None:
    """Refuses what needs nothing but the duty itself and its two persons to be seen."""
    if row.dependant_id == row.obligor_id:
        raise BadValue("义务人不能是被赡养、抚养、扶养人自己。")
    if row.valid_until is not None and row.valid_until < row.valid_from:
        raise BadValue(f"截止日期 {row.valid_until} 早于起始日期 {row.valid_from}，请检查后重新填写。")
    for amount, label in (
        (row.household_income, "义务人家庭月收入"),
        (row.court_amount, "裁判文书月金额"),
        (row.actual_amount, "实际给付月金额"),
    ):
        if amount is not None and amount < 0:
            raise BadValue(f"{label}不能为负数。")
    if row.household_size is not None and row.household_size < 1:
        raise BadValue("义务人家庭人数至少为 1；不清楚的请留空。")
    if row.dependants < 1:
        raise BadValue("被赡养、抚养、扶养人数至少为 1。")
    for person in (row.dependant, row.obligor):
        if person.died_on is not None and row.valid_from > person.died_on:
            raise BadValue(f"{person.name} 已于 {person.died_on} 死亡，不能登记此后的义务。")
