"""Entitlements begin and end, and persons come under them and leave them; each by a decision, at the edge of a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.benefits import BENEFITS, exclusive_of
from anmin.ground.entitlements.edges import accounted_since, check_members, end_reason, first_day, last_day, said_in_chinese
from anmin.ground.entitlements.exclusive import refuse_excluded
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.entitlements.numbering import next_numbers
from anmin.ground.entitlements.permissions import may_change_entitlement, may_migrate_entitlements, may_start_entitlement
from anmin.ground.entitlements.vocabulary import EndReason, EntitlementState, StartReason
from anmin.ground.imports.models import ImportBatch
from anmin.ground.people.models import Household, Person


@action("entitlement.started", permission=may_start_entitlement)
def start_entitlement(
    *,
    benefit: str,
    household: Household,
    holder: Person,
    payee: Person,
    route: str,
    members: Sequence[Person],
    case: Case | None,
    review_class: str,
    review_due_on: date | None,
    valid_from: date,
    start_reason: StartReason | str,
    migrated: bool = False,
    accounted_from: date | None = None,
    actor: Actor,
    on: date,
) -> Entitlement:
    """The household holds the benefit from the first day of a month on, and the members are covered by it.

    A migrated one was paid elsewhere before; the rolls reckon from `accounted_from`, by default the next month to begin.
    Basis: the decision of the case; for dibao 民发〔2021〕57号 (paid from the month after the decision).
    Refuses: an unknown benefit or route, a start within a month, no member, a member who is not of the household or died before,
    a person who is already covered by the benefit or by one that excludes it.
    """
    declared = BENEFITS[benefit]
    if route not in declared.routes:
        raise BadValue(f"“{route}”不是{declared.label}的保障方式，可选：{'、'.join(declared.routes.values())}。")
    first = first_day(valid_from, "开始日期")
    check_members(household, members, first)
    refuse_excluded(benefit, route, members, first)
    if payee.died_on is not None:
        raise BadValue(f"领款人{payee.name}已去世，请另行指定领款人。")
    entitlement = Entitlement(
        number=next_numbers(declared, on, 1)[0],
        benefit=benefit,
        household=household,
        holder=holder,
        payee=payee,
        area_id=household.area_id,
        route=route,
        case=case,
        migrated=migrated,
        start_reason=StartReason(start_reason),
        review_class=review_class,
        review_due_on=review_due_on,
        decided_on=on,
        valid_from=first,
        accounted_from=accounted_from or (max(first, accounted_since(on)) if migrated else first),
    )
    with said_in_chinese():
        entitlement.save(force_insert=True)
        EntitlementMember.objects.bulk_create(
            EntitlementMember(
                entitlement=entitlement,
                person=person,
                benefit=benefit,
                exclusive=exclusive_of(benefit),
                start_reason=entitlement.start_reason,
                valid_from=first,
            )
            for person in members
        )
    remark(
        f"{declared.label}：{entitlement.number} 自{Month.from_date(first).label}起给予{household.number}户，{len(members)}人",
        case=case.number if case else None,
        route=route,
        members=[person.pk for person in members],
    )
    return entitlement


@dataclass(frozen=True)
class Holding:
    """One line of the list of those who held a benefit when the platform began; ids of records already loaded."""

    household_id: int
    holder_id: int
    payee_id: int
    area_id: int
    route: str
    member_ids: tuple[int, ...]
    review_class: str
    review_due_on: date | None
    decided_on: date
    valid_from: date


@action("entitlement.migrated", permission=may_migrate_entitlements)
def migrate_entitlements(
    *,
    benefit: str,
    holdings: Sequence[Holding],
    batch: ImportBatch,
    accounted_from: date | None = None,
    actor: Actor,
    on: date,
) -> ImportBatch:
    """Every holding of the file is an entitlement, set-wise and with one audit line; the rolls reckon from `accounted_from`.

    The reader of the file has checked each row (who belongs to which household, who is alive).
    Refuses: an unknown route, a start within a month, a holding without members, a person covered twice.
    """
    declared = BENEFITS[benefit]
    since = accounted_from or accounted_since(on)
    for holding in holdings:
        if holding.route not in declared.routes or not holding.member_ids:
            raise BadValue("在享名册中有保障方式不明或没有保障对象的家庭，请检查后重新导入。")
        first_day(holding.valid_from, "开始日期")
    made = Entitlement.objects.bulk_create(
        Entitlement(
            number=number,
            benefit=benefit,
            household_id=holding.household_id,
            holder_id=holding.holder_id,
            payee_id=holding.payee_id,
            area_id=holding.area_id,
            route=holding.route,
            migrated=True,
            start_reason=StartReason.MIGRATED,
            review_class=holding.review_class,
            review_due_on=holding.review_due_on,
            decided_on=holding.decided_on,
            valid_from=holding.valid_from,
            accounted_from=max(holding.valid_from, since),
        )
        for holding, number in zip(holdings, next_numbers(declared, on, len(holdings)), strict=True)
    )
    with said_in_chinese():
        EntitlementMember.objects.bulk_create(
            EntitlementMember(
                entitlement=entitlement,
                person_id=person_id,
                benefit=benefit,
                exclusive=exclusive_of(benefit),
                start_reason=StartReason.MIGRATED,
                valid_from=holding.valid_from,
            )
            for entitlement, holding in zip(made, holdings, strict=True)
            for person_id in holding.member_ids
        )
    remark(f"{declared.label}：登记系统启用前已在享的 {len(made)} 户", benefit=benefit, accounted_from=since)
    return batch


@action("entitlement.ended", permission=may_change_entitlement)
def end_entitlement(
    *, entitlement: Entitlement, valid_until: date, reason: EndReason | str, actor: Actor, on: date
) -> Entitlement:
    """The entitlement and everybody's share in it end with the last day of a month; what was paid beyond it becomes recovery.

    Basis: for dibao 民发〔2021〕57号 (reasons are told to the family first).
    Refuses: an end within a month or before the start, no reason, an end later than one already decided.
    """
    reason = end_reason(reason)
    last = last_day(valid_until, "停发日期")
    if last < entitlement.valid_from:
        raise BadValue(f"停发日期 {last} 早于开始日期 {entitlement.valid_from}，请检查。")
    if entitlement.valid_until is not None and last >= entitlement.valid_until:
        raise Refused(f"{entitlement.number} 已决定于 {entitlement.valid_until} 停发，只能改为更早的日期。")
    entitlement.valid_until, entitlement.end_reason = last, reason
    entitlement.state = EntitlementState.ENDED
    with said_in_chinese():
        entitlement.save(update_fields=["valid_until", "end_reason", "state"])
        shares = EntitlementMember.objects.filter(entitlement=entitlement)
        never = [share.person_id for share in shares.filter(valid_from__gt=last)]
        shares.filter(valid_from__gt=last).delete()
        shares.filter(valid_until__isnull=True).update(valid_until=last, end_reason=reason)
        shares.filter(valid_until__gt=last).update(valid_until=last, end_reason=reason)
    remark(f"{entitlement.number} 自{(Month.from_date(last) + 1).label}起停发：{reason.label}", never_covered=never)
    return entitlement


@action("entitlement.member_added", permission=may_change_entitlement)
def add_member(
    *,
    entitlement: Entitlement,
    person: Person,
    valid_from: date,
    reason: StartReason | str = StartReason.JOINED,
    actor: Actor,
    on: date,
) -> EntitlementMember:
    """One more person is covered from the first day of a month on.

    Refuses: an entitlement that has ended, a start within a month or before the entitlement's, a person not of the household,
    dead, or covered already.
    """
    first = first_day(valid_from, "开始日期")
    if entitlement.valid_until is not None:
        raise Refused(f"{entitlement.number} 已停发，不能增加保障对象。")
    if first < entitlement.valid_from:
        raise BadValue(f"开始日期 {first} 早于待遇开始日期 {entitlement.valid_from}，请检查。")
    check_members(entitlement.household, [person], first)
    refuse_excluded(entitlement.benefit, entitlement.route, [person], first)
    member = EntitlementMember(
        entitlement=entitlement,
        person=person,
        benefit=entitlement.benefit,
        exclusive=exclusive_of(entitlement.benefit),
        start_reason=StartReason(reason),
        valid_from=first,
    )
    with said_in_chinese():
        member.save(force_insert=True)
    remark(f"{entitlement.number} 自{Month.from_date(first).label}起增加保障对象{person.name}", entitlement=entitlement.pk)
    return member


@action("entitlement.member_removed", permission=may_change_entitlement)
def remove_member(
    *, entitlement: Entitlement, person: Person, valid_until: date, reason: EndReason | str, actor: Actor, on: date
) -> EntitlementMember:
    """The person is covered for the last time on the last day of a month.

    Refuses: an end within a month, no reason, a person who is not covered, the last person of an entitlement (end that instead).
    """
    reason = end_reason(reason)
    last = last_day(valid_until, "停发日期")
    covered = list(EntitlementMember.objects.filter(entitlement=entitlement, valid_until__isnull=True))
    member = next((each for each in covered if each.person_id == person.pk), None)
    if member is None:
        raise Refused(f"{person.name}不是 {entitlement.number} 现有的保障对象。")
    if len(covered) == 1:
        raise Refused(f"{person.name}是 {entitlement.number} 最后一名保障对象，请办理停发。")
    if last < member.valid_from:
        raise BadValue(f"停发日期 {last} 早于{person.name}的开始日期 {member.valid_from}，请检查。")
    member.valid_until, member.end_reason = last, reason
    with said_in_chinese():
        member.save(update_fields=["valid_until", "end_reason"])
    remark(
        f"{entitlement.number} 自{(Month.from_date(last) + 1).label}起减少保障对象{person.name}：{reason.label}",
        entitlement=entitlement.pk,
    )
    return member
