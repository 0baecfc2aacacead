"""The files in which a list for a group decision comes: who is to get a benefit, and who is to lose it.

Nothing is granted or stopped by a file: it is laid before whoever decides, with what the rules say of each person.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from anmin.base.names import match_key
from anmin.base.periods import Month
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.actions import Proposed, propose_group
from anmin.ground.entitlements.benefits import Benefit
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.entitlements.vocabulary import EndReason, GroupKind
from anmin.ground.imports.forms import Column, Counts, ImportForm, Incoming, Row
from anmin.ground.people.models import Household, HouseholdMember, Person
from anmin.ground.people.secrecy import blind_index
from anmin.ground.policy.assessing import Programme

K = TypeVar("K", int, str)
_AT_ONCE = 2_000
_WHO = (
    Column("person", "身份证号", "identity_number", required=True, synonyms=("享受人身份证号",), example="320699193508060120"),
    Column("name", "姓名", "name", example="张建国", note="填写时核对是否与登记的姓名一致"),
)


def lists_of(programme: Programme, benefit: Benefit, *, sender: str) -> tuple[ImportForm, ...]:
    """Both lists of a benefit that persons hold; they rest on the article by which it is granted."""
    basis = programme.rules.rules[programme.eligible].source
    return (grant_list(benefit, sender=sender, basis=basis), stop_list(benefit, sender=sender, basis=basis))


def grant_list(benefit: Benefit, *, sender: str, basis: str) -> ImportForm:
    """The form of a list of persons who are to get the benefit, each from the first day of a month.

    Refuses, row by row: who is not registered, outside the sender's towns, dead, in no family, on the list twice, or holds it.
    """
    return ImportForm(
        name=f"{benefit.address}.grants",
        label=f"{benefit.label}批量给予名单",
        sender=sender,
        columns=(
            *_WHO,
            Column(
                "first", "起始月份", "date", required=True, synonyms=("享受起始日期",), example="2024-06-01", note="某月 1 日"
            ),
            Column("payee", "领款人身份证号", "identity_number", note="空白即为本人"),
        ),
        check=lambda incoming: _check_grants(benefit, incoming),
        load=lambda plan, incoming: _load(benefit, GroupKind.GRANT, basis, plan, incoming),
        notes=("导入后形成批量名单，由审核确认人审定后生效；规则测算不符合条件或情况不明的不会给予。",),
    )


def stop_list(benefit: Benefit, *, sender: str, basis: str) -> ImportForm:
    """The form of a list of persons who are to lose the benefit, each with the last day of a month and a reason.

    Refuses, row by row: who is not registered, outside the sender's towns, on the list twice, or does not hold it.
    """
    return ImportForm(
        name=f"{benefit.address}.stops",
        label=f"{benefit.label}批量停发名单",
        sender=sender,
        columns=(
            *_WHO,
            Column("last", "最后发放月份", "date", required=True, example="2024-06-30", note="该月任意一天"),
            Column(
                "reason",
                "停发原因",
                "choice",
                required=True,
                choices={str(each.label): each.value for each in EndReason},
                example="死亡",
            ),
        ),
        check=lambda incoming: _check_stops(benefit, incoming),
        load=lambda plan, incoming: _load(benefit, GroupKind.STOP, basis, plan, incoming),
        notes=("导入后形成批量名单，由审核确认人审定后生效；多发的部分由下一次名册列为追回。",),
    )


def _check_grants(benefit: Benefit, incoming: Incoming) -> list[Proposed]:
    persons = _persons(incoming, ("person", "payee"))
    homes = _homes(incoming.on, [person.pk for person in persons.values()])
    held = _held(benefit, incoming.on, persons.values())
    plan: list[Proposed] = []
    for row, person in _rows(incoming, persons):
        if person.died_on is not None:
            incoming.wrong(row, "person", f"{person.name}已于 {person.died_on} 死亡，不能列入。")
            continue
        home, payee = homes.get(person.pk), persons.get(row["payee"] or row["person"])
        if row["first"].day != 1:
            incoming.wrong(row, "first", f"应为某月 1 日，现在是 {row['first']}。")
        if person.pk in held:
            incoming.wrong(row, "person", f"{person.name}已在享{benefit.label}，请从名单中去掉。")
        if home is None:
            incoming.wrong(row, "person", f"{person.name}没有登记在任何家庭中，请先导入家庭成员。")
        if payee is None:
            incoming.wrong(row, "payee", "领款人的身份证号尚未登记，请先导入人员名册。")
        elif payee.died_on is not None:
            incoming.wrong(row, "payee", f"领款人{payee.name}已于 {payee.died_on} 死亡，请另行指定领款人。")
        if row.sound and home is not None and payee is not None:
            plan.append(Proposed(person.pk, home.pk, payee.pk, home.area_id, row["first"]))
    return plan


def _check_stops(benefit: Benefit, incoming: Incoming) -> list[Proposed]:
    persons = _persons(incoming, ("person",))
    held = _held(benefit, incoming.on, persons.values())
    plan: list[Proposed] = []
    for row, person in _rows(incoming, persons):
        share = held.get(person.pk)
        if share is None:
            incoming.wrong(row, "person", f"{person.name}没有正在享受的{benefit.label}，请核对。")
            continue
        of, last = share.entitlement, Month.from_date(row["last"]).last_day
        if last < of.valid_from:
            incoming.wrong(row, "last", f"早于{person.name}开始享受的日期 {of.valid_from}，请核对。")
        if row.sound:
            plan.append(Proposed(person.pk, of.household_id, of.payee_id, of.area_id, last, row["reason"], of.pk))
    return plan


def _load(benefit: Benefit, kind: GroupKind, basis: str, plan: list[Proposed], incoming: Incoming) -> Counts:
    group = propose_group(
        benefit=benefit.address,
        kind=kind,
        title=f"{Month.from_date(incoming.on).label}{benefit.label}{kind.label}",
        basis=basis,
        area=_area(plan),
        lines=plan,
        batch=incoming.batch,
        actor=incoming.actor,
        on=incoming.on,
    )
    return {f"列入批量名单 {group.number}": len(plan)}


def _area(plan: list[Proposed]) -> Area:
    """The smallest area in which everybody on the list lives."""
    paths = list(Area.objects.filter(pk__in={line.area_id for line in plan}).values_list("path", flat=True))
    shared = paths[0].split("/")
    for path in paths:
        parts = path.split("/")
        shared = [mine for mine, theirs in zip(shared, parts, strict=False) if mine == theirs]
    path = "/".join(part for part in shared if part) + "/"
    return Area.objects.get(path=path)


def _rows(incoming: Incoming, persons: Mapping[str, Person]) -> Iterable[tuple[Row, Person]]:
    """The rows whose person is known and named as registered, each person once."""
    seen: dict[int, int] = {}
    for row in incoming.sound:
        person = persons.get(row["person"])
        if person is None:
            incoming.wrong(row, "person", "该身份证号尚未登记，或不在您的管辖范围内，请先导入人员名册。")
            continue
        if person.pk in seen:
            incoming.wrong(row, "person", f"与第 {seen[person.pk]} 行是同一人，请只保留一行。")
            continue
        seen[person.pk] = row.number
        if row.get("name") and match_key(row["name"]) != person.name_key:
            incoming.wrong(row, "name", f"“{row['name']}”与该身份证号登记的姓名不一致，请核对是哪一项填错。")
        yield row, person


def _persons(incoming: Incoming, keys: tuple[str, ...]) -> dict[str, Person]:
    numbers = {blind_index(row[key]): row[key] for row in incoming.sound for key in keys if row.get(key)}
    found: dict[str, Person] = {}
    for some in _pieces(numbers):
        rows = Person.objects.filter(within(incoming.actor), identity_index__in=some)
        rows = rows.defer("identity_cipher", "bank_account_cipher")
        found.update({numbers[str(person.identity_index)]: person for person in rows})
    return found


def _homes(on: date, person_ids: list[int]) -> dict[int, Household]:
    homes: dict[int, Household] = {}
    there = HouseholdMember.objects.filter(superseded_at__isnull=True, valid_from__lte=on).exclude(valid_until__lt=on)
    for ids in _pieces(person_ids):
        # Somebody away may stand in two families; where he is counted comes last, and stays.
        for row in there.filter(person_id__in=ids).select_related("household").order_by("counted", "id"):
            homes[row.person_id] = row.household
    return homes


def _held(benefit: Benefit, on: date, persons: Iterable[Person]) -> dict[int, EntitlementMember]:
    """What those on the list hold; the whole of a county's holders would be loaded for a few."""
    shares = EntitlementMember.objects.filter(benefit=benefit.address).exclude(valid_until__lt=on)
    held: dict[int, EntitlementMember] = {}
    for ids in _pieces({person.pk for person in persons}):
        held.update({share.person_id: share for share in shares.filter(person_id__in=ids).select_related("entitlement")})
    return held


def _pieces(keys: Iterable[K]) -> list[list[K]]:
    listed = list(keys)
    return [listed[start : start + _AT_ONCE] for start in range(0, len(listed), _AT_ONCE)]
