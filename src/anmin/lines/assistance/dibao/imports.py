"""The list of those who are on dibao when the platform starts: brought in once, as a file, with the mark of a migration.

Nobody gets onto dibao by a file otherwise; that takes an application.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from anmin.base.errors import BadValue
from anmin.base.identity import normalise_identity_number
from anmin.base.periods import Month
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.entitlements.actions import Holding, migrate_entitlements
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.imports.forms import Column, Counts, ImportForm, Incoming, Row
from anmin.ground.payments.models import Roll
from anmin.ground.payments.vocabulary import RollState
from anmin.ground.people.models import Household, HouseholdMember, Person
from anmin.ground.people.secrecy import blind_index
from anmin.lines.assistance.dibao.vocabulary import BENEFIT, ReviewClass, Route

K = TypeVar("K", int, str)
_AT_ONCE = 2_000
_CLASSES = {
    **{value: value for value in ReviewClass.values},
    **{f"{value}类": value for value in ReviewClass.values},
}

REGISTER_COLUMNS = (
    Column("number", "户编号", required=True, synonyms=("家庭编号", "户号"), longest=30, example="HA000001"),
    Column(
        "holder",
        "保障对象代表身份证号",
        "identity_number",
        required=True,
        synonyms=("户主身份证号", "申请人身份证号"),
        example="320699195003120010",
        note="领款人；单人保为其本人",
    ),
    Column(
        "route",
        "保障方式",
        "choice",
        required=True,
        choices={str(route.label): route.value for route in Route},
        example="整户保",
    ),
    Column(
        "members",
        "保障成员身份证号",
        required=True,
        longest=600,
        example="320699195003120010、320699195108120028",
        note="多人用顿号隔开",
    ),
    Column("review_class", "复核类别", "choice", required=True, choices=_CLASSES, example="B类"),
    Column("review_due_on", "下次复核日期", "date", example="2024-12-31"),
    Column("decided_on", "审核确认日期", "date", required=True, example="2019-06-20"),
    Column("valid_from", "享受起始日期", "date", required=True, example="2019-07-01", note="某月 1 日"),
)


@dataclass(frozen=True)
class _Known:
    """What the platform has on record of the people and households of the file."""

    households: Mapping[str, Household]
    persons: Mapping[str, Person]
    living_in: Mapping[int, set[int]]
    covered: set[int]


def check_register(incoming: Incoming) -> list[Holding]:
    """One holding for each row; whoever is not of the household, has died or is covered already is told by row and field.

    Once a roll was approved the platform is at work, and the list is refused whole: one person alone could otherwise put
    families on dibao past clerk, notice and decision.
    """
    begun = Roll.objects.filter(benefit=BENEFIT, state=RollState.APPROVED).order_by("month").first()
    if begun is not None:
        incoming.problems.add_sentence(
            f"系统已开始发放（{Month.parse(begun.month).label}名册已审批），在享名册只在系统启用前导入；此后新增一律走申请程序。"
        )
        return []
    numbers = {row.number: _numbers(incoming, row) for row in incoming.sound}
    known = _known(incoming, numbers)
    holdings: list[Holding] = []
    seen_households: dict[str, int] = {}
    seen_persons: dict[int, int] = {}
    for row in incoming.sound:
        _check_dates(incoming, row)
        if row["number"] in seen_households:
            incoming.wrong(row, "number", f"与第 {seen_households[row['number']]} 行是同一户，请只保留一行。")
            continue
        seen_households[row["number"]] = row.number
        household = known.households.get(row["number"])
        if household is None:
            incoming.wrong(row, "number", f"户编号“{row['number']}”尚未登记，请先导入家庭名册。")
            continue
        persons = [known.persons.get(number) for number in numbers[row.number]]
        members = [person for person in persons if person is not None]
        if len(members) < len(persons):
            incoming.wrong(row, "members", "有保障成员的身份证号尚未登记，请先导入人员名册。")
            continue
        for person in members:
            if problem := _problem_of(person, household, row, known, seen_persons):
                incoming.wrong(row, "members", problem)
            seen_persons.setdefault(person.pk, row.number)
        holder = known.persons.get(row["holder"])
        if holder is None or holder.pk not in known.living_in.get(household.pk, set()):
            incoming.wrong(row, "holder", "保障对象代表不是该户登记的成员，请核对。")
            continue
        if row["route"] == Route.SINGLE and len(members) != 1:
            incoming.wrong(row, "members", f"单人保只能有一名保障成员，现在填写了{len(members)}名。")
        if row.sound:
            holdings.append(_holding(row, household, holder, members))
    return holdings


def load_register(holdings: list[Holding], incoming: Incoming) -> Counts:
    """Those of the list hold dibao as before; our rolls pay them from the next month that begins."""
    assert incoming.batch is not None  # a file is loaded within its batch
    migrate_entitlements(benefit=BENEFIT, holdings=holdings, batch=incoming.batch, actor=incoming.actor, on=incoming.on)
    return {"户": len(holdings), "人": sum(len(each.member_ids) for each in holdings)}


def _numbers(incoming: Incoming, row: Row) -> list[str]:
    found: list[str] = []
    for text in row["members"].replace("，", "、").replace(",", "、").replace(";", "、").split("、"):
        try:
            number = normalise_identity_number(text)
        except BadValue as error:
            incoming.wrong(row, "members", error.message)
            return []
        if number in found:
            incoming.wrong(row, "members", "同一人填写了两次。")
            return []
        found.append(number)
    return found


def _known(incoming: Incoming, numbers: Mapping[int, list[str]]) -> _Known:
    asked = {number for each in numbers.values() for number in each}
    asked |= {row["holder"] for row in incoming.sound if row["holder"]}
    by_index = {blind_index(number): number for number in asked}
    persons: dict[str, Person] = {}
    for some in _pieces(by_index):
        found = Person.objects.filter(identity_index__in=some).defer("identity_cipher", "bank_account_cipher")
        persons.update({by_index[str(person.identity_index)]: person for person in found})
    households: dict[str, Household] = {}
    for some in _pieces({row["number"] for row in incoming.sound}):
        households.update({each.number: each for each in Household.objects.filter(number__in=some)})
    living_in: dict[int, set[int]] = {}
    for ids in _pieces({household.pk for household in households.values()}):
        rows = HouseholdMember.objects.filter(
            household_id__in=ids, superseded_at__isnull=True, valid_from__lte=incoming.on
        ).exclude(valid_until__lt=incoming.on)
        for household_id, person_id in rows.values_list("household_id", "person_id"):
            living_in.setdefault(household_id, set()).add(person_id)
    covered = set(
        EntitlementMember.objects.filter(benefit=BENEFIT).exclude(valid_until__lt=incoming.on).values_list("person_id", flat=True)
    )
    return _Known(households, persons, living_in, covered)


def _problem_of(person: Person, household: Household, row: Row, known: _Known, seen: Mapping[int, int]) -> str | None:
    if person.pk in seen:
        return f"{person.name}已在第 {seen[person.pk]} 行的名单中，同一人不能保障两次。"
    if person.died_on is not None:
        return f"{person.name}已于 {person.died_on} 死亡，不能列为保障成员。"
    if person.pk not in known.living_in.get(household.pk, set()):
        return f"{person.name}不是{household.number}户登记的成员，请先导入家庭成员。"
    if person.pk in known.covered:
        return f"{person.name}已在享受最低生活保障，不能重复登记。"
    return None


def _check_dates(incoming: Incoming, row: Row) -> None:
    begins: date = row["valid_from"]
    if begins.day != 1:
        incoming.wrong(row, "valid_from", f"应为某月 1 日，现在是 {begins}。")
    if begins > incoming.on:
        incoming.wrong(row, "valid_from", f"{begins} 尚未开始享受；名册只登记系统启用前已在享的家庭，新的请走申请程序。")
    if row["decided_on"] >= begins:
        incoming.wrong(row, "decided_on", f"审核确认日期 {row['decided_on']} 应早于享受起始日期 {begins}。")


def _holding(row: Row, household: Household, holder: Person, members: list[Person]) -> Holding:
    return Holding(
        household_id=household.pk,
        holder_id=holder.pk,
        payee_id=holder.pk,
        area_id=household.area_id,
        route=row["route"],
        member_ids=tuple(person.pk for person in members),
        review_class=row["review_class"],
        review_due_on=row["review_due_on"],
        decided_on=row["decided_on"],
        valid_from=row["valid_from"],
    )


def _pieces(keys: Iterable[K]) -> list[list[K]]:
    listed = list(keys)
    return [listed[start : start + _AT_ONCE] for start in range(0, len(listed), _AT_ONCE)]


REGISTER = ImportForm(
    name="assistance.dibao.register",
    label="低保在享名册",
    sender="社会救助科",
    columns=REGISTER_COLUMNS,
    check=check_register,
    load=load_register,
    roles=(Role.ADMINISTRATOR,),
    notes=(
        "由系统管理员导入，只在第一份名册审批之前；此后新增一律走申请程序。",
        "名册中的家庭自导入日之后的第一个整月起由本系统发放。",
    ),
)

FORMS = (REGISTER,)
