"""The list of those who hold a benefit when the platform starts: brought in once, as a file, with the mark of a migration.

It stands with the payments because it closes with the first approved roll: from then on nobody gets onto a benefit by a file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from anmin.base.errors import BadValue
from anmin.base.identity import normalise_identity_number
from anmin.base.names import match_key
from anmin.base.periods import Month
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.entitlements.actions import Holding, migrate_entitlements
from anmin.ground.entitlements.benefits import Benefit
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.imports.forms import Column, Counts, ImportForm, Incoming, Row
from anmin.ground.payments.models import Roll
from anmin.ground.payments.vocabulary import RollState
from anmin.ground.people.models import Household, HouseholdMember, Person
from anmin.ground.people.persons import set_account
from anmin.ground.people.secrecy import blind_index, decrypt

K = TypeVar("K", int, str)
_AT_ONCE = 2_000


@dataclass(frozen=True)
class HeldList:
    """What is particular to the list of one benefit; see `held_list`."""

    benefit: Benefit
    unit: Literal["household", "person"]
    full: str
    single: str
    after_decision: bool

    @property
    def covered(self) -> str:
        """The column that names who is covered."""
        return "members" if self.unit == "household" else "person"

    @property
    def whom(self) -> str:
        return "家庭" if self.unit == "household" else "人员"


@dataclass(frozen=True)
class Plan:
    """What a list without a problem comes to: who holds the benefit, and whose accounts are to be written down."""

    holdings: list[Holding]
    accounts: list[tuple[Person, str, str]]


def held_list(
    benefit: Benefit,
    *,
    sender: str,
    unit: Literal["household", "person"] = "household",
    full: str = "",
    label: str = "",
    routes: Mapping[str, str] | None = None,
    single: str = "",
    review_classes: Mapping[str, str] | None = None,
    columns: Sequence[Column] = (),
    name: str = "",
    after_decision: bool = True,
) -> ImportForm:
    """The form of the list of those who hold a benefit when the platform begins: one row a household, or one a person.

    `full` is what sentences call the benefit, by default its label; `routes` are the words of the file for its routes (those of
    the benefit, if not given; with a single route there is no column for it); `single` is the route that covers one person of a
    household alone; `review_classes` what may stand for a class of review (without them there is none). `columns` replace
    those of the same key, where a list has words of its own; without `after_decision` the benefit may begin before it was decided
    (paid from the month of the application, or of a birthday). Everybody is on the register before, by the forms of people.

    Refuses, row by row: who is not registered, not of the household, dead, covered already or twice in the list; a start within a
    month, in the future or not after the decision; an account that is another than the registered one. And the whole list, once
    a roll of the benefit was approved: one person alone could otherwise put people on it past clerk, notice and decision.
    """
    words = routes or {said: route for route, said in benefit.routes.items()}
    given = HeldList(benefit, unit, full or benefit.label, single, after_decision)
    own = {column.key: column for column in columns}
    listed = _columns(given, words, review_classes)
    return ImportForm(
        name=name or f"{benefit.address}.register",
        label=label or f"{benefit.label}在享名册",
        sender=sender,
        columns=tuple(own.get(column.key, column) for column in listed),
        check=lambda incoming: _check(given, words, incoming),
        load=lambda plan, incoming: _load(given, plan, incoming),
        roles=(Role.ADMINISTRATOR,),
        notes=(
            "由系统管理员导入，只在第一份名册审批之前；此后新增一律走申请程序。",
            f"名册中的{given.whom}自导入日之后的第一个整月起由本系统发放。",
        ),
    )


def _columns(given: HeldList, routes: Mapping[str, str], review_classes: Mapping[str, str] | None) -> tuple[Column, ...]:
    example = "320699195003120010"
    number = Column("number", "户编号", required=given.unit == "household", synonyms=("家庭编号", "户号"), longest=30)
    if given.unit == "household":
        who = [
            number,
            Column(
                "holder",
                "保障对象代表身份证号",
                "identity_number",
                required=True,
                synonyms=("户主身份证号", "申请人身份证号"),
                example=example,
                note="领款人；另有领款人的填写领款人身份证号",
            ),
            Column(
                "members",
                "保障成员身份证号",
                required=True,
                longest=600,
                example=f"{example}、320699195108120028",
                note="多人用顿号隔开",
            ),
        ]
    else:
        who = [
            Column("person", "身份证号", "identity_number", required=True, synonyms=("享受人身份证号",), example=example),
            Column("name", "姓名", "name", example="张建国", note="填写时核对是否与登记的姓名一致"),
            number,
        ]
    return (
        *who,
        *((Column("route", "保障方式", "choice", required=True, choices=routes, synonyms=("类别",)),) if len(routes) > 1 else ()),
        *((Column("review_class", "复核类别", "choice", required=True, choices=review_classes),) if review_classes else ()),
        Column("review_due_on", "下次复核日期", "date", example="2024-12-31"),
        Column("decided_on", "审核确认日期", "date", required=True, synonyms=("审批日期",), example="2019-06-20"),
        Column("valid_from", "享受起始日期", "date", required=True, example="2019-07-01", note="某月 1 日"),
        Column("payee", "领款人身份证号", "identity_number", note="空白即为本人（代表）"),
        Column("bank_name", "开户银行", longest=60, synonyms=("开户行",)),
        Column("bank_account", "银行账号", "account", synonyms=("银行卡号", "一卡通账号", "社保卡账号"), note="领款人的账号"),
    )


@dataclass(frozen=True)
class _Known:
    """What the platform has on record of the people and households of the file."""

    households: Mapping[str, Household]
    persons: Mapping[str, Person]
    living_in: Mapping[int, set[int]]
    home_of: Mapping[int, Household]
    covered: set[int]


def _check(given: HeldList, routes: Mapping[str, str], incoming: Incoming) -> Plan:
    """One holding for each row; what is wrong is told by row and field."""
    begun = Roll.objects.filter(benefit=given.benefit.address, state=RollState.APPROVED).order_by("month").first()
    if begun is not None:
        incoming.problems.add_sentence(
            f"系统已开始发放（{Month.parse(begun.month).label}名册已审批），在享名册只在系统启用前导入；此后新增一律走申请程序。"
        )
        return Plan([], [])
    covered = {row.number: _numbers(given, incoming, row) for row in incoming.sound}
    known = _known(given, incoming, covered)
    only = next(iter(routes.values()))
    plan = Plan([], [])
    seen_households: dict[str, int] = {}
    seen_persons: dict[int, int] = {}
    seen_accounts: dict[int, str] = {}
    for row in incoming.sound:
        _check_dates(given, incoming, row)
        if given.unit == "household":
            if row["number"] in seen_households:
                incoming.wrong(row, "number", f"与第 {seen_households[row['number']]} 行是同一户，请只保留一行。")
                continue
            seen_households[row["number"]] = row.number
        found = [known.persons.get(number) for number in covered[row.number]]
        members = [person for person in found if person is not None]
        household = _household(given, incoming, row, known, members)
        if household is None:
            continue
        if len(members) < len(found):
            incoming.wrong(row, given.covered, "有保障成员的身份证号尚未登记，请先导入人员名册。")
            continue
        for person in members:
            if problem := _problem_of(given, person, household, row, known, seen_persons):
                incoming.wrong(row, given.covered, problem)
            seen_persons.setdefault(person.pk, row.number)
        holder = _holder(given, incoming, row, known, household, members)
        if holder is None:
            continue
        route = row.get("route") or only
        if given.single and route == given.single and len(members) != 1:
            said = next(word for word, each in routes.items() if each == given.single)
            incoming.wrong(row, given.covered, f"{said}只能有一名保障成员，现在填写了{len(members)}名。")
        payee = _payee(incoming, row, known, holder)
        if payee is None:
            continue
        _check_account(incoming, row, payee, seen_accounts)
        if row.sound:
            plan.holdings.append(_holding(row, household, holder, payee, members, route))
            if row.get("bank_account"):
                plan.accounts.append((payee, row["bank_name"] or payee.bank_name, row["bank_account"]))
    return plan


def _load(given: HeldList, plan: Plan, incoming: Incoming) -> Counts:
    """Those of the list hold the benefit as before; our rolls pay them from the next month that begins."""
    assert incoming.batch is not None  # a file is loaded within its batch
    accounts = {person.pk: (person, bank, account) for person, bank, account in plan.accounts if not person.bank_account_mask}
    for person, bank, account in accounts.values():
        person.bank_name = bank
        set_account(person, account)
    written = [person for person, _, _ in accounts.values()]
    Person.objects.bulk_update(written, ["bank_name", "bank_account_cipher", "bank_account_mask"], batch_size=200)
    migrate_entitlements(
        benefit=given.benefit.address, holdings=plan.holdings, batch=incoming.batch, actor=incoming.actor, on=incoming.on
    )
    persons = sum(len(each.member_ids) for each in plan.holdings)
    counts = {"户": len(plan.holdings), "人": persons} if given.unit == "household" else {"人": persons}
    return counts | ({"登记账号": len(written)} if written else {})


def _numbers(given: HeldList, incoming: Incoming, row: Row) -> list[str]:
    if given.unit == "person":
        return [row["person"]]
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


def _known(given: HeldList, incoming: Incoming, covered: Mapping[int, list[str]]) -> _Known:
    asked = {number for each in covered.values() for number in each}
    asked |= {row[key] for row in incoming.sound for key in ("holder", "payee") if row.get(key)}
    by_index = {blind_index(number): number for number in asked}
    deferred = (
        ["identity_cipher"]
        if any(row.get("bank_account") for row in incoming.sound)
        else ["identity_cipher", "bank_account_cipher"]
    )
    persons: dict[str, Person] = {}
    for some in _pieces(by_index):
        found = Person.objects.filter(identity_index__in=some).defer(*deferred)
        persons.update({by_index[str(person.identity_index)]: person for person in found})
    households: dict[str, Household] = {}
    for numbers in _pieces({row["number"] for row in incoming.sound if row["number"]}):
        households.update({each.number: each for each in Household.objects.filter(number__in=numbers)})
    living_in, home_of = _homes(given, incoming.on, persons, households)
    held = EntitlementMember.objects.filter(benefit=given.benefit.address).exclude(valid_until__lt=incoming.on)
    return _Known(households, persons, living_in, home_of, set(held.values_list("person_id", flat=True)))


def _homes(
    given: HeldList, on: date, persons: Mapping[str, Person], households: Mapping[str, Household]
) -> tuple[dict[int, set[int]], dict[int, Household]]:
    """Who lives in the households; and, where persons are listed, in which household each of them lives."""
    there = HouseholdMember.objects.filter(superseded_at__isnull=True, valid_from__lte=on).exclude(valid_until__lt=on)
    living_in: dict[int, set[int]] = {}
    home_of: dict[int, Household] = {}
    if given.unit == "household":
        for ids in _pieces({household.pk for household in households.values()}):
            for household_id, person_id in there.filter(household_id__in=ids).values_list("household_id", "person_id"):
                living_in.setdefault(household_id, set()).add(person_id)
        return living_in, home_of
    for ids in _pieces({person.pk for person in persons.values()}):
        # Somebody away may stand in two families; where he is counted comes last, and stays.
        for row in there.filter(person_id__in=ids).select_related("household").order_by("counted", "id"):
            living_in.setdefault(row.household_id, set()).add(row.person_id)
            home_of[row.person_id] = row.household
    return living_in, home_of


def _household(given: HeldList, incoming: Incoming, row: Row, known: _Known, members: Sequence[Person]) -> Household | None:
    if row["number"]:
        named = known.households.get(row["number"])
        if named is None:
            incoming.wrong(row, "number", f"户编号“{row['number']}”尚未登记，请先导入家庭名册。")
        return named
    if not members:
        incoming.wrong(row, given.covered, "该身份证号尚未登记，请先导入人员名册。")
        return None
    home = known.home_of.get(members[0].pk)
    if home is None:
        incoming.wrong(row, given.covered, f"{members[0].name}没有登记在任何家庭中，请先导入家庭成员。")
    return home


def _problem_of(
    given: HeldList, person: Person, household: Household, row: Row, known: _Known, seen: Mapping[int, int]
) -> str | None:
    if person.pk in seen:
        return f"{person.name}已在第 {seen[person.pk]} 行的名单中，同一人不能保障两次。"
    if person.died_on is not None:
        return f"{person.name}已于 {person.died_on} 死亡，不能列为保障成员。"
    if person.pk not in known.living_in.get(household.pk, set()):
        return f"{person.name}不是{household.number}户登记的成员，请先导入家庭成员。"
    if person.pk in known.covered:
        return f"{person.name}已在享受{given.full}，不能重复登记。"
    return None


def _holder(
    given: HeldList, incoming: Incoming, row: Row, known: _Known, household: Household, members: Sequence[Person]
) -> Person | None:
    if given.unit == "person":
        name = row.get("name")
        if name and match_key(name) != members[0].name_key:
            incoming.wrong(row, "name", f"“{name}”与该身份证号登记的姓名不一致，请核对是哪一项填错。")
        return members[0]
    holder = known.persons.get(row["holder"])
    if holder is None or holder.pk not in known.living_in.get(household.pk, set()):
        incoming.wrong(row, "holder", "保障对象代表不是该户登记的成员，请核对。")
        return None
    return holder


def _payee(incoming: Incoming, row: Row, known: _Known, holder: Person) -> Person | None:
    if not row.get("payee"):
        return holder
    payee = known.persons.get(row["payee"])
    if payee is None:
        incoming.wrong(row, "payee", "领款人的身份证号尚未登记，请先导入人员名册。")
    elif payee.died_on is not None:
        incoming.wrong(row, "payee", f"领款人{payee.name}已于 {payee.died_on} 死亡，请另行指定领款人。")
        return None
    return payee


def _check_account(incoming: Incoming, row: Row, payee: Person, seen: dict[int, str]) -> None:
    account = row.get("bank_account")
    if not account:
        return
    registered = decrypt(bytes(payee.bank_account_cipher)) if payee.bank_account_cipher else seen.setdefault(payee.pk, account)
    if registered != account:
        incoming.wrong(row, "bank_account", f"与{payee.name}已登记的账号不一致，请核对；要更换账号，请先在人员档案中变更。")


def _check_dates(given: HeldList, incoming: Incoming, row: Row) -> None:
    begins: date = row["valid_from"]
    if begins.day != 1:
        incoming.wrong(row, "valid_from", f"应为某月 1 日，现在是 {begins}。")
    if begins > incoming.on:
        incoming.wrong(row, "valid_from", f"{begins} 尚未开始享受；名册只登记系统启用前已在享的{given.whom}，新的请走申请程序。")
    if given.after_decision and row["decided_on"] >= begins:
        incoming.wrong(row, "decided_on", f"审核确认日期 {row['decided_on']} 应早于享受起始日期 {begins}。")


def _holding(row: Row, household: Household, holder: Person, payee: Person, members: Sequence[Person], route: str) -> Holding:
    return Holding(
        household_id=household.pk,
        holder_id=holder.pk,
        payee_id=payee.pk,
        area_id=household.area_id,
        route=route,
        member_ids=tuple(person.pk for person in members),
        review_class=row.get("review_class") or "",
        review_due_on=row["review_due_on"],
        decided_on=row["decided_on"],
        valid_from=row["valid_from"],
    )


def _pieces(keys: Iterable[K]) -> list[list[K]]:
    listed = list(keys)
    return [listed[start : start + _AT_ONCE] for start in range(0, len(listed), _AT_ONCE)]
